import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournalFile } from '@adapters/disk/journal';
import { dispatch } from '@backend/dispatch';
import { type Channel, contract } from '@contract/index';
import { displayState } from '@services/counter/screen';
import { sessionAt, turnToCustomer } from '@services/counter/turn';
import { commitImport } from '@services/imports/commit';
import { importReport } from '@services/imports/report';
import { tidyImports } from '@services/imports/undo';
import { senderTurn } from '@services/outbox/sender';
import { describe, expect, it, vi } from 'vitest';
import { aFile, dump, preview, squareItems } from '../support/imports';
import { aSendingCampaign, aSendingShop, countStates } from '../support/sending-shop';
import { aCtx, clerk, owner, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

/** A shop file that may not grow: SQLite refuses with SQLITE_FULL, as it does when the disk is full. */
const aFileCtx = () => aCtx({ db: createDb(join(mkdtempSync(join(tmpdir(), 'regulars-full-')), 'shop.sqlite')) });
const fill = (ctx: TestCtx) => {
  const pages = ctx.db.raw.pragma('page_count', { simple: true }) as number;
  ctx.db.raw.pragma(`max_page_count = ${pages}`);
};
const free = (ctx: TestCtx) => ctx.db.raw.pragma('max_page_count = 1000000');

async function call<T>(ctx: TestCtx, channel: Channel, input: unknown): Promise<T> {
  const envelope = await dispatch(ctx, owner, channel, contract[channel as keyof typeof contract].input.parse(input));
  if (!envelope.ok) throw Object.assign(new Error(envelope.error.code), envelope.error);
  return envelope.value as T;
}

/** Everything but the log of tasks. */
const whole = (ctx: TestCtx) => `${dump(ctx.db)}\n${JSON.stringify(ctx.db.raw.prepare('SELECT * FROM audit ORDER BY id').all())}`;

const quiet = async <T>(work: () => Promise<T>): Promise<T> => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    return await work();
  } finally {
    said.mockRestore();
  }
};

