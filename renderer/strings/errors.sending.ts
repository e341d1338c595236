import type { ErrorCode } from '@domain/errors';
import type { ErrorText } from './errors';

/** What can go wrong with texts that leave and the account they leave by. */
export const errorsOfSending: Record<
  Extract<ErrorCode, `account.${string}` | `lookup.${string}` | `outbox.${string}` | `sms.${string}`>,
  ErrorText
> = {
  'outbox.not-found': { title: 'This text is no longer here', next: 'Look at the campaign for where it stands.' },
  'outbox.not-uncertain': { title: 'We know by now what happened to this text', next: 'Nothing to decide; the list is up to date.' },
  'outbox.tests-used': {
    title: (p) => `${p['most']} test texts left within a day; that is the most`,
    next: 'The preview shows every person’s text as often as you like. Tomorrow there are new ones.',
  },
  'account.refused': {
    title: 'This account cannot be connected yet',
    safe: 'Nothing was stored.',
    next: 'The list above says what to change at Twilio. Then check again.',
  },
  'account.usage-refused': {
    title: 'This key may not read what Twilio counted',
    next: 'Add “Usage: read” to the key at Twilio, or compare with the bill there.',
  },
  'sms.not-connected': {
    title: 'Texting is not connected yet',
    safe: 'Everything else works.',
    next: 'Connect your Twilio account, or practise with the practice carrier, in Settings, Texting.',
  },
  'sms.refused-key': {
    title: 'Twilio refused the key',
    safe: 'No text was sent and nothing was stored.',
    next: 'Check the account SID, the key SID and the secret. A secret is shown only once: make a new key if you lost it.',
  },
  'sms.unreachable': {
    title: 'Twilio cannot be reached',
    safe: 'Waiting texts stay where they are and go out when the network is back.',
    next: 'Check the internet connection.',
  },
  'sms.account-mismatch': {
    title: 'This key belongs to a different Twilio account',
    safe: 'Nothing was changed. Mixing two accounts could text people twice.',
    next: 'Use a key of the account this shop was connected to.',
  },
  'sms.bad-sender': {
    title: 'This number cannot send texts',
    next: 'Choose another number of your account, one that is set up for texts.',
  },
  'sms.rejected': { title: 'Twilio did not take the text', safe: 'It was not sent.', next: 'Open it to see why, and what to change.' },
  'lookup.not-allowed': {
    title: 'The key may not look numbers up',
    safe: 'Nothing was asked and nothing was paid.',
    next: 'At Twilio, allow the key to use Lookup, or make a standard key and connect it under Settings → Texting. Texts work without it.',
  },
  'lookup.quote-outdated': {
    title: 'There are more numbers to look up by now',
    safe: 'Nothing was asked and nothing was paid.',
    next: 'Look at the new price and confirm again.',
  },
  'lookup.nothing-to-ask': {
    title: 'There is no number to look up',
    next: 'Of every number it is known, or was asked in the last 90 days.',
  },
};
