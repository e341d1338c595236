import { campaignById } from '@db/queries/campaigns';
import { ledgerHead } from '@db/queries/consent';
import {
  addressesOf,
  deleteOutreach,
  insertContact,
  insertOutreach,
  listOutreach,
  type OutreachRow,
  outreachById,
  peopleOfCampaign,
  reachedSince,
  reachPeople,
} from '@db/queries/outreach';
import { membersOf, segmentById } from '@db/queries/segments';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { sha256Hex } from '@domain/consent/hmac';
import { AppError } from '@domain/errors';
import { type CampaignId, type CustomerId, DAY, type SegmentId, type UtcMs } from '@domain/kernel';
import { type AudienceFormat, audienceCsv, emailCsv, labelLines, labelsCsv } from '@domain/outreach/files';
import { decideReach, type ReachChannel, type Reached, type ReachPerson, type ReachReason } from '@domain/outreach/reach';
import { quarterGroup } from '../attribution/rolling';
import { nextTurn, writeInChunks } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { factsNow, resolveRule } from '../segments/segments';

/** Whom a list is of: a group as it is now, or the people of a started campaign. */
export type ReachSource = { segmentId: SegmentId } | { campaignId: CampaignId };

export interface ReachOrder {
  channel: ReachChannel;
  source: ReachSource;
}

export interface ReachReview {
  name: string;
  people: number;
  leftOut: { reason: ReachReason; count: number }[];
  /** Of the people on it: heard from the shop within the gap between two texts. */
  recent: number;
  spacingDays: number;
  /** Stands for exactly these people. */
  token: string;
}

const AT_ONCE = 500;

interface Gathered extends Reached {
  name: string;
  segmentId: SegmentId | null;
  campaignId: CampaignId | null;
}

async function gatherReach(ctx: Ctx, { channel, source }: ReachOrder): Promise<Gathered> {
  const now = ctx.clock.now();
  let ids: CustomerId[];
  let control: ReadonlySet<CustomerId> = new Set();
  let of: Pick<Gathered, 'name' | 'segmentId' | 'campaignId'>;
  if ('campaignId' in source) {
    const campaign = campaignById(ctx.db, source.campaignId);
    if (!campaign) throw new AppError('campaign.not-found');
    if (campaign.startedAt === null || campaign.state === 'staging') throw new AppError('outreach.not-started');
    ({ ids, control } = peopleOfCampaign(ctx.db, campaign.id));
    of = { name: campaign.name, segmentId: campaign.segmentId, campaignId: campaign.id };
  } else {
    const group = segmentById(ctx.db, source.segmentId);
    if (!group) throw new AppError('segment.not-found');
    ids = membersOf(ctx.db, resolveRule(ctx.db, group.rule), factsNow(ctx));
    of = { name: group.name, segmentId: group.id, campaignId: null };
  }
  const held = quarterGroup(ctx, now);
  const people: ReachPerson[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    for (const p of reachPeople(ctx.db, ids.slice(i, i + AT_ONCE)))
      people.push({ ...p, heldOut: control.has(p.id) || (held?.(p.id) ?? false) });
    if (ids.length > AT_ONCE) await nextTurn();
  }
  return { ...of, ...decideReach(people, channel, shopDay(now, ctx.settings().shop.zone)) };
}

/** The same, with nobody's permission changed while it was gathered: what follows at once is about people as they are. */
async function gatherAtRest(ctx: Ctx, order: ReachOrder): Promise<Gathered> {
  for (;;) {
    const before = ledgerHead(ctx.db)?.id;
    const g = await gatherReach(ctx, order);
    if (ledgerHead(ctx.db)?.id === before) return g;
  }
}

/** Exactly these people by exactly this channel; a change of anybody on it, or of what they are reached by, is another list. */
const tokenOf = (channel: ReachChannel, g: Gathered): string =>
  sha256Hex(
    JSON.stringify([channel, g.campaignId, g.segmentId, g.reachable.map((p) => [p.id, p.email, p.phone, p.street, p.postalCode])]),
  ).slice(0, 32);

