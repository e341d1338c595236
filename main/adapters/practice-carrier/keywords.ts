/** Words the carrier itself acts on: the whole text, any case (facts/twilio.md §2). */
const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const START = new Set(['START', 'YES', 'UNSTOP']);
const HELP = new Set(['HELP', 'INFO']);

export type Keyword = 'stop' | 'start' | 'help' | null;

/** Toll-free numbers have their own layer, which does not know YES. */
export function keyword(body: string, tollFree: boolean): Keyword {
  const word = body.trim().toUpperCase();
  if (STOP.has(word)) return 'stop';
  if (START.has(word) && !(tollFree && word === 'YES')) return 'start';
  if (HELP.has(word)) return 'help';
  return null;
}
