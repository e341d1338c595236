import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * What the app talks to (docs/GUIDE.md says it to the owner): the texting account, the mail account, a list on the web the owner added, the shop’s own terms
 * and privacy pages when the owner has them checked, updates when asked for. A new file that reaches for the network has to be added here, and there.
 */
const ALLOWED: Readonly<Record<string, string>> = {
  'main/adapters/twilio/client.ts': 'the owner’s texting account, through its SDK',
  'main/adapters/smtp/mailer.ts': 'the owner’s own mail account: sending',
  'main/adapters/imap/mailbox.ts': 'the owner’s own mailbox, where the owner wants it read',
  'main/adapters/web-sheet/pinned.ts': 'lists on the web the owner added, and the shop’s own two pages on a click: see below',
  'main/adapters/web-sheet/addresses.ts': 'only tells addresses apart',
  'main/adapters/practice-carrier/server.ts': 'the practice carrier listens on this machine',
  'main/adapters/clock/remote-clock.ts': 'development: a simulator’s clock on this machine',
  'main/shell/updates.ts': 'asked for by the owner, signed packages only',
};

const REACHES =
  /from ['"](?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/[a-z]+)?['"]|import\(['"](?:node:)?(?:https?|net|tls)['"]\)|(?:await|return|=>|[=(,])\s*fetch\(|new WebSocket|XMLHttpRequest|EventSource|from ['"](?:undici|axios|twilio|imapflow|nodemailer[^'"]*)['"]|import\(['"](?:twilio|electron-updater)['"]\)|electron['"]\)?.*\bnet\b/;

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = `${dir}/${e.name}`;
    return e.isDirectory() ? sources(path) : /\.(ts|tsx)$/.test(e.name) ? [path] : [];
  });
}

/** Code without its comments. */
const code = (path: string) => readFileSync(join(process.cwd(), path), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

describe('the network', () => {
  it('is reached from these files and no others', () => {
    const found = ['main', 'preload', 'renderer', 'db'].flatMap(sources).filter((f) => {
      const text = code(f);
      // types of node's modules reach nothing
      return REACHES.test(text.replace(/^import type .*$/gm, ''));
    });
    expect(found.sort().filter((f) => !(f in ALLOWED))).toEqual([]);
  });

  it('is never reached from the window: its policy lets it speak to itself only', () => {
    const policy = /content="([^"]*connect-src[^"]*)"/.exec(readFileSync('renderer/index.html', 'utf8'))?.[1] ?? '';
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("default-src 'self'");
  });

  it('has no switch for a test’s server in the code of the app', () => {
    for (const f of ['main/backend', 'main/services', 'main/shell', 'main/ipc', 'preload'].flatMap(sources))
      expect(/loopback\s*:\s*true/.test(code(f)), f).toBe(false);
    expect(code('main/backend/open-shop.ts')).toContain('makeWebSheet()');
    expect(code('main/backend/open-shop.ts')).toContain('makeLinkCheck()');
  });

  it('knows the mail account’s adapters in the backend alone, where they are loaded on first use', () => {
    const users = ['main', 'preload', 'renderer', 'db'].flatMap(sources).filter((f) => /adapters\/(smtp|imap)\//.test(code(f)));
    expect(users).toEqual(['main/backend/post-office.ts']);
    expect(code('main/backend/post-office.ts')).not.toMatch(/^import [^;]*adapters\/(smtp|imap)/m);
    // the trust in a test's own certificate is a test's alone
    expect(code('main/backend/post-office.ts')).not.toContain('trust');
  });

  it('asks pinned addresses only from lists on the web and from the look at the shop’s own pages', () => {
    const users = ['main', 'preload', 'renderer', 'db'].flatMap(sources).filter((f) => /from ['"][^'"]*\/pinned['"]/.test(code(f)));
    expect(users.sort()).toEqual(['main/adapters/link-check/link-check.ts', 'main/adapters/web-sheet/web-sheet.ts']);
  });
});
