import type { Trx } from '@db/open';
import { campaignById, insertCampaign } from '@db/queries/campaigns';
import { saveReplyWords } from '@db/queries/replies';
import { insertSegment, listSegments, segmentById } from '@db/queries/segments';
import { audit } from '@db/queries/staff';
import { bringBack, noteTaken, openDraftOf, putOff, sentToOneGroup } from '@db/queries/suggestions';
import { AppError } from '@domain/errors';
import type { CampaignId, SegmentId } from '@domain/kernel';
import { DAY, type UtcMs } from '@domain/kernel';
import type { Anyway } from '@domain/reports/anyway';
import { kindOfRule, PUT_OFF_DAYS } from '@domain/reports/suggest';
import { textFor } from '@domain/reports/suggest-text';
import { boughtNot } from '@domain/segments/ready-made';
import type { Rule } from '@domain/segments/rule';
import type { Ctx, Session } from '../ctx';
import { anywayOf, lateOnly } from '../results/anyway';
import { resolveRule } from '../segments/segments';
import { coveredThrough } from './coverage';
import { campaignsByKind, kindOfCampaign } from './like';
import { groupName, type Suggestion, suggestions } from './suggestions';

const REPLY_DAYS = 3;
const WINDOW_DAYS = 14;

async function shown(ctx: Ctx, key: string): Promise<Suggestion> {
  const found = (await suggestions(ctx)).suggestions.find((s) => s.key === key);
  if (!found) throw new AppError('suggestion.gone');
  return found;
}

/** Turns a suggestion into a draft that remembers where it came from; one not sent yet is gone on with. `name` = what the draft is called. */
export async function takeSuggestion(
  ctx: Ctx,
  session: Session,
  input: { key: string; name: string; lateOnly: boolean },
): Promise<CampaignId> {
  const open = openDraftOf(ctx.db, input.key);
  if (open !== null) return open;
  const s = await shown(ctx, input.key);
  const text = textFor(s.kind, s.pair);
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    const whole = s.pair === null ? s.segmentId : groupOf(trx, groupName(s.pair), boughtNot(s.pair.x, s.pair.y, null), now);
    const narrower = input.lateOnly && whole !== null ? lateGroup(trx, whole, now) : whole;
    const id = insertCampaign(
      trx,
      {
        name: input.name,
        segmentId: narrower,
        body: text.en,
        offerId: null,
        addStopLine: true,
        holdout: 'auto',
        goal: { kind: 'none', target: null },
        windowDays: WINDOW_DAYS,
        words: text.es === '' ? [] : [{ part: 1, language: 'es', arm: 'a', links: 'any', body: text.es }],
      },
      now,
    );
    // HOLD is understood in Spanish too; other words stand side by side
    const { means } = text.reply;
    const words = means === 'hold' && text.reply.en === 'HOLD' ? [text.reply.en] : [text.reply.en, text.reply.es];
    saveReplyWords(
      trx,
      id,
      words.map((word) => ({ word, means, answerEn: '', answerEs: '', holdDays: REPLY_DAYS })),
    );
    noteTaken(trx, { campaignId: id, key: s.key, people: s.mayBeTexted, at: now });
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'suggestion.taken',
      subject: String(id),
      detail: { key: s.key, people: s.mayBeTexted },
    });
    return id;
  });
}

/** Not shown again for eight weeks, unless what it rests on changes. */
export async function putOffSuggestion(ctx: Ctx, session: Session, key: string): Promise<void> {
  const s = await shown(ctx, key);
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    putOff(trx, { key, people: s.mayBeTexted, likeId: s.like[0]?.id ?? null, at, untilAt: (at + PUT_OFF_DAYS * DAY) as UtcMs });
    audit(trx, { at, staffId: session.staffId, action: 'suggestion.put-off', detail: { key, people: s.mayBeTexted } });
  });
}

/** Undoes "not now"; nothing happens where it was not put off. */
export function bringBackSuggestion(ctx: Ctx, session: Session, key: string): void {
  ctx.db.tx((trx) => {
    if (!bringBack(trx, key)) return;
    audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action: 'suggestion.back', detail: { key } });
  });
}

/** The only group of a draft, and its rule; null when it has none, or several. */
function onlyGroup(ctx: Ctx, id: CampaignId): { segmentId: SegmentId; rule: Rule; windowDays: number } | null {
  const c = campaignById(ctx.db, id);
  if (!c) throw new AppError('campaign.not-found');
  const rule = c.parts.length === 1 && c.segmentId !== null ? segmentById(ctx.db, c.segmentId)?.rule : undefined;
  if (c.segmentId === null || rule === undefined) return null;
  return { segmentId: c.segmentId, rule: resolveRule(ctx.db, rule), windowDays: c.windowDays };
}

/** How many of the people a draft is for come without it; null where that cannot be said. */
export async function anywayOfDraft(ctx: Ctx, id: CampaignId): Promise<Anyway | null> {
  const group = onlyGroup(ctx, id);
  if (group === null) return null;
  const covered = coveredThrough(ctx);
  const kind = kindOfRule(group.rule);
  const sameGroup = sentToOneGroup(ctx.db, 60).filter(
    (c) => c.segmentId === group.segmentId && (kind === null || kindOfCampaign(c, undefined) !== kind),
  );
  const ofKind = kind === null ? [] : ((await campaignsByKind(ctx, covered)).get(kind) ?? []);
  return await anywayOf(
    ctx,
    group.rule,
    group.windowDays,
    [...ofKind, ...sameGroup].map((c) => c.id),
  );
}

/** A group of the people of a draft's group who are late; the one there is, when it was made before. */
export function lateGroupOf(ctx: Ctx, id: CampaignId): SegmentId {
  const group = onlyGroup(ctx, id);
  if (group === null) throw new AppError('segment.not-found');
  return ctx.db.tx((trx) => lateGroup(trx, group.segmentId, ctx.clock.now()));
}

function lateGroup(trx: Trx, whole: SegmentId, now: UtcMs): SegmentId {
  const name = `${segmentById(trx, whole)?.name ?? ''}, late only`.slice(-80);
  return groupOf(trx, name, lateOnly({ is: 'group', segmentId: whole, member: true }), now);
}

function groupOf(trx: Trx, name: string, rule: Rule, now: UtcMs): SegmentId {
  const known = listSegments(trx).find((g) => g.name === name && JSON.stringify(g.rule) === JSON.stringify(rule));
  return known?.id ?? insertSegment(trx, { name, rule, readyMade: null, now });
}
