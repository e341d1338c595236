import type { FindingCode } from '@domain/account/health';

type P = Readonly<Record<string, string | number>>;
/** Values of a finding as the screen says them: money, counts, instants. */
export interface Say {
  money: (micros: number, currency?: string) => string;
  n: (count: number) => string;
  when: (at: number) => string;
  phone: (number: string) => string;
  features: (list: string) => string;
}

export interface FindingWords {
  title: string;
  /** What it means for the shop. */
  means: string;
  /** What to do, and where. */
  next: string;
}

const num = (p: P, key: string): number => Number(p[key] ?? 0);
const str = (p: P, key: string): string => String(p[key] ?? '');

const OF: Readonly<Record<string, string>> = {
  brand: 'your business (the “brand”)',
  campaign: 'what you send (the “campaign”)',
  'toll-free': 'your toll-free number',
};
const of = (p: P) => OF[str(p, 'of')] ?? 'your sender';
const said = (p: P) => (str(p, 'said') ? ` They say: “${str(p, 'said')}”.` : '') + (num(p, 'code') > 0 ? ` (${num(p, 'code')})` : '');
const WAY = 'Settings, Texting, “How to get approved” leads through it step by step.';

/** Each thing that can be wrong with a texting account, in an owner's words. */
export const FINDINGS: Readonly<Record<FindingCode, (p: P, s: Say) => FindingWords>> = {
  'account-closed': () => ({
    title: 'The Twilio account is closed',
    means: 'No text leaves and none comes in.',
    next: 'Sign in at twilio.com and ask their support to open it again, or connect a new account in a new shop file.',
  }),
  'account-suspended': () => ({
    title: 'Twilio has suspended the account',
    means: 'Nothing leaves until it is active again. Waiting texts are kept.',
    next: 'Sign in at twilio.com: a notice at the top says why. Usually the balance ran out, or they ask a question about your texts.',
  }),
  'key-refused': () => ({
    title: 'Twilio no longer accepts the key',
    means: 'Nothing leaves and replies are not read. Waiting texts are kept.',
    next: 'At Twilio, Account, “API keys & tokens”, see whether the key is still there. Then use “Use a new key” in Settings, Texting.',
  }),
  trial: () => ({
    title: 'This is still a trial account',
    means:
      'Twilio sends only to numbers you verified there yourself, and writes “Sent from a trial account” in front of each text. Your customers get nothing.',
    next: 'Sign in at twilio.com and press “Upgrade”. It takes a card and a few minutes. Until then you can try it with your own phone.',
  }),
  'trial-unknown': () => ({
    title: 'Is the account upgraded?',
    means: 'A key may not ask. A trial account, or one without an approved business profile, texts only numbers verified at Twilio.',
    next: 'At twilio.com the top bar says “Trial” if it is one. After connecting, send a test text to a phone that is not verified there.',
  }),
  'no-profile': (p, s) => ({
    title: 'Twilio sends only to verified numbers',
    means: `${s.n(num(p, 'texts'))} ${num(p, 'texts') === 1 ? 'text was' : 'texts were'} refused. The account is a trial, or its business profile is not approved.`,
    next: 'At twilio.com: upgrade the account, then “Trust Hub”, “Customer profiles”: finish the profile and wait for “approved”. The refused texts can be sent again then.',
  }),
  'carrier-refuses': (p, s) => ({
    title: `Twilio refuses your texts (${num(p, 'code')})`,
    means: `${s.n(num(p, 'texts'))} ${num(p, 'texts') === 1 ? 'text' : 'texts'} refused since ${s.when(num(p, 'at'))}. Sending is paused, so that not everybody’s text fails.`,
    next: '',
  }),
  'balance-empty': (p, s) => ({
    title: 'The balance is used up',
    means: `It stands at ${s.money(num(p, 'balance'), str(p, 'currency'))}. Twilio stops an account like this.`,
    next: 'At twilio.com, Billing: add money, and switch “auto recharge” on so that it does not happen in the middle of a campaign.',
  }),
  'balance-short': (p, s) => ({
    title: 'The balance will not reach the end',
    means: `${s.money(num(p, 'balance'), str(p, 'currency'))} pays for about ${s.n(num(p, 'texts'))} more parts. ${s.n(num(p, 'waiting'))} waiting ${num(p, 'waiting') === 1 ? 'text' : 'texts'} will cost about ${s.money(num(p, 'price'), str(p, 'currency'))}.`,
    next: 'At twilio.com, Billing: add money before the campaign is through, or switch “auto recharge” on.',
  }),
  'balance-low': (p, s) => ({
    title: 'The balance is getting low',
    means: `${s.money(num(p, 'balance'), str(p, 'currency'))} pays for about ${s.n(num(p, 'texts'))} more parts of a text.`,
    next: 'At twilio.com, Billing: add money before your next campaign.',
  }),
  'sender-gone': (p, s) => ({
    title: `${s.phone(str(p, 'number'))} is no longer in your account`,
    means: 'Nothing leaves from it, and its replies reach nobody.',
    next: 'At twilio.com, “Phone numbers”: see whether it was released. Then choose another number with “Use a new key”.',
  }),
  'sender-no-sms': (p, s) => ({
    title: `${s.phone(str(p, 'number'))} cannot text`,
    means: 'The number takes calls only.',
    next: 'Choose another number, or get one at Twilio with “SMS” among its capabilities.',
  }),
  'service-gone': () => ({
    title: 'The messaging service is gone',
    means: 'Texts have no way out.',
    next: 'At twilio.com, Messaging, Services: see whether it was deleted. Then choose another sender with “Use a new key”.',
  }),
  'service-empty': (p) => ({
    title: `The messaging service “${str(p, 'service')}” has no number`,
    means: 'Texts have nothing to leave from.',
    next: 'At twilio.com, Messaging, Services, your service, “Sender pool”: add your number.',
  }),
  'replies-lost': (p) => ({
    title: 'Replies would be lost',
    means: `The messaging service “${str(p, 'service')}” throws incoming texts away. You would never see a STOP, and texting on after a STOP is against the law.`,
    next: 'Let us switch on “defer to the number” there. It changes nothing else at Twilio.',
  }),
  'registration-missing': (p, s) => ({
    title:
      str(p, 'of') === 'toll-free' ? `${s.phone(str(p, 'number'))} is not verified` : 'Your number is not registered with the carriers',
    means: 'In the US carriers block every text from it. Confirmations wait by themselves and leave once it is approved.',
    next: WAY,
  }),
  'registration-pending': (p) => ({
    title: `The carriers are still looking at ${of(p)}`,
    means: 'Texts would be blocked. Confirmations wait by themselves and leave once it is approved.',
    next: 'Nothing to do but wait. We look every day, and whenever you press “Look again”.',
  }),
  'registration-rejected': (p, s) => ({
    title: `The carriers sent back ${of(p)}`,
    means: `No text arrives until it is mended.${said(p)}`,
    next: `${num(p, 'editUntil') > 0 ? `Correct it before ${s.when(num(p, 'editUntil'))}: later it starts over. ` : ''}${WAY}`,
  }),
  'registration-suspended': (p) => ({
    title: `The carriers suspended ${of(p)}`,
    means: `No text arrives.${said(p)} What was being sent is paused.`,
    next: 'At twilio.com, open the notice about it and answer it. Do not try with another number: carriers fine that.',
  }),
  'approved-only-here': () => ({
    title: 'Here it says approved, at Twilio it does not',
    means: 'You told us the carriers approved your sender. Twilio says otherwise: texts would be paid for and not arrive.',
    next: 'If Twilio is right, set it to “not approved” here: texts wait instead of being lost.',
  }),
  'country-off': (p) => ({
    title: `Texts to ${str(p, 'country')} are switched off at Twilio`,
    means: 'Every text to your customers would be refused.',
    next: 'At twilio.com, Messaging, Settings, “Geo permissions”: tick your country.',
  }),
  'daily-used': (p, s) => ({
    title: 'Today’s parts are used up',
    means: `${s.n(num(p, 'used'))} of the ${s.n(num(p, 'cap'))} that T-Mobile takes from your shop a day. The rest waits.`,
    next: 'Nothing to do: it goes on after midnight Pacific time. A higher score of your brand raises the limit.',
  }),
  'daily-near': (p, s) => ({
    title: 'Today’s parts are nearly used up',
    means: `${s.n(num(p, 'used'))} of the ${s.n(num(p, 'cap'))} that T-Mobile takes from your shop a day.`,
    next: 'Nothing to do: what does not fit leaves after midnight Pacific time.',
  }),
  'daily-unlike': (p, s) => ({
    title: 'Your daily limit is higher than the carriers’',
    means: `You typed ${s.n(num(p, 'here'))} parts a day; for your registration it is ${s.n(num(p, 'there'))}. What is above is blocked.`,
    next: 'Take what the carriers say, unless T-Mobile confirmed yours in writing.',
  }),
  'month-used': (p, s) => ({
    title: 'This month’s limit is reached',
    means: `${s.money(num(p, 'spent'))} of the ${s.money(num(p, 'limit'))} you allowed. Campaigns wait; answers to STOP and HELP still go.`,
    next: 'Raise the limit in Settings, Texting, or wait for the first of the month.',
  }),
  'month-near': (p, s) => ({
    title: 'This month’s limit is near',
    means: `${s.money(num(p, 'spent'))} of the ${s.money(num(p, 'limit'))} you allowed.`,
    next: 'Raise the limit in Settings, Texting, if another campaign is planned.',
  }),
  'smart-encoding': (p) => ({
    title: 'Twilio may change your words',
    means: `“Smart encoding” of “${str(p, 'service')}” swaps characters on the way. We have done that before you see the preview; doing it twice makes lost texts harder to find.`,
    next: 'Let us switch it off. Your texts and prices stay as the preview shows them.',
  }),
  'short-validity': (p, s) => ({
    title: 'Twilio drops texts that wait a little',
    means: `“${str(p, 'service')}” gives up after ${s.n(num(p, 'minutes'))} minutes. In a busy hour that loses texts. Quiet hours are kept by us anyway.`,
    next: 'Let us set it to ten hours, Twilio’s usual.',
  }),
  'words-not-kept': (p, s) => ({
    title: 'Twilio keeps no words of your texts',
    means: `${num(p, 'replies') === 1 ? 'A reply' : `${s.n(num(p, 'replies'))} replies`} of the last week came without words. Each may be a STOP, so whoever wrote gets no more texts until you decide.`,
    next: 'At twilio.com, Messaging, Settings: switch message redaction off. Replies written before that stay empty.',
  }),
  'no-service': () => ({
    title: 'Your number is in no messaging service',
    means: 'Texts leave while this computer is on. “Send even if this computer is off” needs a service.',
    next: 'At twilio.com, Messaging, Services: make one and add your number, if you want that.',
  }),
  'clock-off': (p, s) => ({
    title: 'This computer’s clock is wrong',
    means: `It is ${s.n(num(p, 'minutes'))} ${num(p, 'minutes') === 1 ? 'minute' : 'minutes'} ${num(p, 'ahead') === 1 ? 'fast' : 'slow'}. Quiet hours, planned texts and finding lost ones go by the clock.`,
    next: 'In the computer’s date and time settings, switch “set automatically” on.',
  }),
  'rate-unlike': (p, s) => ({
    title: 'Faster than your number takes',
    means: `You typed ${s.n(num(p, 'here'))} parts a second; your sender takes ${s.n(num(p, 'there'))}. The rest queues at Twilio, where pausing cannot reach it.`,
    next: 'Take what the carrier says, unless Twilio raised it for you.',
  }),
  'rate-unknown': (p, s) => ({
    title: 'How fast your sender may text is not known',
    means: `We keep to ${s.n(num(p, 'rate'))} ${num(p, 'rate') === 1 ? 'part' : 'parts'} a second, which every number takes.`,
    next: 'A key that may read phone numbers and messaging services tells us more.',
  }),
  'price-unlike': (p, s) => ({
    title: 'Texts cost something else than expected',
    means: `You reckon with ${s.money(num(p, 'here'))} a part; ${s.n(num(p, 'texts'))} texts really cost ${s.money(num(p, 'learnt'))}.`,
    next: 'Take the real price, so that the review of a campaign says what it will cost.',
  }),
  'key-limited': (p, s) => ({
    title: 'The key may not do everything',
    means: `Not allowed: ${s.features(str(p, 'features'))}. Texting works; what they would tell is missing here.`,
    next: 'At twilio.com, “API keys & tokens”, your restricted key: tick what you want to see.',
  }),
  'old-look': (p, s) => ({
    title: 'This is old news',
    means: `The account was last seen ${s.when(num(p, 'at'))}.`,
    next: 'Press “Look again” when the computer is online.',
  }),
};
