import type { ErrorCode } from '@domain/errors';
import type { ErrorText } from './errors';

/** What can go wrong with e-mails and the account they leave by. */
export const errorsOfMail: Record<Extract<ErrorCode, `mail.${string}`>, ErrorText> = {
  'mail.not-connected': {
    title: 'E-mail is not connected yet',
    safe: 'Everything else works; mails that wait stay where they are.',
    next: 'Connect the shop’s own mail account in Settings, E-mail.',
  },
  'mail.auth': {
    title: 'The mail provider did not accept the name and password',
    safe: 'Nothing was stored or sent.',
    next: 'Most providers want an app password, made for this one use in the account’s security settings, in place of the one you sign in with.',
  },
  'mail.unreachable': {
    title: 'The mail provider cannot be reached',
    safe: 'Mails that wait stay where they are.',
    next: 'Check the internet connection, and that the server’s name and port are typed as the provider gives them.',
  },
  'mail.tls': {
    title: 'No secret line to this server',
    safe: 'Nothing was sent: neither your password nor a word.',
    next: 'Try the other kind of security with its port (465 or 587), and compare the server’s name with the provider’s help page.',
  },
  'mail.too-slow': {
    title: 'The mail server did not answer in time',
    safe: 'Nothing was sent.',
    next: 'A wrong port often looks like this: 465 and 587 are the usual ones. Then try again.',
  },
  'mail.refused': {
    title: (p) => (typeof p['code'] === 'number' ? `The mail server refused this (${p['code']})` : 'The mail server refused this'),
    safe: 'Nothing was delivered.',
    next: 'Look into the account at your provider: it may be locked, or want you to confirm something there.',
  },
  'mail.busy': {
    title: 'The mail server is busy just now',
    safe: 'Nothing was sent.',
    next: 'Try again in a few minutes.',
  },
  'mail.refused-sender': {
    title: 'The provider does not send mail from this address',
    safe: 'Nothing was sent.',
    next: 'The address mails come from must belong to this account, or be allowed there as another address of yours.',
  },
  'mail.day-used': {
    title: 'The provider takes no more mail from this account today',
    safe: 'Mails that wait leave when it takes them again.',
    next: 'Lower the daily limit in Settings, E-mail, a little below what your provider allows.',
  },
  'mail.bad-recipient': {
    title: 'There is no mailbox at this address',
    safe: 'Your own account works: the server answered.',
    next: 'Check the address for a slip of the finger.',
  },
  'mail.not-sure': {
    title: 'The line broke while the mail was on its way',
    safe: 'It may have left; it is not sent a second time.',
    next: 'Look into the mailbox it was for, then try again.',
  },
  'mail.no-postal': {
    title: 'Offers by e-mail need the shop’s postal address',
    safe: 'Nothing was sent.',
    next: 'Type it in Settings, E-mail: the law wants it at the foot of every such mail.',
  },
  'mail.tests-used': {
    title: (p) => `${p['most']} test mails left within a day; that is the most`,
    next: 'The preview shows the mail as often as you like. Tomorrow there are new ones.',
  },
  'mail.practice': {
    title: 'A practice shop has its own post office',
    safe: 'Nothing leaves this computer from here.',
    next: 'Open your real shop to connect your mail account.',
  },
  'mail.imap-auth': {
    title: 'The mailbox did not accept the name and password',
    safe: 'Nothing was stored.',
    next: 'Turn on IMAP in the account’s settings at your provider, or leave reading the mailbox off.',
  },
  'mail.imap-unreachable': {
    title: 'The mailbox cannot be reached',
    safe: 'Nothing in it was changed.',
    next: 'Check the name and port of the incoming server (usually imap… and 993).',
  },
  'mail.imap-tls': {
    title: 'No secret line to the mailbox',
    safe: 'Nothing was sent.',
    next: 'Compare the incoming server’s name with the provider’s help page; its port is usually 993.',
  },
  'mail.not-found': { title: 'This mail is no longer here', next: 'Look at the list again.' },
  'mail.not-uncertain': { title: 'We know by now what happened to this mail', next: 'Nothing to decide; the list is up to date.' },
};
