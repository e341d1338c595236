import { squeeze } from './reply-normal';

/** Whole messages that mean stop, in normalised words (reply-normal.ts), and the courtesies that may stand around them. */
const words = (list: string): string[] =>
  list
    .split(/[|\n]/)
    .map((w) => w.trim())
    .filter((w) => w !== '');

const EXACT_EN = words(`
  stop|stopall|stop all|stop it|stop this|stop that|stop these|stop them|stop everything|stop texts|stop text|
  stop message|stop messages|stop sms|stop spam|stop service|stop program|stop subscription|stop2quit|stop2end|
  stop 2 quit|stop 2 end|stop to quit|stop to end|stop to cancel|stop to opt out|stop to unsubscribe|stop to stop|
  stop 2 opt out|stop 2 stop|reply stop|send stop|text stop|type stop|full stop|quit|quit it|quit all|end|end all|
  end it|end this|cancel|cancel all|revoke|unsubscribe|unsubscribed|unsub|unsubscribe all|opt out|optout|opt out all|
  remove|remove me|removed|no more|no mas|arret|arrete|arreter|arretez|desabonner|cease|halt|desist|cease and desist|dont call|dont solicit|discontinue|do not call|td|
  stoptext|no text|no texts|no sms|no messages|no message|no contact|dont text|dont message|dont contact|dont send|out|
  unenroll|deactivate|wrong|off|take me off|make it stop|get me off|opt me out|remove all|delete all|cancel everything|delete me|delete asap|stop robo texts|stop stop
`);
// 'out', 'off' and 'wrong' alone say too little; kept out of the exact list below.
const TOO_LITTLE = new Set(['out', 'off', 'wrong', 'full stop']);
const EXACT_ES = words(`
  stop|unsubscribe|stop ya|alto|parar|para|pare|paren|parale|parenle|paralo|basta|basta ya|cancelar|cancela|cancele|
  cancelen|cancelar todo|cancelar suscripcion|detener|deten|detente|detenga|detengan|detenganse|detener todo|baja|
  dar de baja|darme de baja|dame de baja|deme de baja|denme de baja|de baja|no mas|no mas mensajes|salir|salirme|quitar|
  quitarme|quitame|quiteme|quitenme|borrar|borrarme|borrame|borreme|borrenme|eliminar|eliminarme|eliminame|elimineme|
  eliminenme|sacame|saqueme|saquenme|desuscribir|desuscribirme|desuscribirse|desuscribeme|desinscribir|desinscribirme|
  cancelame|canceleme|cancelenme|bajeme|bajenme|desuscribame|desuscribanme|borrenos|quitenos|eliminenos|saquenos|ya dejenme|ya dejame|dejenme ya|ya no textos|ya no mensajes|ya no texts|ya no sms|ya no promociones|ya no mas textos|baja del servicio|suspender envios|suspender envio|detengan el envio|detener envios|desactivar|remover|removerme|remuevame|remuevanme|terminar|fin|finalizar|suspender|anular|no enviar|no enviar mas|
  no mandar|no molestar|no molesten|no moleste|ya no mas|ya parenle|dejenme en paz|no escribir|bajame|alto ya
`);
/** Other languages a phone may speak; whole message only. */
const EXACT_OTHER = new Set(['退订', '退訂', '停止', '取消', 'стоп', '중지', '수신거부', 'dung lai', 'sispann', 'parem', 'itigil']);

// Words that may stand around an exact stop without changing it.
const COURTESY =
  'please|por favor|gracias|alright|aight|for good|permanently|today|kindly|but|however|thanks|thank you|thanku|thx|ty|tks|now|right now|already|immediately|asap|at once|just|ok|okay|k|kk|hi|hello|hey|yo|hiya|good morning|good evening|dear|sir|maam|mam|madam|guys|folks|dude|bro|man|sorry|no|nope|nah|yes|yeah|im good|all set|lol|omg|ugh|oh|wtf|god|jeez|geez|damn|dammit|fuck|fucking|ffs|for real|fr|seriously|forever|completely|permanently|and|appreciate it|again|no thank you|no thanks|for the last time|last time|i repeat';
/** Around "cancel" or "end" these could be about an order or a lay-away, so there they do not count. */
const ASKING =
  'you|me|this is|i said|i say|i want to|i would like to|id like to|i need to|i wish to|want to|need to|must|you need to|you must|you should|can you|could you|would you|will you|can we|lets|i want you to|i need you to|i told you to|i asked you to|i said to|asking you to|not interested|no longer interested|from you|from me|my|subscription|to|today';
const AMBIGUOUS = /^(?:cancel|end|out|halt|remove|removed|quit|end it|end this|it)$/;
const FILLER_ES =
  'por favor|favor|gracias|muchas gracias|ya|hola|buenas|buenas tardes|buenos dias|buenas noches|oye|oiga|oigan|ahora|ahorita|ahora mismo|inmediatamente|de una vez|si|no|no gracias|se lo agradezco|disculpe|disculpen|disculpa|perdon|senor|senora|señor|todo|quiero|deseo|necesito|quisiera|solicito|exijo|pido|ruego|suplico|les|que|de|mi|suscripcion|pueden|puede|me|le';
const fillers = (list: string) =>
  new RegExp(
    `(?<= |^)(?:${list
      .split('|')
      .sort((a, b) => b.length - a.length)
      .map(squeeze)
      .join('|')})(?= |$)`,
    'g',
  );
const FILL_COURTESY = fillers(COURTESY);
const FILL_EN = fillers(`${COURTESY}|${ASKING}`);
const FILL_ES = fillers(`${FILLER_ES}|please|pls`);
const longestFirst = (words: readonly string[]) =>
  words
    .filter((w) => !TOO_LITTLE.has(w))
    .map(squeeze)
    .sort((a, b) => b.length - a.length)
    .join('|');
const EXACT_EN_RE = new RegExp(`(?<= |^)(?:${longestFirst(EXACT_EN)})(?= |$)`, 'g');
const EXACT_ES_RE = new RegExp(`(?<= |^)(?:${longestFirst(EXACT_ES)})(?= |$)`, 'g');
const SPLIT_WORDS = new Set(['stop', 'stopal', 'unsubscribe', 'optout', 'unsub', 'cancel', 'quit', 'remove', 'alto', 'basta', 'parar']);

/** True when nothing but stop words and courtesies is left: the whole message means stop. */
export function isExactStop(normal: string): boolean {
  if (normal === '') return false;
  if (EXACT_OTHER.has(normal)) return true;
  const s = squeeze(normal);
  for (const [exact, fill] of [
    [EXACT_EN_RE, FILL_EN],
    [EXACT_ES_RE, FILL_ES],
  ] as const) {
    const found = s.match(exact);
    if (!found) continue;
    const around = exact === EXACT_EN_RE && found.every((w) => AMBIGUOUS.test(w)) ? FILL_COURTESY : fill;
    if (s.replace(exact, '').replace(around, '').trim() === '') return true;
  }
  return SPLIT_WORDS.has(s.replaceAll(' ', '')) && s.split(' ').length <= 3;
}