function counted(g: Gathered): { reason: ReachReason; count: number }[] {
  const by = new Map<ReachReason, number>();
  for (const { reason } of g.leftOut) by.set(reason, (by.get(reason) ?? 0) + 1);
  return [...by].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** How many a list would hold, and who is left out and why; nothing is written. */
export async function reviewReach(ctx: Ctx, order: ReachOrder): Promise<ReachReview> {
  const g = await gatherReach(ctx, order);
  const { spacingDays } = ctx.settings().courtesy;
  const ids = g.reachable.map((p) => p.id);
  const since = (ctx.clock.now() - spacingDays * DAY) as UtcMs;
  let recent = 0;
  for (let i = 0; i < ids.length; i += AT_ONCE) recent += reachedSince(ctx.db, ids.slice(i, i + AT_ONCE), since).size;
  return { name: g.name, people: ids.length, leftOut: counted(g), recent, spacingDays, token: tokenOf(order.channel, g) };
}

/** The people behind one reason, a page at a time. */
export async function leftOutOf(ctx: Ctx, order: ReachOrder, reason: ReachReason, page: { offset: number; limit: number }) {
  const g = await gatherReach(ctx, order);
  const all = g.leftOut.filter((l) => l.reason === reason).map((l) => l.person);
  const rows = all.slice(page.offset, page.offset + page.limit);
  return { total: all.length, rows: rows.map(({ id, firstName, lastName, company }) => ({ id, firstName, lastName, company })) };
}

/**
 * Writes the list that was reviewed and one contact per person, which counts for the spacing of texts like a text (rules.md §3: a
 * campaign's list and its text are one step). Refuses when anybody on it changed since.
 * @throws AppError outreach.changed {people} | outreach.nobody | outreach.not-started | segment.not-found | campaign.not-found
 */
export async function exportReach(
  ctx: Ctx,
  session: Session,
  order: ReachOrder & { token: string; format?: AudienceFormat },
): Promise<{ id: number; name: string; text: string; people: number }> {
  const g = await gatherReach(ctx, order);
  if (tokenOf(order.channel, g) !== order.token) throw new AppError('outreach.changed', { people: g.reachable.length });
  if (g.reachable.length === 0) throw new AppError('outreach.nobody');
  const at = ctx.clock.now();
  const { channel } = order;
  const people = g.reachable.length;
  const { name, segmentId, campaignId } = g;
  const leftOut = Object.fromEntries(counted(g).map((r) => [r.reason, r.count]));
  const list = { channel, name, segmentId, campaignId, people, leftOut, at, staffId: session.staffId };
  const id = ctx.db.tx((trx) => {
    const made = insertOutreach(trx, list);
    audit(trx, { at, staffId: session.staffId, action: 'outreach.exported', subject: String(made), detail: { channel, name, people } });
    return made;
  });
  await writeInChunks(ctx.db, g.reachable, (trx, p) => insertContact(trx, { outreachId: id, customerId: p.id, phone: p.phone, at }));
  const still = await gatherAtRest(ctx, order);
  if (tokenOf(channel, still) !== order.token) {
    ctx.db.tx((trx) => {
      deleteOutreach(trx, id);
      audit(trx, { at, staffId: session.staffId, action: 'outreach.taken-back', subject: String(id) });
    });
    throw new AppError('outreach.changed', { people: still.reachable.length });
  }
  // a restored copy has to know whom a card is on its way to, or their text would come beside it
  const who = g.reachable.map((p) => p.id);
  const chunks = Array.from({ length: Math.ceil(who.length / AT_ONCE) }, (_, i) => who.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
  ctx.journal.append(chunks.map((some) => ({ kind: 'reached', at, row: { id, ...list, who: some } })));
  const file = g.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const what = channel === 'post' ? 'labels' : channel === 'email' ? 'e-mail' : `audience-${order.format ?? 'google'}`;
  const text =
    channel === 'post'
      ? labelsCsv(g.reachable)
      : channel === 'email'
        ? emailCsv(g.reachable)
        : audienceCsv(g.reachable, order.format ?? 'google');
  return { id, name: `${file || 'list'}-${what}-${shopDay(at, ctx.settings().shop.zone)}.csv`, text, people };
}

/** Lists that left, the latest first. */
export const reachLists = (ctx: Ctx, page: { offset: number; limit: number }): { rows: OutreachRow[]; total: number } =>
  listOutreach(ctx.db, page);

/** A list that was never used: nobody was reached by it, so it stands in nobody's way. */
export function takeBackReach(ctx: Ctx, session: Session, id: number): void {
  const now = ctx.clock.now();
  const madeAt = outreachById(ctx.db, id)?.at ?? now;
  ctx.db.tx((trx) => {
    if (!deleteOutreach(trx, id)) throw new AppError('outreach.not-found');
    audit(trx, { at: now, staffId: session.staffId, action: 'outreach.taken-back', subject: String(id) });
  });
  ctx.journal.append([{ kind: 'reach-taken-back', at: now, row: { id, madeAt } }]);
}

/** The labels of a list, in the order the post likes. */
export function labelsOf(ctx: Ctx, id: number, page: { offset: number; limit: number }) {
  const list = outreachById(ctx.db, id);
  if (list?.channel !== 'post') throw new AppError('outreach.not-found');
  const { rows, total } = addressesOf(ctx.db, id, page);
  return { name: list.name, total, rows: rows.map((p) => ({ id: p.id, lines: labelLines(p) })) };
}
