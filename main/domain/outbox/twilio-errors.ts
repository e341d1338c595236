/**
 * What Twilio's error numbers mean for a shop (facts/twilio.md §4). Numbers and classes come from Twilio's error pages, the words
 * are ours. Twilio may add or change codes at any time, so the raw number is always stored beside whatever this page says.
 */

/**
 * - `recipient`: this number cannot or will not receive it; nothing to repair, never sent again by itself.
 * - `account`: something about the shop's account or sender; everything would fail, so sending stops until the owner repaired it.
 * - `content`: the text itself was refused or filtered.
 * - `transient`: would probably work later.
 * - `uncertain`: nobody can say whether it arrived.
 */
export type CarrierErrorClass = 'recipient' | 'account' | 'content' | 'transient' | 'uncertain';

export interface CarrierError {
  readonly class: CarrierErrorClass;
  /** The number can never receive texts: do not text it again. */
  readonly marksNumber?: true;
  /** The number is given up after it happened this many times in a row. */
  readonly marksAfter?: number;
  /** The person stopped at the carrier. */
  readonly stopped?: true;
  /** The text never left the carrier, so sending it again cannot make two (`failed` or refused; never `undelivered`). */
  readonly resendSafe?: true;
  readonly title: string;
  readonly whatToDo: string;
}

const KEY = 'Settings → Texting: enter the account SID and the key again.';
const CONSOLE = 'Sign in at Twilio and look at the notice there.';
const NOTHING = 'Nothing to do.';
const AUTOMATIC = 'Nothing to do, it continues by itself.';
const REPORT = 'Please report this to us with “copy details”: it is our mistake.';
const ASK = 'Ask for another number next time they are in the shop.';
const REGISTER = 'Finish the registration of your number at Twilio; Settings → Texting shows where it stands.';
const SENDER = 'Settings → Texting: choose another number to text from.';
const SERVICE = 'At Twilio, open the Messaging Service and check that it has a number in it.';

const recipient = (title: string, whatToDo: string, more: Partial<CarrierError> = {}): CarrierError => ({
  class: 'recipient',
  title,
  whatToDo,
  ...more,
});
const account = (title: string, whatToDo: string): CarrierError => ({ class: 'account', title, whatToDo });
const content = (title: string, whatToDo: string): CarrierError => ({ class: 'content', title, whatToDo });
const later = (title: string, whatToDo: string): CarrierError => ({ class: 'transient', title, whatToDo });
/** Never left: may be sent again. */
const again = (title: string, whatToDo: string): CarrierError => ({ class: 'transient', resendSafe: true, title, whatToDo });
const uncertain = (title: string, whatToDo: string): CarrierError => ({ class: 'uncertain', title, whatToDo });

const LANDLINE = recipient('Not a mobile number', ASK, { marksNumber: true });
// Everything else sent today would fail too, so it pauses; nothing left, so tomorrow it may go.
const DAILY_LIMIT: CarrierError = {
  ...account('The account’s limit for today is used up', 'Continue tomorrow. Ask Twilio to raise the daily limit.'),
  resendSafe: true,
};
const INTERNAL = again('Twilio had a problem of its own', AUTOMATIC);
const LINK = account('The short link could not be made', 'Turn link shortening off at Twilio, or repair its domain there.');
const FROM_HERE = 'It can leave from this computer at its hour: go on with the campaign, and leave it on.';
const SCHEDULE = content('Twilio would not keep it until its time', FROM_HERE);

