import { join } from 'node:path';
import type { Db } from '@db/open';
import { readSettings, saveSettings } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import type { Mailbox } from '@ports/mailbox';
import type { Mailer } from '@ports/mailer';
import type { SecretStore } from '@ports/secrets';
import type { MailPorts } from '@services/ctx';

/**
 * Which post office this shop talks to. A practice shop only ever to the one in its own folder, which sends nothing anywhere; a real shop
 * only to the owner's account. The adapters are loaded on first use.
 */
export function makePostOffice(deps: { db: Db; secrets: SecretStore; dir: string }): MailPorts & { close(): void } {
  const { db, secrets, dir } = deps;
  let built: { key: string; mailer: Mailer } | null = null;
  let practice: Promise<Awaited<ReturnType<typeof openPractice>>> | null = null;

  const openPractice = async () => {
    const { practicePost } = await import('@adapters/practice-post/post-office');
    return practicePost(join(dir, 'practice-post.jsonl'));
  };
  const practiceOnce = () => {
    practice ??= openPractice();
    return practice;
  };
  const password = async () => {
    const found = await secrets.get('mail-password');
    if (!found) throw new AppError('mail.not-connected');
    return found;
  };

  return {
    async mailer() {
      const { mode, host, port, security, user } = readSettings(db).mail;
      if (mode === 'none') throw new AppError('mail.not-connected');
      if (mode === 'practice') return (await practiceOnce()).mailer;
      const account = { host, port, security, user, password: await password() };
      const key = JSON.stringify(account);
      if (built?.key !== key) {
        built?.mailer.close();
        const { makeMailer } = await import('@adapters/smtp/mailer');
        built = { key, mailer: makeMailer(account) };
      }
      return built.mailer;
    },
    async mailbox(): Promise<Mailbox> {
      const { mode, imap, user } = readSettings(db).mail;
      if (mode === 'practice') return (await practiceOnce()).mailbox;
      if (mode === 'none' || imap === null) throw new AppError('mail.not-connected');
      const { makeMailbox } = await import('@adapters/imap/mailbox');
      return makeMailbox({ ...imap, user, password: await password() });
    },
    async mailerFor(account) {
      const { makeMailer } = await import('@adapters/smtp/mailer');
      return makeMailer(account);
    },
    async mailboxFor(account) {
      const { makeMailbox } = await import('@adapters/imap/mailbox');
      return makeMailbox(account);
    },
    writeBack(m) {
      if (readSettings(db).mail.mode !== 'practice') throw new AppError('mail.practice');
      void practiceOnce().then((p) => p.writeBack(m));
    },
    close: () => built?.mailer.close(),
  };
}

/** A practice shop has its post office from its first second. */
export function connectPracticePost(db: Db, now: UtcMs): void {
  const { mail } = readSettings(db);
  if (mail.mode !== 'none') return;
  saveSettings(
    db,
    'mail',
    { ...mail, mode: 'practice', host: 'practice', user: 'practice', fromAddress: 'hello@practice-shop.example' },
    now,
  );
}
