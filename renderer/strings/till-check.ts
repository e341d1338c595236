import { counted } from './count';
import type { Catalogue } from './index';

const receipts = (n: string, one = n === '1') => `${n} ${one ? 'receipt' : 'receipts'}`;

const en = {
  title: 'Till check',
  open: 'Till check',
  back: 'Results',
  subtitle: (from: string, to: string) => `Discounts at the till beside codes recorded at the counter, ${from} to ${to}`,
  period: 'Days',
  periods: { 7: '7 days', 28: '28 days', 90: '90 days' } as Readonly<Record<number, string>>,
  csv: 'Save as CSV',
  pdf: 'Save as PDF',
  saved: (path: string) => `Saved to ${path}`,
  finding: (till: string, counter: string) =>
    `The till shows ${counted(till, 'text discount', 'text discounts')}, the counter recorded ${counter}.`,
  findingNone: 'The till shows no text discount in these days.',
  openOnes: (n: string, one: boolean, sum: string) =>
    `${receipts(n, one)} with a text discount and no code: ${sum} given away that nobody has explained yet.`,
  tillCode: (n: string, one: boolean, sum: string) =>
    `${receipts(n, one)} (${sum} off) ${one ? 'carries' : 'carry'} a code of yours that nobody recorded: the till itself redeemed ${one ? 'it' : 'them'}.`,
  allLookedInto: 'Every text discount at the till has a code, or somebody has looked into it.',
  waiting: (n: string, day: string | null) =>
    day === null
      ? `${counted(n, 'code waits', 'codes wait')} for your first till file.`
      : `${counted(n, 'code', 'codes')} recorded after ${day} ${n === '1' ? 'waits' : 'wait'} for the till file.`,
  unnamed: (n: string, one: boolean, sum: string) =>
    one
      ? `1 receipt (${sum} off) carries a discount without a name. It is in none of these figures.`
      : `${n} receipts (${sum} off) carry a discount without a name. They are in none of these figures.`,
  tiles: {
    matched: 'At both',
    matchedNote: 'receipt and code',
    open: 'At the till only',
    openNote: (sum: string) => `${sum} given away`,
    counterOnly: 'At the counter only',
    counterOnlyNote: 'code, no discount found',
    differs: 'Another amount',
    differsNote: (sum: string) => `${sum} against the offers`,
  },
  returned: (n: string, one: boolean) =>
    `${receipts(n, one)} with a text discount ${one ? 'was' : 'were'} brought back: nothing was given away.`,
  show: 'Show',
  shows: {
    open: 'To explain',
    'till-only': 'At the till only',
    'till-code': 'Code on the receipt',
    'counter-only': 'At the counter only',
    differs: 'Another amount',
    matched: 'At both',
    returned: 'Brought back',
    waiting: 'Waiting',
  },
  none: {
    open: 'Nothing to explain in these days.',
    'till-only': 'Every text discount at the till has a code.',
    'till-code': 'No receipt carries a code that was not recorded.',
    'counter-only': 'Every code has its discount at the till.',
    differs: 'Every receipt took what its offer gives.',
    matched: 'No receipt and code belong together in these days.',
    returned: 'Nothing with a text discount was brought back.',
    waiting: 'No code waits for the till file.',
  },
  columns: {
    when: 'When',
    receipt: 'Receipt',
    clerk: 'Till and clerk',
    name: 'Discount at the till',
    amount: 'Taken off',
    gives: 'Offer gives',
    code: 'Code',
    act: 'Looked into',
  },
  noReceipt: 'no number',
  noClerk: 'not told',
  noRegister: 'not told',
  noCode: 'no code',
  person: 'The person',
  recordedBy: (name: string) => `recorded by ${name}`,
  tied: {
    none: 'its receipt shows no discount',
    unnamed: 'its receipt names no discount',
    other: 'its receipt names another discount',
    lost: 'no receipt found that fits',
  },
  by: {
    link: 'tied to the receipt',
    receipt: 'same receipt number',
    code: 'the code is on the receipt',
    person: 'same person, same day',
    time: 'within 20 minutes',
    day: 'same day',
  },
  settle: {
    of: (receipt: string) => `Why has receipt ${receipt} no code?`,
    open: 'Not yet',
    forgotten: 'Code not typed in',
    'by-hand': 'Given on purpose',
    mistake: 'Wrong key',
    other: 'Something else',
    done: 'Noted.',
  },
  more: (n: string) => `Show ${n} more`,
  only: (name: string) => `Only ${name}`,
  everybody: 'Show all',
  groups: {
    clerks: 'By clerk at the till',
    registers: 'By register',
    days: 'By day',
    name: 'Name',
    head: ['', 'Text discounts', 'With a code', 'Without', 'Given away without'],
    hint: 'Where the till file says who rang it up. A difference is a question, not an answer.',
    daysAll: (n: string) => `Show all ${counted(n, 'day', 'days')}`,
  },
  names: {
    ask: 'Which of these at your till mean a text offer?',
    askHint: 'You say it once. Until then they are counted nowhere.',
    title: 'What the till’s discounts mean',
    text: 'A text offer',
    other: 'Something else',
    any: 'Any text offer',
    offer: (name: string) => `Text offer: ${name}`,
    of: (name: string) => `What “${name}” means`,
    seen: (n: string, one: boolean, sum: string) => `${receipts(n, one)}, ${sum} off`,
    suggested: {
      'says-text': 'its name says so',
      'offer-name': 'the name of one of your offers',
      'with-codes': 'codes were recorded for most of them',
    },
    known: 'known from your offers',
    forget: 'Ask me again',
    done: 'Remembered.',
    more: (n: string) => `Show ${counted(n, 'more name', 'more names')}`,
  },
  states: {
    noSales: 'No till file yet',
    noSalesBody: 'Import your till’s export, and every discount it names stands beside the codes your counter recorded.',
    import: 'Import a till file',
    amountsOnly: 'Your till file tells how much was taken off, but not for what',
    amountsOnlyBody: (n: string, sum: string) =>
      `${receipts(n)} with ${sum} off, none with a name. With Square, import the Transactions export too: it has the name of each discount. Clover, Loyverse and SumUp exports name none; there the counter’s record is the only one.`,
    noDiscounts: 'No discount at the till in these days',
    noDiscountsBody: 'Neither an amount nor a name. If you did give discounts, your export may leave them out.',
  },
  how: {
    title: 'How this is counted',
    lines: [
      'A receipt and a code belong together when they carry the same receipt number, when the code itself is on the receipt, when they are of the same person on the same day (within 6 hours), or else when they lie within 20 minutes of each other. Each counts once, the surest first.',
      'Where your till writes the code itself on the receipt, that code counts as used, also if nobody recorded it. A code of one person proves who it was given to; a word everybody has proves only the offer.',
      'Two different receipt numbers are never taken for one. Where the till file knows only the day, the day decides.',
      'Amounts differ when the receipt took off over 5 cents more or less than the offer gives. Receipts with two discounts are not compared.',
      'What was brought back is no discount given. Voided and unpaid sales are left out. Codes taken back at the counter do not count.',
      'A clerk may have had a reason, and a receipt may belong to a code that was typed in late: look before you ask.',
    ],
  },
  /** On the page of an offer. */
  leakNone: 'Everybody who used it had been sent it.',
  andMore: (n: string) => `and ${n} more: save as CSV for all of them`,
};

/** Owners only: English. */
export const tillCheck: Catalogue<typeof en> = { en };
export type TillCheckWords = typeof en;
