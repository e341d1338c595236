import { insertCampaign } from '@db/queries/campaigns';
import {
  campaignsOfClub,
  clubCounts,
  joinedSince,
  membersOfClub,
  numbersOfClub,
  offersOfClub,
  stillAbout,
  waysIn,
} from '@db/queries/clubs';
import { newestEventId } from '@db/queries/consent';
import { ledgersOf } from '@db/queries/reports';
import { insertSegment, listSegments } from '@db/queries/segments';
import { audit } from '@db/queries/staff';
import { listTopics, type Topic, topicOf } from '@db/queries/topics';
import { shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { type CampaignId, type CustomerId, DAY, type PhoneE164, type SegmentId, type UtcMs } from '@domain/kernel';
import { type GrowthPoint, growthByWeek, type ListMove, listMoves } from '@domain/reports/list-growth';
import { sourceOf } from '@domain/reports/sign-ups';
import { membersOfTopic } from '@domain/segments/ready-made';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { kept } from '../reports/kept';

/** How far back growth is drawn. */
const WEEKS = 26;
const LATELY_DAYS = 30;
const CAMPAIGNS = 5;

/** How somebody came in: by a word, at a screen, on paper …; `choice`: they got texts already and added it themselves. */
export type WayIn = NonNullable<ReturnType<typeof sourceOf>> | 'choice';

export interface ClubRow extends Topic {
  members: number;
  /** In the last 30 days, and still in it. */
  joined: number;
  /** In no other club that is offered now. */
  onlyThis: number;
}

/** Every club with its people, those that are offered first. */
export function clubs(ctx: Ctx): ClubRow[] {
  const counts = new Map(clubCounts(ctx.db).map((c) => [c.slug, c]));
  const joined = joinedSince(ctx.db, (ctx.clock.now() - LATELY_DAYS * DAY) as UtcMs);
  return listTopics(ctx.db, { all: true })
    .map((t) => ({
      ...t,
      members: counts.get(t.slug)?.members ?? 0,
      onlyThis: counts.get(t.slug)?.onlyThis ?? 0,
      joined: joined.get(t.slug) ?? 0,
    }))
    .sort((a, b) => Number(b.active) - Number(a.active) || a.position - b.position);
}

function known(ctx: Ctx, slug: string): Topic {
  const t = topicOf(ctx.db, slug);
  if (!t) throw new AppError('kit.topic-not-found');
  return t;
}

/** By what somebody came: as the ledger wrote it down. */
export function wayOf(e: { kind: string; method: string; device: string }): WayIn {
  if (e.device.startsWith('word:')) return e.device as WayIn;
  if (e.kind === 'preferred') return 'choice';
  return sourceOf(e as Parameters<typeof sourceOf>[0]) ?? 'asked';
}

/** One club: its people over time, how they came, what is for them, and what ending it would do. */
export async function club(ctx: Ctx, slug: string) {
  known(ctx, slug);
  const row = clubs(ctx).find((c) => c.slug === slug);
  if (!row) throw new AppError('kit.topic-not-found');
  const ways = new Map<WayIn, number>();
  for (const w of waysIn(ctx.db, slug)) ways.set(wayOf(w), (ways.get(wayOf(w)) ?? 0) + w.count);
  return {
    club: row,
    growth: await growthOf(ctx, slug),
    ways: [...ways].map(([way, count]) => ({ way, count })).sort((a, b) => b.count - a.count),
    campaigns: campaignsOfClub(ctx.db, slug, CAMPAIGNS),
    offers: offersOfClub(ctx.db, slug),
    about: stillAbout(ctx.db, slug),
    promise: ctx.settings().courtesy.promisePerMonth,
  };
}

/** Week by week, read from the ledger of every number that ever had to do with it. */
async function growthOf(ctx: Ctx, slug: string): Promise<GrowthPoint[]> {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const mark = `${shopDay(now, zone)}/${newestEventId(ctx.db)}`;
  return await kept(ctx, `club:${slug}`, { shape: '1', mark }, async () => {
    const moves: ListMove[] = [];
    let n = 0;
    for (const events of ledgersOf(ctx.db, numbersOfClub(ctx.db, slug))) {
      moves.push(...listMoves(events, now, zone, `topic:${slug}`));
      if (++n % 50 === 0) await nextTurn();
    }
    return growthByWeek(moves, now, zone, WEEKS);
  });
}

export interface ClubMember {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  since: UtcMs;
  way: WayIn;
}

export function clubMembers(ctx: Ctx, slug: string, page: { offset: number; limit: number }): { rows: ClubMember[]; total: number } {
  known(ctx, slug);
  const { rows, total } = membersOfClub(ctx.db, slug, page);
  return { rows: rows.map(({ kind, method, device, ...r }) => ({ ...r, way: wayOf({ kind, method, device }) })), total };
}

/** A draft about this club, to its members; the group is made when there is none. Words and offer are the owner's. */
export function campaignToClub(ctx: Ctx, session: Session, slug: string, name: string): CampaignId {
  const t = known(ctx, slug);
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    const rule = membersOfTopic(slug);
    const same = listSegments(trx).find((g) => JSON.stringify(g.rule) === JSON.stringify(rule));
    const segmentId: SegmentId = same?.id ?? insertSegment(trx, { name: freeName(trx, t.name.en), rule, readyMade: null, now });
    const id = insertCampaign(
      trx,
      {
        name,
        segmentId,
        body: '',
        offerId: null,
        addStopLine: true,
        holdout: 'auto',
        goal: { kind: 'none', target: null },
        windowDays: 14,
        topic: slug,
      },
      now,
    );
    audit(trx, { at: now, staffId: session.staffId, action: 'club.campaign', subject: slug, detail: { campaign: id } });
    return id;
  });
}

/** A group by the club's name; by another when that is taken. */
function freeName(trx: Parameters<typeof listSegments>[0], name: string): string {
  const taken = new Set(listSegments(trx).map((g) => g.name.toLowerCase()));
  for (let n = 1; ; n++) {
    const own = n === 1 ? name : `${name} (${n})`;
    if (!taken.has(own.toLowerCase())) return own;
  }
}
