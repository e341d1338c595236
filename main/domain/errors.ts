/**
 * Every expected failure has a code. Words for people live in renderer/strings/errors.ts (a code without words does not compile).
 * Naming: `noun.what-happened`. Anything that is not an AppError is a bug and goes to the crash screen.
 */
export const ERROR_CODES = [
  'bug',
  'session.locked',
  'session.owner-only',
  'session.wrong-pin',
  'session.too-many-tries',
  'input.invalid',
  'shop.locked-by-other',
  'shop.newer-database',
  'shop.corrupt',
  'shop.disk-full',
  'shop.not-set-up',
  'shop.synced-folder',
  'shop.network-folder',
  'shop.gone',
  'shop.retired',
  'shop.busy',
  'secrets.unavailable',
  'secrets.wrong-passphrase',
  'secrets.wrong-recovery-code',
  'backend.restarted',
  'task.already-running',
  'task.cancelled',
  'customer.not-found',
  'customer.bad-phone',
  'customer.bad-email',
  'customer.same-number',
  'customer.merge-texting',
  'customer.merge-not-found',
  'customer.merge-built-on',
  'consent.already-in',
  'consent.carrier-stop',
  'consent.under-age',
  'consent.opted-out',
  'consent.own-act-only',
  'kit.topic-not-found',
  'kit.word-taken',
  'kit.word-refused',
  'kit.word-printed',
  'kit.wording-refused',
  'import.not-found',
  'import.unreadable',
  'import.wrong-file',
  'import.no-rows',
  'import.unclosed-quote',
  'import.mapping-incomplete',
  'import.file-changed',
  'import.shop-changed',
  'import.told-already',
  'import.other-name',
  'import.not-undoable',
  'source.not-found',
  'source.no-folder',
  'source.own-folder',
  'sheet.bad-link',
  'sheet.not-https',
  'sheet.edit-link',
  'sheet.refused-address',
  'sheet.unreachable',
  'sheet.sign-in',
  'sheet.gone',
  'sheet.not-csv',
  'sheet.too-big',
  'sheet.too-slow',
  'sheet.not-people',
  'link.not-found',
  'link.no-sale',
  'link.belongs-to-other',
  'link.newer',
  'link.not-undoable',
  'segment.not-found',
  'segment.bad-rule',
  'campaign.not-found',
  'campaign.empty-text',
  'campaign.no-people',
  'campaign.bad-state',
  'campaign.quote-outdated',
  'campaign.limit-reached',
  'campaign.unknown-field',
  'campaign.not-ready',
  'campaign.bad-time',
  'campaign.no-service',
  'offer.not-found',
  'offer.code-unknown',
  'offer.code-typo',
  'offer.code-used',
  'offer.code-expired',
  'offer.code-void',
  'offer.code-locked',
  'offer.not-undoable',
  'outbox.not-found',
  'outbox.not-uncertain',
  'outbox.tests-used',
  'account.refused',
  'account.usage-refused',
  'sms.not-connected',
  'sms.refused-key',
  'sms.unreachable',
  'sms.account-mismatch',
  'sms.bad-sender',
  'sms.rejected',
  'inbox.not-found',
  'counter-task.not-found',
  'counter.not-in-front',
  'counter.not-undoable',
  'privacy.not-found',
  'privacy.erased',
  'privacy.text-leaving',
  'privacy.no-list',
  'privacy.list-changed',
  'privacy.no-place',
  'later.not-open',
  'photo.unreadable',
  'backup.not-found',
  'backup.damaged',
  'backup.other-shop',
  'backup.no-place',
  'restore.not-checked',
  'restore.nothing',
  'restore.not-empty',
  'report.not-found',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Values a message may show; never phone numbers, names or message bodies (they end up in logs). */
export type ErrorParams = Readonly<Record<string, string | number | boolean>>;

export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
  ) {
    super(code);
  }
}

/** SQLite and the file system both say it in their own way. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC' || code === 'EDQUOT';
}

/** The code under which any failure is told to people: a full disk is expected trouble, everything unknown is a bug. */
export function codeOfError(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  return isDiskFull(error) ? 'shop.disk-full' : 'bug';
}
