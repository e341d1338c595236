/**
 * The backend as a process of its own, to be killed: opens the shop in REGULARS_TEST_SHOP the way the app does, on the carrier's clock,
 * and does everything an open shop does by itself. Every step is written to REGULARS_TEST_TRACE before and after it, so that whoever
 * killed it can tell where the death fell; REGULARS_TEST_DIE lets it die by its own hand at the nth passing of one such step.
 * On its input it takes calls of the app's own channels, one JSON a line. Prints `ready` once everything runs; the call `left`
 * is answered with how much is left to do by itself. Run as a bundle (test/support/kill-lab.ts).
 */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectRemoteClock } from '@adapters/clock/remote-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { dispatch } from '@backend/dispatch';
import { openShop } from '@backend/open-shop';
import { startStanding } from '@backend/standing';
import type { StaffId } from '@domain/kernel';
import type { SmsGateway } from '@ports/sms-gateway';
import type { Ctx, Session } from '@services/ctx';

const dir = process.env['REGULARS_TEST_SHOP'] ?? '';
const carrier = process.env['REGULARS_TEST_CARRIER'] ?? '';
const trace = openSync(process.env['REGULARS_TEST_TRACE'] ?? join(dir, 'trace.log'), 'a');
const die = JSON.parse(process.env['REGULARS_TEST_DIE'] ?? 'null') as { at: string; nth: number } | null;
const owner: Session = { windowId: 1, staffId: 1 as StaffId, role: 'owner' };
let passed = 0;

/** Handed to the operating system before the next thing happens: survives the death it tells of. */
function mark(step: string, detail = ''): void {
  writeSync(trace, `${step} ${detail}\n`);
  if (die?.at === step && ++passed === die.nth) process.kill(process.pid, 'SIGKILL');
}
const print = (line: string) => void process.stdout.write(`${line}\n`);

/** The carrier's door with somebody who writes down who goes in and out. */
function watched(gateway: SmsGateway, own: () => readonly string[]): SmsGateway {
  const asked = (to: string | undefined) => (to === undefined ? 'poll' : own().includes(to) ? 'replies' : 'reconcile');
  const around = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    mark(`${what}>`);
    try {
      return await work();
    } finally {
      mark(`${what}<`);
    }
  };
  return {
    ...gateway,
    async send(request) {
      mark('post>', request.to);
      try {
        return await gateway.send(request);
      } finally {
        mark('post<', request.to);
        setImmediate(() => mark('settled', request.to));
      }
    },
    list: (filter) => around(asked(filter.to), () => gateway.list(filter)),
    nextPage: (next) => around('poll', () => gateway.nextPage(next)),
    fetch: (sid) => around('poll', () => gateway.fetch(sid)),
    cancel: (sid) => around('cancel', () => gateway.cancel(sid)),
  };
}

const LEFT = `SELECT (SELECT count(*) FROM campaign WHERE state IN ('staging', 'sending'))
  + (SELECT count(*) FROM outbox WHERE state IN ('sending', 'accepted', 'queued') OR (state = 'uncertain' AND reconcile_at IS NOT NULL))
  + (SELECT count(*) FROM outbox WHERE state = 'waiting' AND cause_kind <> 'campaign') AS n`;
/** The newest POST of a campaign that was begun. */
const BEGUN = `SELECT coalesce(max(a.id), 0) FROM outbox_attempt a JOIN outbox o ON o.id = a.outbox_id WHERE o.cause_kind = 'campaign'`;

async function answerCalls(ctx: Ctx, readOnly: boolean, restarting: () => boolean): Promise<void> {
  const left = ctx.db.prepare(LEFT);
  const begun = ctx.db.prepare(BEGUN).pluck();
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, channel, input } = JSON.parse(line) as { id: number; channel: string; input: unknown };
    mark('call>', channel);
    const answer = channel === 'left' ? { ok: true, value: left.get() } : await dispatch(ctx, owner, channel, input, { readOnly });
    mark('call<', channel);
    // Read before anything else can happen: what begins after this answer has a higher number. A restored file is closed by now.
    const lastBegun = ctx.db.raw.open ? begun.get() : null;
    print(JSON.stringify({ id, at: ctx.clock.now(), lastBegun, answer }));
    if (restarting()) process.exit(0);
  }
}

async function main(): Promise<void> {
  mark('up');
  const clock = await connectRemoteClock(carrier);
  const secrets = new PassphraseVault(join(dir, 'vault.json'), 'test');
  let restarting = false;
  const shop = await openShop({
    dir,
    kind: 'real',
    secrets,
    clock,
    twilioUrl: carrier,
    restart: () => {
      restarting = true;
    },
  });
  mark('open');
  const doors = new WeakMap<SmsGateway, SmsGateway>();
  const ctx: Ctx = {
    ...shop.ctx,
    async gateway() {
      const inner = await shop.ctx.gateway();
      let door = doors.get(inner);
      if (!door) {
        door = watched(inner, () => shop.ctx.settings().texting.numbers);
        doors.set(inner, door);
      }
      return door;
    },
    journal: {
      ...shop.ctx.journal,
      append(entries) {
        const what = entries[0]?.kind ?? '';
        mark('journal>', what);
        shop.ctx.journal.append(entries);
        mark('journal<', what);
      },
    },
    changed(...topics) {
      mark('changed', topics.join('+'));
      shop.ctx.changed(...topics);
    },
  };
  const stop = new AbortController();
  // As the app does: whoever finds the lock taken reads, and does nothing by itself.
  const standing = shop.readOnly ? Promise.resolve() : startStanding(ctx, stop.signal);
  mark(shop.readOnly ? 'read-only' : 'ready');
  print('ready');
  void answerCalls(ctx, shop.readOnly, () => restarting);
  while (!restarting) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await standing;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