describe('a command on a full disk', () => {
  const signUp = async (ctx: TestCtx, i: number) => {
    turnToCustomer(ctx, clerk, 'en');
    const customer = sessionAt(ctx, clerk.windowId);
    const { turn, words } = displayState(ctx, customer);
    const answer = await dispatch(ctx, customer, 'display/sign-up', {
      turn,
      phone: `+1212555${String(1000 + i)}`,
      firstName: `Rosa ${i}`,
      ticked: true,
      promiseMax: 4,
      language: 'en',
      wordingHash: words?.wording.find((w) => w.language === 'en' && w.promiseMax === 4)?.hash,
      birthday: '',
      topics: [],
      email: '',
      emailTicked: false,
      emailWordingHash: '',
    });
    if (!answer.ok) throw Object.assign(new Error(answer.error.code), answer.error);
    return answer.value;
  };
  const commands: Record<string, (ctx: TestCtx, i: number) => Promise<unknown>> = {
    'signing somebody up': signUp,
    'stopping a number': (ctx, i) => call(ctx, 'sign-up/stop', { customerId: null, phone: `+1646555${String(1000 + i)}` }),
    'saving a group': (ctx, i) =>
      call(ctx, 'segments/save', { id: null, name: `Group ${i}`, rule: { any: [{ all: [{ is: 'may-text', value: true }] }] } }),
    'saving a campaign': (ctx, i) =>
      call(ctx, 'campaigns/save', {
        id: null,
        fields: {
          name: `Boots ${i}`,
          segmentId: null,
          body: 'Boots are in. '.repeat(20),
          offerId: null,
          addStopLine: true,
          holdout: 'auto',
          goal: { kind: 'none', target: null },
          windowDays: 14,
        },
      }),
  };

  it.each(Object.keys(commands))('%s says so, writes nothing, and works again when there is room', async (name) => {
    const ctx = aFileCtx();
    const run = commands[name] as (typeof commands)[string];
    await run(ctx, 0);
    fill(ctx);
    let refused = 0;
    for (let i = 1; i < 2000 && refused === 0; i++) {
      const before = whole(ctx);
      const journalled = ctx.journalled.length;
      try {
        await run(ctx, i);
      } catch (error) {
        expect(error).toMatchObject({ code: 'shop.disk-full', params: {} });
        expect(whole(ctx)).toBe(before);
        expect(ctx.journalled).toHaveLength(journalled);
        refused = i;
      }
    }
    expect(refused).toBeGreaterThan(0);
    free(ctx);
    await run(ctx, refused);
    expect(ctx.db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('redeeming a code leaves it good', async () => {
    const ctx = aFileCtx();
    await call(ctx, 'offers/save', {
      id: null,
      name: 'Socks',
      kind: 'percent',
      percent: 10,
      validDays: 14,
      codeMode: 'shared',
      sharedCode: 'SOCKS10',
    });
    fill(ctx);
    const redeem = () => call(ctx, 'counter/redeem', { code: 'SOCKS10', how: 'code' });
    let error: unknown;
    for (let i = 0; i < 2000 && !error; i++) {
      const before = whole(ctx);
      error = await redeem().then(
        () => undefined,
        (e: unknown) => {
          expect(whole(ctx)).toBe(before);
          return e;
        },
      );
    }
    expect(error).toMatchObject({ code: 'shop.disk-full' });
    free(ctx);
    await redeem();
  });
});

describe('an import on a full disk', () => {
  const rows = Array.from({ length: 3000 }, (_, i) => ({ 'Transaction ID': `T${i}`, 'Net Sales': '$12.00', Item: `Boot number ${i}` }));

  it('ends as failed with its reason, and what it wrote is taken back once there is room', async () => {
    const ctx = aFileCtx();
    const { id } = await preview(ctx, aFile(squareItems(rows)));
    const before = dump(ctx.db);
    ctx.db.raw.pragma(`max_page_count = ${(ctx.db.raw.pragma('page_count', { simple: true }) as number) + 60}`);
    const { task } = commitImport(ctx, owner, { id });
    await expect(ctx.tasks.finished(task)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    const tasks = await call<{ id: string; state: string; errorCode: string }[]>(ctx, 'tasks/list', {});
    expect(tasks.find((t) => t.id === task)).toMatchObject({ state: 'failed', errorCode: 'shop.disk-full' });
    free(ctx);
    await vi.waitFor(async () => {
      await tidyImports(ctx);
      expect(importReport(ctx, id).state).toBe('cancelled');
    }, 10_000);
    expect(dump(ctx.db)).toBe(before);
    expect(readdirSync(join(ctx.dir, 'imports'))).toEqual([]);
  });
});

describe('sending on a full disk', () => {
  /** Every write of a text is refused the way a full disk refuses it, while `full` says so. */
  async function aShopOnASmallDisk(onSent: () => void = () => {}) {
    const disk = { full: false };
    const shop = await aSendingShop({
      wrap: (gateway) => ({
        ...gateway,
        async send(request) {
          const outcome = await gateway.send(request);
          onSent();
          return outcome;
        },
      }),
    });
    const { raw } = shop.ctx.db;
    raw.function('room', () => {
      if (disk.full) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      return 1;
    });
    for (const [name, on] of [
      ['a', 'UPDATE ON outbox'],
      ['b', 'INSERT ON outbox_attempt'],
      ['c', 'UPDATE ON outbox_attempt'],
    ])
      raw.exec(`CREATE TEMP TRIGGER room_${name} BEFORE ${on} BEGIN SELECT room(); END`);
    const sent = () =>
      (shop.carrier.sim.messages() as { m: { direction: string; to: string } }[]).filter((v) => v.m.direction !== 'inbound');
    return { ...shop, disk, sent };
  }
  const finished = (ctx: TestCtx) => {
    const n = countStates(ctx);
    return !n['waiting'] && !n['sending'];
  };

  it('nothing leaves that cannot be written down, the owner is told, and it goes on by itself', async () => {
    const shop = await aShopOnASmallDisk();
    const { ctx, disk, sent } = shop;
    aSendingCampaign(ctx, { people: 40 });
    disk.full = true;
    await senderTurn(ctx);
    expect(sent()).toHaveLength(0);
    expect(await call(ctx, 'outbox/status', { campaignId: 1 })).toMatchObject({ blocked: { reason: 'disk-full' } });
    disk.full = false;
    await shop.run(() => finished(ctx));
    expect(sent()).toHaveLength(40);
    expect(new Set(sent().map((v) => v.m.to)).size).toBe(40);
    expect(await call(ctx, 'outbox/status', { campaignId: 1 })).toMatchObject({ blocked: null });
    await shop.close();
  });

  it('an answer that could not be written is written later; meanwhile nothing else leaves and nobody is texted twice', async () => {
    let onSent = () => {};
    const shop = await aShopOnASmallDisk(() => onSent());
    const { ctx, disk, sent } = shop;
    onSent = () => {
      disk.full = true; // filled while the text was on its way
    };
    aSendingCampaign(ctx, { people: 40 });
    await quiet(() => senderTurn(ctx));
    const left = sent().length;
    expect(left).toBeGreaterThan(0);
    expect(countStates(ctx)['sending']).toBe(left);
    for (let i = 0; i < 5; i++) {
      shop.advance(15_000);
      await senderTurn(ctx);
    }
    expect(sent()).toHaveLength(left);
    onSent = () => {};
    disk.full = false;
    shop.advance(15_000);
    await shop.run(() => finished(ctx));
    expect(countStates(ctx)['uncertain'] ?? 0).toBe(0);
    expect(sent()).toHaveLength(40);
    expect(new Set(sent().map((v) => v.m.to)).size).toBe(40);
    await shop.close();
  });
});

describe('the journal on a full disk', () => {
  const key = Buffer.alloc(32, 7);

  it('keeps what it owes and never swallows a line', () => {
    vi.useFakeTimers();
    const file = join(mkdtempSync(join(tmpdir(), 'regulars-journal-')), 'journal.log');
    const owing = vi.fn();
    const journal = new JournalFile<{ n: number }>(file, key, owing);
    journal.append([{ n: 1 }]);
    const write = vi.spyOn(journal as unknown as { write(text: string): void }, 'write').mockImplementation(() => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    journal.append([{ n: 2 }]);
    journal.append([{ n: 3 }]);
    expect(owing).toHaveBeenCalledTimes(2);
    expect(journal.read()).toEqual([{ n: 1 }]);
    write.mockRestore();
    vi.advanceTimersByTime(6000);
    expect(journal.read()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    journal.close();
    vi.useRealTimers();
  });

  it('a line torn by a power cut does not take the next one with it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'regulars-journal-')), 'journal.log');
    const first = new JournalFile<{ n: number }>(file, key);
    first.append([{ n: 1 }, { n: 2 }]);
    first.close();
    const whole = readFileSync(file, 'utf8');
    const torn = join(mkdtempSync(join(tmpdir(), 'regulars-journal-')), 'journal.log');
    writeFileSync(torn, whole.slice(0, -20));
    const next = new JournalFile<{ n: number }>(torn, key);
    next.append([{ n: 3 }]);
    expect(next.read()).toEqual([{ n: 1 }, { n: 3 }]);
    next.close();
  });
});
