import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { InboundMail } from '@domain/mail/inbound';
import type { Mailbox } from '@ports/mailbox';
import type { Mailer } from '@ports/mailer';

interface Letter {
  from: string | null;
  subject: string;
  text: string;
  about?: string[];
  report?: InboundMail['report'];
}

const VALIDITY = 'practice';

/**
 * A post office in a drawer: takes every mail and sends it nowhere; what practice customers answer lies in a file of the shop's folder. An
 * address that begins with "full" or "gone" sends its mail back, as people's do.
 */
export function practicePost(file: string): { mailer: Mailer; mailbox: Mailbox; writeBack(m: Letter): void } {
  const letters: Letter[] = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => {
          try {
            return line.trim() === '' ? [] : [JSON.parse(line) as Letter];
          } catch {
            // the last line of a power cut
            return [];
          }
        })
    : [];
  const writeBack = (m: Letter) => {
    letters.push(m);
    appendFileSync(file, `${JSON.stringify(m)}\n`);
  };
  return {
    mailer: {
      check: async () => {},
      async deliver(mail) {
        if (/^nobody@/.test(mail.to)) return { kind: 'rejected', code: 550, refusal: 'bad-address' };
        const back = /^gone/.test(mail.to) ? '5.1.1' : /^full/.test(mail.to) ? '5.2.2' : null;
        if (back !== null) {
          writeBack({
            from: 'mailer-daemon@practice-post.example',
            subject: 'Mail could not be delivered',
            text: '',
            about: [mail.messageId],
            report: { action: 'failed', status: back, recipient: mail.to, said: '' },
          });
        }
        return { kind: 'accepted' };
      },
      close: () => {},
    },
    mailbox: {
      async read(after, most) {
        const from = after === null ? 0 : after.uid;
        const some = letters.slice(from, from + most);
        const uid = from + some.length;
        return {
          mails: some.map((l, i) => ({
            uid: from + i + 1,
            from: l.from,
            subject: l.subject,
            text: l.text,
            automatic: l.report != null,
            about: l.about ?? [],
            report: l.report ?? null,
          })),
          place: { validity: VALIDITY, uid },
          more: uid < letters.length,
        };
      },
    },
    writeBack,
  };
}