const CATALOGUE: Readonly<Record<number, CarrierError>> = {
  // Link shortening
  ...Object.fromEntries([30103, 30104, 30105, 30106, 30107, 30108, 30109, 30110, 30111].map((code) => [code, LINK])),

  // Account and key
  10001: account('Twilio account not active', 'Top up the account or contact Twilio.'),
  20003: account('Twilio does not accept the key', KEY),
  20005: account('Twilio account not active', 'Top up the account or contact Twilio.'),
  20006: account('The key may not send texts', 'At Twilio, allow the key to create and read messages, or make a new one.'),
  70051: account('The key may not send texts', 'At Twilio, allow the key to create and read messages, or make a new one.'),
  21608: account('The account may only text verified numbers', 'Upgrade the trial account and finish your business profile at Twilio.'),
  30002: { ...account('Account suspended while texts were waiting', 'Top up the account or contact Twilio.'), resendSafe: true },
  30454: DAILY_LIMIT,
  63038: DAILY_LIMIT,
  63017: again('Too many texts in one second', AUTOMATIC),

  // Requests that are our mistake
  20001: content('Twilio did not understand the request', REPORT),
  20404: content('Twilio did not find what was asked for', REPORT),
  20422: content('Twilio did not understand the request', REPORT),
  21602: content('The text is empty', 'Write a text and send again.'),
  21604: content('No number to send to', REPORT),
  21617: content('The text is longer than 1,600 characters', 'Shorten it and send again.'),
  30409: content('It can no longer be taken back', NOTHING),
  35111: SCHEDULE,
  35114: SCHEDULE,
  35115: SCHEDULE,
  35118: SCHEDULE,
  35125: content('Twilio keeps too many texts already', FROM_HERE),
  35126: SCHEDULE,

  // Sender
  21212: account('The number to text from is not valid', SENDER),
  21408: account('Texting to this country is switched off', 'At Twilio, switch the country on under Messaging → Geo permissions.'),
  21603: account('No number to text from', SENDER),
  21606: account('This number cannot send texts', SENDER),
  21701: account('The Messaging Service is gone', SENDER),
  21703: account('The Messaging Service has no fitting number', SERVICE),
  21704: account('The Messaging Service has no number', SERVICE),
  21705: account('The Messaging Service is not valid', SENDER),
  21611: again('Too much is waiting on this number', 'Continues more slowly by itself.'),
  30024: account('The number is not set up yet', 'Wait a day; if it stays, contact Twilio.'),
  30032: account('The toll-free number is not verified', REGISTER),
  30033: account('Your registration was suspended', CONSOLE),
  30034: account('The number is not registered with the carriers', REGISTER),
  30035: account('The number is still being set up', 'Wait a day; if it stays, contact Twilio.'),

  // The person's number
  21211: recipient('Not a valid number', 'Correct the number.', { marksNumber: true }),
  21266: recipient('This is your own number', 'Correct the number.'),
  21610: recipient('They asked you to stop', 'They can text START to your number to come back.', { stopped: true }),
  21612: recipient('This number cannot be reached from yours', ASK),
  21614: LANDLINE,
  21635: LANDLINE,
  30003: recipient('Phone off or out of reach', 'Worth another try with the next text; given up after three.', { marksAfter: 3 }),
  30004: recipient('They block your texts', 'Do not text them again unless they ask.'),
  30005: recipient('This number does not exist', ASK, { marksNumber: true }),
  30006: recipient('Landline, or a carrier without texts', ASK, { marksNumber: true }),
  30450: recipient('Held back: looks like number fraud', 'If the number is genuine, put it on the safe list at Twilio.'),
  30640: recipient('Held back: known for suing over texts', 'Do not text this number.', { marksNumber: true }),

  // What carriers did with the text
  30007: content(
    'Filtered as unwanted by a carrier',
    'Change the words and links, name your shop, keep “STOP to end”. Check your registration.',
  ),
  30008: later('The carrier gave no reason', 'Worth another try with the next text.'),
  30022: later('Faster than your registration allows', 'The next texts leave more slowly.'),
  30023: later('One carrier’s limit for today is used up', 'Wait until tomorrow for the people of that carrier.'),

  // Never left Twilio
  12400: INTERNAL,
  20429: again('Twilio is busy', AUTOMATIC),
  30001: again('Too much was waiting at Twilio', 'Continues more slowly by itself.'),
  30020: INTERNAL,
  30021: INTERNAL,
  30036: again('It waited too long and was not sent', 'It can be sent again in the next time window.'),
  30047: again('It could not be moved to a permitted hour', 'It can be sent again during the day.'),
  30500: INTERNAL,
  30610: again('Held back by Twilio’s own quiet hours', 'It can be sent again during the day.'),

  // Nobody knows
  20500: uncertain('Twilio had a problem and gave no clear answer', 'We look for the text in Twilio’s list before anything is sent again.'),
  20503: uncertain('Twilio was not available', 'We look for the text in Twilio’s list before anything is sent again.'),
  20504: uncertain('Twilio took too long to answer', 'We look for the text in Twilio’s list before anything is sent again.'),
};

const UNKNOWN: CarrierError = {
  class: 'recipient',
  title: 'Not delivered',
  whatToDo: 'Twilio’s page about this number says more: twilio.com/docs/errors',
};

/** Everything we know about a code. An unknown one counts as this one text's problem: not sent again, and no alarm by itself. */
export function carrierError(code: number): CarrierError {
  return CATALOGUE[code] ?? UNKNOWN;
}

export const isKnownCode = (code: number): boolean => CATALOGUE[code] !== undefined;

/** Everything sent now would fail the same way: pause and tell the owner (the blast brake). */
export const isAccountLevel = (code: number): boolean => carrierError(code).class === 'account';

/** True when the text certainly never left the carrier, so that another try cannot reach anybody twice. */
export const resendSafe = (code: number): boolean => carrierError(code).resendSafe === true;

/** Should this number never be texted again? `inARow` counts this code on this number without a delivery between. */
export function marksNumber(code: number, inARow: number): boolean {
  const e = carrierError(code);
  return e.marksNumber === true || (e.marksAfter !== undefined && inARow >= e.marksAfter);
}

/** The known codes, for tests and the help page. */
export const knownCodes: readonly number[] = Object.keys(CATALOGUE).map(Number);
