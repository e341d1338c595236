import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import type { ChannelDef } from '@contract/define';
import type { Envelope } from '@contract/errors';
import { contract } from '@contract/index';
import type { StaffId, TaskId, UtcMs } from '@domain/kernel';
import type { Clock } from '@ports/clock';
import type { Session } from '@services/ctx';
import { dispatch, errorEnvelope } from './dispatch';
import { type OpenShop, openShop } from './open-shop';
import { startStanding } from './standing';

/**
 * `call`: any contract channel without a window. Developers, tests and scripts only; left out of packages.
 *   call CHANNEL 'JSON' [--db FILE] [--now ISO] [--as staff|open] [--serve]     one JSON envelope
 *   call --stdio [--db FILE] …      one {id?, channel, input} per line in, one envelope per line out; the sender runs meanwhile,
 *                                   unless --idle
 * While the app (or another call) has the shop open, only questions are answered: commands say shop.locked-by-other.
 * Answers with a task id are followed by the task's own envelope. `--serve` also runs the sender, polling and daily copies.
 */
interface Arguments {
  channel: string | undefined;
  input: string;
  stdio: boolean;
  serve: boolean;
  idle: boolean;
  db: string | undefined;
  now: string | undefined;
  as: 'owner' | 'staff' | 'open';
}

function parseArguments(argv: readonly string[]): Arguments {
  const out: Arguments = {
    channel: undefined,
    input: '{}',
    stdio: false,
    serve: false,
    idle: false,
    db: undefined,
    now: undefined,
    as: 'owner',
  };
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const a = argv[i] ?? '';
    const value = () => argv[++i] ?? usage(`${a} wants a value`);
    if (a === '--stdio') out.stdio = true;
    else if (a === '--serve') out.serve = true;
    else if (a === '--idle') out.idle = true;
    else if (a === '--db') out.db = value();
    else if (a === '--now') out.now = value();
    else if (a === '--as') out.as = value() as Arguments['as'];
    else if (a.startsWith('--')) usage(`unknown option ${a}`);
    else rest.push(a);
  }
  out.channel = rest[0];
  out.input = rest[1] ?? '{}';
  if (!out.stdio && !out.channel) usage('which channel?');
  return out;
}

function usage(why: string): never {
  process.stderr.write(
    `${why}\nusage: npm run -s call -- CHANNEL 'JSON' [--db FILE] [--now ISO] [--as owner|staff|open] [--serve]\n       npm run -s call -- --stdio [...]\nchannels:\n`,
  );
  for (const [name, def] of Object.entries(contract as Record<string, ChannelDef>))
    process.stderr.write(`  ${name} (${def.kind}, ${def.role})\n`);
  process.exit(2);
}

const write = (e: unknown) => process.stdout.write(`${JSON.stringify(e)}\n`);

async function clockFrom(args: Arguments): Promise<Clock | undefined> {
  if (args.now) {
    const at = Date.parse(args.now);
    if (Number.isNaN(at)) usage(`--now ${args.now} is no time`);
    return new FixedClock(at as UtcMs);
  }
  const url = process.env['REGULARS_CLOCK_URL'];
  if (!url) return undefined;
  const { connectRemoteClock } = await import('@adapters/clock/remote-clock');
  return connectRemoteClock(url);
}

async function answer(shop: OpenShop, session: Session, channel: string, input: unknown): Promise<Envelope<unknown>[]> {
  const def = (contract as Record<string, ChannelDef>)[channel];
  const parsed = def?.input.safeParse(input ?? {});
  if (!def || !parsed?.success) {
    const field = parsed?.error?.issues[0]?.path.join('.') ?? '';
    return [{ ok: false, error: { code: 'input.invalid', params: def ? { field } : { channel } } }];
  }
  const envelope = await dispatch(shop.ctx, session, channel, parsed.data, { readOnly: shop.readOnlyWhy });
  const taskId = envelope.ok ? taskIdIn(envelope.value) : null;
  if (!taskId) return [envelope];
  try {
    return [envelope, { ok: true, value: (await shop.ctx.tasks.finished(taskId)) ?? null }];
  } catch (error) {
    return [envelope, { ok: false, error: errorEnvelope(error) }];
  }
}

function taskIdIn(value: unknown): TaskId | null {
  const id = typeof value === 'string' ? value : ((value as { taskId?: unknown } | null)?.taskId ?? null);
  return typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id) ? (id as TaskId) : null;
}

async function main(): Promise<void> {
  const args = parseArguments(process.argv.slice(2));
  const file = args.db ?? join(process.env['REGULARS_DATA_DIR'] ?? join(process.cwd(), '.regulars'), 'real', 'shop.sqlite');
  const dir = dirname(resolve(file));
  const passphrase = process.env['REGULARS_PASSPHRASE'] ?? 'development';
  const clock = await clockFrom(args);
  const stopping = new AbortController();
  let standing: Promise<void> | undefined;
  const shop = await openShop({
    dir,
    fileName: basename(file),
    kind: basename(dir) === 'practice' ? 'practice' : 'real',
    secrets: new PassphraseVault(join(dir, 'vault.json'), passphrase),
    twilioUrl: process.env['REGULARS_TWILIO_URL'],
    importWorker: join(__dirname, 'import-worker.js'),
    quiet: async () => {
      stopping.abort();
      await standing?.catch(() => undefined);
    },
    ...(clock ? { clock } : {}),
  }).catch((error: unknown) => {
    write({ ok: false, error: errorEnvelope(error) });
    process.exit(1);
  });
  const session: Session = { windowId: 0, staffId: args.as === 'open' ? null : firstStaff(shop), role: args.as };
  standing = (args.serve || (args.stdio && !args.idle)) && !shop.readOnly ? startStanding(shop.ctx, stopping.signal) : undefined;
  let failed = false;
  if (args.stdio) {
    const open = new Set<Promise<void>>();
    for await (const line of createInterface({ input: process.stdin })) {
      if (!line.trim()) continue;
      let asked: { id?: unknown; channel?: unknown; input?: unknown };
      try {
        asked = JSON.parse(line) as typeof asked;
      } catch {
        write({ ok: false, error: { code: 'input.invalid', params: { line: 'not JSON' } } });
        continue;
      }
      const answered = answer(shop, session, String(asked.channel), asked.input).then((envelopes) => {
        for (const e of envelopes) write(asked.id === undefined ? e : { id: asked.id, ...e });
      });
      // whoever numbers the questions can tell the answers apart: a long task holds up nothing behind it
      if (asked.id === undefined) await answered;
      else {
        open.add(answered);
        void answered.finally(() => open.delete(answered));
      }
    }
    await Promise.all(open);
  } else {
    let input: unknown;
    try {
      input = JSON.parse(args.input);
    } catch {
      usage('the second argument is not JSON');
    }
    for (const e of await answer(shop, session, args.channel ?? '', input)) {
      write(e);
      failed = !e.ok;
    }
  }
  stopping.abort();
  await standing?.catch(() => undefined);
  await shop.close();
  process.exitCode = failed ? 1 : 0;
  // A remote clock keeps a connection open; nothing is left to wait for.
  setImmediate(() => process.exit());
}

function firstStaff(shop: OpenShop): StaffId | null {
  const row = shop.ctx.db.one(shop.ctx.db.q.selectFrom('staff').select('id').where('role', '=', 'owner').orderBy('id').limit(1));
  return (row?.id ?? null) as StaffId | null;
}

void main();
