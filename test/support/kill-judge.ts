import { MINUTE } from '@domain/kernel';
import { expect } from 'vitest';
import type { Diary } from './kill-campaign';
import type { Carrier, CarrierMessageSeen } from './kill-lab';
import { type KillShop, readingShop, WORDS } from './kill-shop';
import type { KillTally } from './kill-tally';

interface Row {
  id: number;
  address: string;
  state: string;
  reason: string | null;
  sid: string | null;
  reconcile_at: number | null;
}
interface Attempt {
  outbox_id: number;
  address: string;
  started_at: number;
}

/** How far along a text is, as the rules tell it: written again here, so that the app's own table is not its own judge. */
const RANK: Readonly<Record<string, number>> = { accepted: 1, queued: 2, sent: 3, delivered: 4, undelivered: 4, failed: 4 };
const ENDED = ['delivered', 'undelivered', 'failed', 'sent', 'rejected', 'uncertain', 'skipped', 'cancelled'];
/** POSTs that may be under way when the owner presses Pause. */
const WINDOW = 8;

/**
 * Holds the shop file and the carrier's books against what was done (rules.md §2, §4): nobody twice, nobody lost, nothing claimed that
 * did not happen, nothing after a STOP was read, nothing after Pause but what was under way, every open question before the owner.
 */
export async function judge(shop: KillShop, carrier: Carrier, diary: Diary, tally: KillTally): Promise<void> {
  const cause = String(shop.campaignId);
  const file = readingShop(shop.dir, (all) => ({
    rows: all<Row>(
      "SELECT id, address, state, reason, sid, reconcile_at FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?",
      cause,
    ),
    people: all<{ arm: string; n: number }>(
      'SELECT arm, count(*) AS n FROM campaign_person WHERE campaign_id = ? GROUP BY arm',
      shop.campaignId,
    ),
    attempts: all<Attempt>(
      "SELECT a.outbox_id, o.address, a.started_at FROM outbox_attempt a JOIN outbox o ON o.id = a.outbox_id WHERE o.cause_kind = 'campaign'",
    ),
    stops: all<{ address: string; at: number }>(
      "SELECT from_address AS address, min(fetched_at) AS at FROM inbound WHERE meaning IN ('opt-out', 'hold') GROUP BY from_address",
    ),
    lost: all<{ n: number }>("SELECT count(DISTINCT outbox_id) AS n FROM outbox_attempt WHERE outcome = 'uncertain'")[0]?.n ?? 0,
    adopted:
      all<{ n: number }>(
        "SELECT count(*) AS n FROM outbox WHERE sid IS NOT NULL AND id IN (SELECT outbox_id FROM outbox_attempt WHERE outcome = 'uncertain')",
      )[0]?.n ?? 0,
    state: all<{ state: string }>('SELECT state FROM campaign WHERE id = ?', shop.campaignId)[0]?.state,
  }));
  const seed = `SOAK_SEED=${diary.seed}`;
  const tallies = await carrier.assertions();
  const all = (await carrier.messages()).filter((m) => m.direction !== 'inbound');
  const messages = all.filter((m) => m.body.includes(WORDS));
  const to = new Map<string, CarrierMessageSeen[]>();
  for (const m of messages) to.set(m.to, [...(to.get(m.to) ?? []), m]);
  const { rows } = file;

  // A copy from before the start knows the campaign as over: nobody is asked about it again, and nobody was texted twice.
  const goneByRestore = rows.length === 0 && diary.restored;
  countHarm(file, diary, to, goneByRestore, tally);
  if (goneByRestore) {
    expect(file.state, seed).not.toBe('draft');
    for (const [phone, sent] of to) expect(sent.length, `${seed} ${phone}`).toBe(1);
  } else {
    const arms = Object.fromEntries(file.people.map((p) => [p.arm, p.n]));
    expect(rows.length, `${seed}: rows lost`).toBe(arms['text']);
    expect(
      file.people.reduce((n, p) => n + p.n, 0),
      `${seed}: people lost`,
    ).toBe(shop.phones.length);
    expect(diary.peopleByView.text + diary.peopleByView.excluded + diary.peopleByView.control, `${seed}: people not shown`).toBe(
      shop.phones.length,
    );
    expect(diary.status.total, `${seed}: sum of states`).toBe(rows.length);
    expect(
      Object.values(diary.status.counts).reduce((a, b) => a + b, 0),
      `${seed}: sum of states`,
    ).toBe(rows.length);
    if (!diary.cancelled) expect(file.state, seed).toBe('finished');
  }

  let notConfirmed = 0;
  for (const row of rows) {
    const sent = to.get(row.address) ?? [];
    const what = `${seed} ${row.address} ${row.state} ${row.reason} ${row.sid}`;
    tally.add(tally.states, row.reason !== null && row.state !== 'rejected' ? `${row.state} (${row.reason})` : row.state);
    const allowed = 1 + (diary.resent.get(row.id) ?? 0);
    expect(sent.length, `two texts: ${what}`).toBeLessThanOrEqual(allowed);
    expect(ENDED, `still open: ${what}`).toContain(row.state);
    if (row.sid !== null)
      expect(
        sent.map((m) => m.sid),
        `claimed but not there: ${what}`,
      ).toContain(row.sid);
    else if (sent.length === 0) {
      expect(['uncertain', 'cancelled', 'skipped', 'rejected'], `silently missing: ${what}`).toContain(row.state);
      if (row.state !== 'rejected') expect(row.reason, what).toBeTruthy();
    } else
      expect(`${row.state} ${row.reason}`, `sent but not known: ${what}`).toMatch(
        /^uncertain (not-confirmed|restored)$|^(waiting|skipped|cancelled) /,
      );
    if (row.state === 'uncertain') {
      notConfirmed++;
      expect(row.reconcile_at, `never settled: ${what}`).toBeNull();
    }
    expect(tallies[row.address]?.createdAfterStop ?? 0, what).toBe(0);
  }
  expect(diary.status.uncertain, `${seed}: uncertain and not shown`).toEqual({ looking: 0, needsDecision: notConfirmed });
  expect(diary.openQuestions, `${seed}: uncertain and not listed`).toBeGreaterThanOrEqual(notConfirmed);
  // Without a copy brought back nothing at the carrier is a stranger to us.
  if (!diary.restored) {
    const ours = new Set(rows.flatMap((r) => (r.sid === null ? [] : [r.sid])));
    const again = new Set(rows.filter((r) => diary.resent.has(r.id)).map((r) => r.address));
    const open = new Set(rows.filter((r) => r.state === 'uncertain').map((r) => r.address));
    expect(
      messages.filter((m) => !ours.has(m.sid) && !open.has(m.to) && !again.has(m.to)),
      seed,
    ).toEqual([]);
    // Its list told everything in the end: what was sent was found.
    for (const row of rows)
      if (row.state === 'uncertain') expect(to.get(row.address) ?? [], `sent but never found: ${seed} ${row.address}`).toEqual([]);
  }

  judgeStops(file, diary, all, to, seed);
  for (const { from, to: until, begun, begunAfter } of diary.pauses) {
    expect(begunAfter, `${seed}: began while paused ${from}–${until}`).toBe(begun);
    const made = messages.filter((m) => m.createdAt > from && m.createdAt < until);
    expect(made.length, `${seed}: made while paused ${from}–${until}`).toBeLessThanOrEqual(WINDOW);
  }

  tally.texts += shop.phones.length;
  tally.created += messages.length;
  tally.uncertain.ever += file.lost;
  tally.uncertain.adopted += file.adopted;
  tally.uncertain.notConfirmed += notConfirmed;
}

