/** How people spell: typing errors, abbreviations and Spanish by ear, over lower-case words without accents. */

/** Spelling meant → what is written for it, one or two words. */
const SPELLINGS: Readonly<Record<string, string>> = {
  dont: 'do not|do nt|don t|dnt|donot|dont t|dony|dontt',
  text: 'txt|tex|texte|tetx|txet',
  didnt: 'did not|did nt|didn t',
  doesnt: 'does not|doesn t',
  cant: 'can not|cannot|can t|cnt',
  couldnt: 'could not|couldn t',
  wont: 'will not|won t',
  wouldnt: 'would not|wouldn t',
  havent: 'have not|haven t',
  hasnt: 'has not|hasn t',
  isnt: 'is not|isn t',
  im: 'i am|i m',
  ill: 'i will|i ll',
  well: 'we will|we ll',
  you: 'u|yall|y all|you guys|you people|you all|ustds',
  your: 'ur|yr|you re|youre',
  please: 'pls|plz|plss|plse|pleas|plese|pleaes|pleease|plase|pleez|plx',
  texts: 'txts|texs|texst|tetxs|txst',
  texting: 'texting|txting|textng|txtn|textn|txn|texing|textin|txtin|txtng|textting|texxting|tecting|rexting|tezting',
  stop: 'stawp|stahp|staph|stap|stob it',
  thanks: 'thnx|thks|thnks|tnx|thanx',
  'how did': 'how d|howd',
  messages: 'msgs|mesgs|mssgs|mssages|mesages|messges|mesasges|messagess|msges|messeges|messags',
  message: 'msg|mesg|mssg|mesage|messge|mesasge|messege',
  messaging: 'msging|msgin|mesaging|messagin|messeging',
  sending: 'sendin|snding|sendng|seding',
  receive: 'recieve|recive|receve|recevie',
  receiving: 'recieving|reciving|receving',
  'no more': 'nomore|no mor|no moar',
  anymore: 'any more|anymor|any mor',
  'no longer': 'no longr|nolonger',
  number: 'num|nmbr|nbr|numbr|nuber|numer',
  stpo: 'stpo|sotp|tsop|syop|srop|stpp|stpop|stoip|stiop|sttpo',
  unsubscribe:
    'unsuscribe|unsubcribe|unsubscibe|unsubscrib|unsubscirbe|unsubsribe|unsubscride|unsubcsribe|unsubsscribe|unscribe|unsubscribr|ubsubscribe|un subscribe|unsubscripe|unsucribe|unsubribe|unsubscrbe|insubscribe|unsubscriber',
  'opt out': 'optout|opt owt|opt aut|opt put|opt ot|opt oit|opt outt|op out|opy out|optt out|opted out',
  'por favor': 'xfa|xfavor|x favor|por fa|porfa|porfis|porfavor|pf|plis',
  mensajes: 'msjs|msjes|mjs|mensages|mesajes|mensjes|menajes|mensajitos',
  mensaje: 'msj|mje|mensage|mesaje|mensje',
  escriban: 'escribn',
  usted: 'ud|uds',
  numero: 'nro',
  no: 'noo',
  quitenme: 'quitnme|quitenm|qutenme|qitenme|kitenme|kitnme|kitename',
  borrenme: 'borrnme|borenme|borrenm',
  saquenme: 'sakenme|saqenme|saquenm',
  suscripcion: 'subscripcion',
  'por que': 'xq|pq|porq|xk|xque',
};

/** What a list of spellings cannot say; each with a cheap sign that it is worth a look. */
const BY_RULE: readonly (readonly [sign: string, pattern: RegExp, to: string])[] = [
  ['do no', /\bdo no(?= (?:text|send|message|contact|call)\b)/g, 'dont'],
  ['no', /\bno(?=(?:mand|envi|escrib|molest|text)(?:en|e|es|an|a)\b)/g, 'no '],
  ['stp ', /\bstp (?=(?:text|send|messag|sms|contact|it|the|these|this|spam)\w*)/g, 'stop '],
  ['ing', /\b(?:sto|sop|top) (?=(?:texting|sending|messaging|contacting)\b)/g, 'stop '],
  ['textingme', /\btexting(?=me\b|us\b)/g, 'texting '],
  ['tx me', /\btx(?= me\b)/g, 'text'],
  ['q ', /\bq (?=(?:me|nos|no|ya)\b)/g, 'que '],
  ['k ', /\bk (?=(?:me|nos|no|ya)\b)/g, 'que '],
  ['d ', /(?<=\b(?:dej\w*|par\w*|fuera|lista|basta|borr\w*|quit\w*|sal\w*) )d (?=[a-z]{2})/g, 'de '],
  ['d ', /\bd (?=(?:baja|la|su|mi|esta|los|mandar|enviar|escribir)\b)/g, 'de '],
  ['m ', /(?<=\b(?:no|nunca|ya) )m (?=[a-z])/g, 'me '],
  // Spanish by ear: k for qu, b for v and the other way round
  ['ki', /\bki(?=t[ae]|en\b|er)/g, 'qui'],
  ['k', /\bk(?=(?:ier|it[aeo]|e\b|ien|iz|isier))/g, 'qu'],
  ['eki', /\bek(?=ivoc)/g, 'equ'],
  ['escriv', /\bescriv(?=[aei])/g, 'escrib'],
  ['resib', /\bresib(?=[aei])/g, 'recib'],
  ['vorr', /\bvorr(?=[aeo])/g, 'borr'],
  ['bi', /\be[nm]bi(?=[aeo])/g, 'envi'],
  ['emvi', /\bemvi(?=[aeo])/g, 'envi'],
  ['n', /\b(mand|envi)n\b/g, '$1en'],
  ['rm', /\b(mandar|enviar|escribir|textear)m\b/g, '$1me'],
];

const MEANT = new Map(Object.entries(SPELLINGS).flatMap(([to, from]) => from.split('|').map((w) => [w, to] as const)));
/** First words of spellings that take two. */
const STARTS = new Set([...MEANT.keys()].filter((w) => w.includes(' ')).map((w) => w.slice(0, w.indexOf(' '))));

/** Words as they were meant. Whole words only. */
export function spellOut(text: string): string {
  const words = text.split(' ');
  let changed = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (STARTS.has(word)) {
      const two = MEANT.get(`${word} ${words[i + 1] ?? ''}`);
      if (two !== undefined) {
        words.splice(i, 2, two);
        changed = true;
        continue;
      }
    }
    const one = MEANT.get(word);
    if (one !== undefined && one !== word) {
      words[i] = one;
      changed = true;
    }
  }
  let s = changed ? words.join(' ') : text;
  for (const [sign, pattern, to] of BY_RULE) if (s.includes(sign)) s = s.replace(pattern, to);
  return s;
}
