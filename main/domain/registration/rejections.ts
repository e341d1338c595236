/**
 * Why Twilio or a carrier said no, by its number: what has to be mended, in the app or with Twilio. Meanings read on Twilio's error pages
 * in November 2026 (https://www.twilio.com/docs/api/errors/<number>), said in our own words in renderer/strings/registration.ts.
 */
export type Mend =
  | 'trade' // not for this business, whatever is changed
  | 'age-gate'
  | 'proof-missing' // where people say yes was not shown
  | 'proof-unclear' // cropped, no name, blurred
  | 'proof-link' // the address of the proof does not open
  | 'words' // the sign-up words
  | 'spoken' // a script of what staff say
  | 'samples'
  | 'description'
  | 'message-flow'
  | 'privacy'
  | 'flags' // boxes ticked that the samples do not show
  | 'address'
  | 'number' // the number itself is not registered
  | 'again' // nobody's fault: hand it in again
  | 'support'; // only Twilio can say more

const BY_CODE: ReadonlyMap<number, Mend> = new Map<number, Mend>([
  [30469, 'trade'],
  [30459, 'trade'],
  [30860, 'trade'],
  [30873, 'trade'],
  [30878, 'trade'],
  [30456, 'age-gate'],
  [30825, 'age-gate'],
  [30875, 'age-gate'],
  [30842, 'proof-missing'],
  [30543, 'proof-missing'],
  [30837, 'proof-unclear'],
  [30836, 'proof-link'],
  [30841, 'words'],
  [30831, 'words'],
  [30511, 'spoken'],
  [30893, 'samples'],
  [30886, 'description'],
  [30909, 'message-flow'],
  [30923, 'message-flow'],
  [30924, 'message-flow'],
  [30908, 'privacy'],
  [30889, 'flags'],
  [30451, 'address'],
  [30034, 'number'],
  [30032, 'number'],
  [30879, 'number'],
  [30901, 'again'],
  [30460, 'support'], // filed under debt collection: not what a shop does
  [30885, 'support'],
  [30899, 'support'],
  [30900, 'support'],
  [30902, 'support'],
]);

/** What to mend for a number; numbers we do not know are for Twilio's own page and support. */
export const mendOf = (code: number): Mend => BY_CODE.get(code) ?? 'support';
export const knownRejections: readonly number[] = [...BY_CODE.keys()];
/** Twilio's own page about a number. */
export const errorPage = (code: number): string => `https://www.twilio.com/docs/api/errors/${code}`;