/** Texts nobody asked for a second time, people with no text and no word about it, and open questions the owner is not asked. */
function countHarm(
  { rows, people }: { rows: readonly Row[]; people: readonly { arm: string; n: number }[] },
  diary: Diary,
  to: ReadonlyMap<string, readonly CarrierMessageSeen[]>,
  goneByRestore: boolean,
  { harm }: KillTally,
): void {
  const asked = new Map(rows.map((r) => [r.address, diary.resent.get(r.id) ?? 0]));
  for (const [address, sent] of to) harm.duplicates += Math.max(0, sent.length - 1 - (asked.get(address) ?? 0));
  const toText = people.find((p) => p.arm === 'text')?.n ?? 0;
  const silent = rows.filter((r) => r.sid === null && r.state !== 'rejected' && !r.reason && !to.has(r.address));
  if (!goneByRestore) harm.lost += Math.max(0, toText - rows.length) + silent.length;
  const open = rows.filter((r) => r.state === 'uncertain').length;
  const looking = rows.filter((r) => r.state === 'uncertain' && r.reconcile_at !== null).length;
  harm.unsettled += looking + Math.max(0, open - looking - diary.status.uncertain.needsDecision);
}

/**
 * Each life reads its clock off the carrier's answers, a little late on a busy machine, and the hours run fast: what two lives wrote may
 * seem to be in the wrong order by this much. The model (outbox-model.test.ts) is strict.
 */
const OF_TWO_LIVES = MINUTE;

function judgeStops(
  file: { attempts: Attempt[]; stops: { address: string; at: number }[] },
  diary: Diary,
  all: readonly CarrierMessageSeen[],
  to: ReadonlyMap<string, CarrierMessageSeen[]>,
  seed: string,
): void {
  // Read: from then on no POST begins.
  const readAt = [...file.stops.map((s) => [s.address, s.at] as const), ...diary.stoppedByStaff];
  for (const [address, at] of readAt) {
    const after = file.attempts.filter((a) => a.address === address && a.started_at > at + OF_TWO_LIVES);
    expect(after, `${seed}: begun after the stop of ${address} was read at ${at}`).toEqual([]);
  }
  for (const [phone, at] of diary.stoppedByStaff) {
    // What was under way at that moment may still arrive.
    for (const m of to.get(phone) ?? [])
      expect(m.createdAt, `${seed}: texted after staff wrote a stop: ${phone}`).toBeLessThanOrEqual(at + MINUTE);
  }
  for (const [phone, at] of diary.stopped) {
    // Replies are read before each batch, at most a minute old; lists may lag, and what was on its way then may still arrive.
    for (const m of to.get(phone) ?? [])
      expect(m.createdAt, `${seed}: texted after STOP: ${phone}`).toBeLessThanOrEqual(at + 2 * MINUTE + diary.listsLateMs);
    // At most one answer to it, and only within five minutes.
    const answers = all.filter((m) => m.to === phone && !m.body.includes(WORDS));
    expect(answers.length, `${seed}: answers to STOP: ${phone}`).toBeLessThanOrEqual(1);
    for (const m of answers) expect(m.createdAt, seed).toBeLessThanOrEqual(at + 5 * MINUTE + 30_000 + diary.listsLateMs);
  }
}

/** Every step a file tells of one text goes forward. */
export function judgeSteps(dir: string, seed: number): void {
  const steps = readingShop(dir, (all) =>
    all<{ id: number; state: string }>('SELECT outbox_id AS id, state FROM outbox_step ORDER BY outbox_id, at'),
  );
  const best = new Map<number, number>();
  for (const { id, state } of steps) {
    const rank = RANK[state];
    if (rank === undefined) continue;
    expect(rank, `SOAK_SEED=${seed}: text ${id} went back to ${state}`).toBeGreaterThanOrEqual(best.get(id) ?? 0);
    best.set(id, rank);
  }
}
