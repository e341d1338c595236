import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { makeMailbox } from '@adapters/imap/mailbox';
import type { Mailbox } from '@ports/mailbox';
import { MAIL_CERT, MAIL_KEY, MAIL_PASSWORD, MAIL_USER } from './smtp';

export interface FakeInbox {
  port: number;
  validity: number;
  /** Whole mails as they lie there, by uid. */
  mails: Map<number, string>;
  /** Everything a client asked, without passwords. */
  asked: string[];
  nextUid: number;
  put(raw: string): number;
  close(): Promise<void>;
}

/** As much of IMAP over TLS as reading one mailbox takes: sign in, look, search by uid, fetch. What it does not know it refuses. */
export async function startInbox(): Promise<FakeInbox> {
  const inbox: FakeInbox = {
    port: 0,
    validity: 1,
    mails: new Map(),
    asked: [],
    nextUid: 1,
    put(raw) {
      const uid = inbox.nextUid++;
      inbox.mails.set(uid, raw.replace(/\r?\n/g, '\r\n'));
      return uid;
    },
    close: async () => {},
  };
  const open = new Set<TLSSocket>();
  const server = createServer({ key: MAIL_KEY, cert: MAIL_CERT }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    const say = (line: string | Buffer) => socket.write(line);
    say('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n');
    let rest = '';
    let signedIn = false;
    let waits: string | null = null;
    const signIn = (tag: string, user: string, password: string) => {
      signedIn = user === MAIL_USER && password === MAIL_PASSWORD;
      say(signedIn ? `${tag} OK [CAPABILITY IMAP4rev1] in\r\n` : `${tag} NO [AUTHENTICATIONFAILED] Invalid credentials: ${password}\r\n`);
    };
    const plain = (tag: string, base64: string) => {
      const [, user = '', password = ''] = Buffer.from(base64, 'base64').toString('utf8').split('\0');
      signIn(tag, user, password);
    };
    const uidsIn = (set: string): number[] => {
      const all = [...inbox.mails.keys()].sort((a, b) => a - b);
      const last = all.at(-1) ?? 0;
      const picked = set.split(',').flatMap((part) => {
        const [a = '0', b = a] = part.split(':');
        const [from, to] = [a, b].map((n) => (n === '*' ? last : Number(n))) as [number, number];
        return all.filter((u) => u >= Math.min(from, to) && u <= Math.max(from, to));
      });
      return [...new Set(picked)];
    };
    const answer = (line: string) => {
      if (waits !== null) {
        const tag = waits;
        waits = null;
        return plain(tag, line);
      }
      const [tag = '', command = '', ...args] = line.split(' ');
      const text = args.join(' ');
      inbox.asked.push(/^(LOGIN|AUTHENTICATE)$/i.test(command) ? command : `${command} ${text}`.trim());
      const ok = (what = 'done') => say(`${tag} OK ${what}\r\n`);
      switch (command.toUpperCase()) {
        case 'CAPABILITY':
          say('* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n');
          return ok();
        case 'ID':
          say('* ID NIL\r\n');
          return ok();
        case 'LOGIN': {
          const [user = '', password = ''] = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '');
          return signIn(tag, user, password);
        }
        case 'AUTHENTICATE':
          if (args[1] !== undefined) return plain(tag, args[1]);
          waits = tag;
          return say('+ \r\n');
        case 'NAMESPACE':
          say('* NAMESPACE (("" "/")) NIL NIL\r\n');
          return ok();
        case 'LIST':
        case 'LSUB':
          say(`* ${command.toUpperCase()} (\\HasNoChildren) "/" "INBOX"\r\n`);
          return ok();
        case 'EXAMINE':
          if (!signedIn) return say(`${tag} NO not in\r\n`);
          say(`* ${inbox.mails.size} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n`);
          say(`* OK [UIDVALIDITY ${inbox.validity}] ok\r\n* OK [UIDNEXT ${inbox.nextUid}] ok\r\n`);
          return ok('[READ-ONLY] opened');
        case 'UID': {
          const [what = '', set = ''] = args;
          if (what.toUpperCase() === 'SEARCH') {
            const asked = /UID (\S+)/i.exec(args.slice(1).join(' '))?.[1] ?? '1:*';
            say(`* SEARCH ${uidsIn(asked).join(' ')}\r\n`);
            return ok();
          }
          if (what.toUpperCase() === 'FETCH') {
            const most = Number(/<0\.(\d+)>/.exec(text)?.[1] ?? Number.MAX_SAFE_INTEGER);
            const order = [...inbox.mails.keys()].sort((a, b) => a - b);
            for (const uid of uidsIn(set)) {
              const raw = Buffer.from(inbox.mails.get(uid) ?? '', 'utf8').subarray(0, most);
              say(`* ${order.indexOf(uid) + 1} FETCH (UID ${uid} BODY[]<0> {${raw.length}}\r\n`);
              say(raw);
              say(')\r\n');
            }
            return ok();
          }
          return say(`${tag} BAD unknown\r\n`);
        }
        case 'NOOP':
        case 'CLOSE':
        case 'UNSELECT':
          return ok();
        case 'LOGOUT':
          say('* BYE\r\n');
          ok();
          return socket.end();
        default:
          return say(`${tag} BAD unknown\r\n`);
      }
    };
    socket.on('data', (d: Buffer) => {
      rest += d.toString('utf8');
      for (let i = rest.indexOf('\r\n'); i >= 0; i = rest.indexOf('\r\n')) {
        const line = rest.slice(0, i);
        rest = rest.slice(i + 2);
        answer(line);
      }
    });
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  inbox.port = (server.address() as AddressInfo).port;
  inbox.close = () =>
    new Promise((resolve) => {
      for (const s of open) s.destroy();
      server.close(() => resolve());
    });
  return inbox;
}

export const mailboxAt = (inbox: Pick<FakeInbox, 'port'>, o: { password?: string; trust?: string | null } = {}): Mailbox =>
  makeMailbox(
    { host: '127.0.0.1', port: inbox.port, user: MAIL_USER, password: o.password ?? MAIL_PASSWORD },
    { connectMs: 2000, silenceMs: 3000, ...(o.trust === null ? {} : { trust: MAIL_CERT }) },
  );

/** A letter as people's programs write it. */
export const aLetter = (o: { from: string; subject: string; text?: string; headers?: string }): string =>
  `From: ${o.from}\nTo: ${MAIL_USER}\nSubject: ${o.subject}\nMessage-ID: <${Math.abs(hash(o.from + o.subject))}@their.example>\n${o.headers ?? ''}Content-Type: text/plain; charset=utf-8\n\n${o.text ?? ''}\n`;

const hash = (s: string): number => [...s].reduce((h, c) => (Math.imul(h, 31) + (c.codePointAt(0) ?? 0)) | 0, 7);

/** A delivery report as post offices write it (RFC 3464). */
export const aBounce = (o: {
  messageId: string;
  to: string;
  status: string;
  action?: string;
  said?: string;
}): string => `From: MAILER-DAEMON@post.example
To: ${MAIL_USER}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <report@post.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example

Final-Recipient: rfc822; ${o.to}
Action: ${o.action ?? 'failed'}
Status: ${o.status}
Diagnostic-Code: smtp; ${o.said ?? `550 ${o.status} no such user`}

--b
Content-Type: text/rfc822-headers

From: ${MAIL_USER}
To: ${o.to}
Message-ID: ${o.messageId}
Subject: New boots

--b--
`;
