import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PaperZ, papers } from '@contract/papers';
import { AppError } from '@domain/errors';
import { DAY, HOUR, MINUTE, type UtcMs } from '@domain/kernel';
import type { Printable } from '@ports/paper-printer';
import { paperSettings, printWeek, savePaperSettings } from '@services/papers/weekly';
import { thisWeek } from '@services/reports/week';
import { beforeEach, describe, expect, it } from 'vitest';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

/** Tue 17 Nov 2026, 11:00; the page is due on Mondays at eight: next on the 23rd. */
const PLAN = { size: 'country', weekly: true, weekday: 0, hour: 8 } as const;
const DUE = Date.UTC(2026, 10, 23, 13, 0) as UtcMs;
const FILE = 'This week 2026-11-16 to 2026-11-22.pdf';

let ctx: TestCtx;
let folder: string;
let printed: Printable[];
let broken = false;
beforeEach(() => {
  printed = [];
  broken = false;
  folder = mkdtempSync(join(tmpdir(), 'regulars-weeks-'));
  ctx = aCtx({
    pdf: async (paper) => {
      if (broken) throw new AppError('paper.not-made');
      printed.push(paper);
      return new TextEncoder().encode(`%PDF of ${paper.kind}`);
    },
  });
  savePaperSettings(ctx, owner, { ...PLAN, folder });
});
const goOn = async (at: UtcMs) => {
  ctx.clock.set(at);
  await printWeek(ctx);
};

describe('the printed week', () => {
  it('comes at its hour, as a whole file of the seven days before, and never twice', async () => {
    await printWeek(ctx);
    await goOn((DUE - MINUTE) as UtcMs);
    expect(readdirSync(folder)).toEqual([]);
    await goOn(DUE);
    await goOn((DUE + MINUTE) as UtcMs);
    await goOn((DUE + 5 * DAY) as UtcMs);
    expect(readdirSync(folder)).toEqual([FILE]);
    expect(readFileSync(join(folder, FILE), 'utf8')).toBe('%PDF of week');
    expect(printed).toHaveLength(1);
    expect(PaperZ.parse(printed[0])).toMatchObject({ size: 'Letter', week: { firstDay: '2026-11-16', lastDay: '2026-11-22' } });
    expect(papers['papers/settings'].output.parse(paperSettings(ctx))).toMatchObject({ last: { file: FILE, at: DUE }, problem: null });
  });

  it('comes late when the computer was off, and leaves older pages alone', async () => {
    writeFileSync(join(folder, 'This week 2026-11-02 to 2026-11-08.pdf'), 'older');
    await goOn((DUE + 2 * DAY + 3 * HOUR) as UtcMs);
    expect(readdirSync(folder).sort()).toEqual(['This week 2026-11-02 to 2026-11-08.pdf', FILE]);
    await goOn((DUE + 7 * DAY) as UtcMs);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('a week whose file is there already is not made again, also after a restore forgot it', async () => {
    writeFileSync(join(folder, FILE), 'from before');
    await goOn(DUE);
    expect(printed).toEqual([]);
    expect(readFileSync(join(folder, FILE), 'utf8')).toBe('from before');
    expect(paperSettings(ctx).last?.file).toBe(FILE);
  });

  it('a folder that is gone is told once, stands in This week, is never made anew, and is tried until it is back', async () => {
    rmSync(folder, { recursive: true });
    await goOn(DUE);
    await goOn((DUE + MINUTE) as UtcMs);
    await goOn((DUE + 11 * MINUTE) as UtcMs);
    expect(ctx.noticed).toEqual([{ kind: 'paper-failed', code: 'paper.no-folder' }]);
    expect((await thisWeek(ctx)).needs.map((n) => n.code)).toContain('paper-failed');
    expect(paperSettings(ctx).problem).toEqual({ code: 'paper.no-folder', at: DUE });
    expect(existsSync(folder)).toBe(false);
    const back = mkdtempSync(join(tmpdir(), 'regulars-weeks-'));
    savePaperSettings(ctx, owner, { ...PLAN, folder: back });
    await goOn((DUE + 30 * MINUTE) as UtcMs);
    expect(readdirSync(back)).toEqual([FILE]);
    expect((await thisWeek(ctx)).needs.map((n) => n.code)).not.toContain('paper-failed');
  });

  it('a page that cannot be drawn leaves no half file and is tried again', async () => {
    broken = true;
    await goOn(DUE);
    expect(readdirSync(folder)).toEqual([]);
    expect(paperSettings(ctx).problem?.code).toBe('paper.not-made');
    broken = false;
    await goOn((DUE + 5 * MINUTE) as UtcMs);
    expect(printed).toEqual([]); // not every minute
    await goOn((DUE + 10 * MINUTE) as UtcMs);
    expect(readdirSync(folder)).toEqual([FILE]);
  });

  it('is not begun without a folder that takes files, and ends when it is switched off', async () => {
    expect(() => savePaperSettings(ctx, owner, { ...PLAN, folder: null })).toThrow(AppError);
    expect(() => savePaperSettings(ctx, owner, { ...PLAN, folder: join(folder, 'nowhere') })).toThrow(AppError);
    savePaperSettings(ctx, owner, { ...PLAN, weekly: false, folder });
    await goOn((DUE + MINUTE) as UtcMs);
    expect(printed).toEqual([]);
    expect(paperSettings(ctx).next).toBeNull();
    // switched on again after the hour: the next Monday, not the one that is over
    savePaperSettings(ctx, owner, { ...PLAN, folder });
    await goOn((DUE + 2 * MINUTE) as UtcMs);
    expect(printed).toEqual([]);
    expect(paperSettings(ctx).next).toBe(DUE + 7 * DAY);
  });
});

it('a plan that is only saved again is the same plan', () => {
  ctx.clock.set((NOON + DAY) as UtcMs);
  savePaperSettings(ctx, owner, { ...PLAN, size: 'A4', folder });
  expect(ctx.settings().papers).toMatchObject({ since: NOON, size: 'A4' });
});
