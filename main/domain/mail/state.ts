/**
 * `staged → waiting → sending → sent → bounced`, or `rejected`, `uncertain` (it may have left; SMTP has no list to look it up in),
 * `skipped`, `cancelled`. What a post office took is `sent`; only a bounce tells that it never arrived.
 */
export const MAIL_STATES = ['staged', 'waiting', 'sending', 'sent', 'bounced', 'rejected', 'uncertain', 'skipped', 'cancelled'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** States in which a mail counts as having left (rules.md §3: `uncertain` counts as left). */
export const MAIL_LEFT: readonly MailState[] = ['sent', 'bounced', 'uncertain'];

const NEXT: Readonly<Record<MailState, readonly MailState[]>> = {
  staged: ['waiting'],
  waiting: ['sending', 'skipped', 'cancelled', 'uncertain'],
  // not sent: it waits again
  sending: ['sent', 'rejected', 'uncertain', 'waiting', 'cancelled'],
  // the owner found out, or a bounce tells that it did leave
  uncertain: ['sent', 'bounced', 'waiting', 'cancelled'],
  sent: ['bounced'],
  bounced: [],
  rejected: [],
  skipped: [],
  cancelled: [],
};

export const mayBecome = (from: MailState, to: MailState): boolean => NEXT[from].includes(to);
