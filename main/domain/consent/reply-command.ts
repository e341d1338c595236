/** What somebody asks of us by one word (rules.md §2; the confirmation and HELP tell of both). */
export interface Command {
  command: 'less' | 'prefs';
  /** The language of the word; null when it is the same in both. */
  language: 'en' | 'es' | null;
}

const AROUND_EN = '(?:please|ok|okay|hi|hello|hey|text|reply|send|me|i|want|would|like|id|can|could|you|we|get|just|the|my|change|see)';
const AROUND_ES = '(?:por favor|ok|hola|quiero|quisiera|mandame|mandenme|enviame|enviar|me|puedo|recibir|ver|cambiar|mis|las)';
const whole = (around: string, words: string, tail: string) => new RegExp(`^(?:${around} )*(?:${words})(?: (?:${tail}))*$`);

const LESS_EN = whole(
  AROUND_EN,
  '(?:less|fewer)(?: (?:texts|text|messages|often|of them|of these))?|text me less(?: often)?',
  'please|thanks|thank you|often|now|a month',
);
const LESS_ES = whole(AROUND_ES, 'menos(?: (?:mensajes|textos|seguido|veces))?', 'por favor|gracias|al mes|please');
const PREFS_EN = whole(AROUND_EN, 'prefs?|preferences?|topics', 'please|thanks|thank you');
const PREFS_ES = whole(AROUND_ES, 'preferencias?|opciones|temas', 'por favor|gracias');

/** LESS or PREFS as the whole message, in either language; null for anything else. `normal`: words as replies are compared. */
export function commandIn(normal: string): Command | null {
  if (LESS_EN.test(normal)) return { command: 'less', language: normal.includes('less') ? null : 'en' };
  if (LESS_ES.test(normal)) return { command: 'less', language: 'es' };
  if (PREFS_EN.test(normal)) return { command: 'prefs', language: /^prefs?$/.test(normal) ? null : 'en' };
  if (PREFS_ES.test(normal)) return { command: 'prefs', language: 'es' };
  return null;
}
