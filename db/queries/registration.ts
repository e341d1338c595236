import type { ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { PageKind } from '@domain/registration/addresses';
import type { Stage } from '@domain/registration/fees';
import type { PageAnswer } from '@domain/registration/page-check';
import type { StepEvent } from '@domain/registration/tracker';
import { isTrade, type TradeId } from '@domain/registration/trades';
import type { Db } from '../open';

export interface StoredAnswers {
  trades: TradeId[];
  ein: boolean;
  website: boolean;
  tollFree: boolean;
  legalName: string;
  proofUrl: string;
  answeredAt: UtcMs;
}

/** What the owner answered; null before. */
export function readAnswers(db: Db): StoredAnswers | null {
  const r = db.one(db.q.selectFrom('registration').selectAll());
  if (!r) return null;
  return {
    trades: (JSON.parse(r.trades) as string[]).filter(isTrade),
    ein: r.ein === 1,
    website: r.website === 1,
    tollFree: r.toll_free === 1,
    legalName: r.legal_name,
    proofUrl: r.proof_url,
    answeredAt: r.answered_at as UtcMs,
  };
}

export function saveAnswers(db: Db, a: StoredAnswers): void {
  const row = {
    trades: JSON.stringify(a.trades),
    ein: a.ein ? 1 : 0,
    website: a.website ? 1 : 0,
    toll_free: a.tollFree ? 1 : 0,
    legal_name: a.legalName,
    proof_url: a.proofUrl,
    answered_at: a.answeredAt,
  };
  db.run(
    db.q
      .insertInto('registration')
      .values({ id: 1, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row)),
  );
}

/** What happened at Twilio, in the order it was told. */
export const listSteps = (db: Db): StepEvent[] =>
  db.all(db.q.selectFrom('registration_step').selectAll().orderBy('id')).map((r) => ({
    id: r.id,
    stage: r.stage,
    kind: r.kind,
    day: r.day as ShopDay,
    errorCode: r.error_code,
  }));

export function addStep(
  db: Db,
  s: { stage: Stage; kind: StepEvent['kind']; day: ShopDay; errorCode: number | null; staffId: StaffId | null; at: UtcMs },
): void {
  db.run(
    db.q.insertInto('registration_step').values({
      stage: s.stage,
      kind: s.kind,
      day: s.day,
      error_code: s.errorCode,
      staff_id: s.staffId,
      recorded_at: s.at,
    }),
  );
}

export const removeStep = (db: Db, id: number): boolean => db.run(db.q.deleteFrom('registration_step').where('id', '=', id)).changes > 0;

/** The last look at each page. */
export function readPages(db: Db): { kind: PageKind; url: string; answer: PageAnswer; checkedAt: UtcMs }[] {
  return db.all(db.q.selectFrom('registration_page').selectAll().orderBy('kind', 'desc')).map((r) => ({
    kind: r.kind,
    url: r.url,
    answer: JSON.parse(r.result) as PageAnswer,
    checkedAt: r.checked_at as UtcMs,
  }));
}

export function savePage(db: Db, p: { kind: PageKind; url: string; answer: PageAnswer; checkedAt: UtcMs }): void {
  const row = { url: p.url, result: JSON.stringify(p.answer), checked_at: p.checkedAt };
  db.run(
    db.q
      .insertInto('registration_page')
      .values({ kind: p.kind, ...row })
      .onConflict((c) => c.column('kind').doUpdateSet(row)),
  );
}

/** Permission texts that wait for the carriers' approval and would leave with it, and those that have run out by `now`. */
export const waitingForApproval = (db: Db, now: UtcMs): { confirmations: number; questions: number; tooOld: number } =>
  db
    .prepare(
      `SELECT coalesce(sum(cause_kind = 'confirmation' AND coalesce(expires_at, @now + 1) > @now), 0) AS confirmations,
         coalesce(sum(cause_kind = 'double-opt-in' AND coalesce(expires_at, @now + 1) > @now), 0) AS questions,
         coalesce(sum(expires_at <= @now), 0) AS tooOld
       FROM outbox WHERE state = 'waiting' AND cause_kind IN ('confirmation', 'double-opt-in')`,
    )
    .get({ now }) as { confirmations: number; questions: number; tooOld: number };

/** Texts of the newest campaigns, for samples. */
export const campaignBodies = (db: Db, most: number): string[] =>
  db
    .prepare("SELECT body FROM campaign WHERE started_at IS NOT NULL AND body <> '' ORDER BY started_at DESC, id DESC LIMIT ?")
    .pluck()
    .all(most) as string[];

/** How people said yes since an instant: method and device of each kind of sign-up. */
export const signUpWays = (db: Db, since: UtcMs): { method: string; device: string }[] =>
  db
    .prepare(
      `SELECT DISTINCT method, CASE WHEN device LIKE 'word:%' THEN 'word' ELSE device END AS device FROM consent_event
       WHERE channel = 'sms' AND kind IN ('signed-up', 'asked') AND occurred_at >= ?`,
    )
    .all(since) as { method: string; device: string }[];
