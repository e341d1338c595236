import type { Trx } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { freezePart } from '@db/queries/campaign-parts';
import { type Campaign, freezeCampaign, moveCampaign } from '@db/queries/campaigns';
import type { PersonReason } from '@domain/campaigns/audience';
import { makeQuote } from '@domain/campaigns/quote';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CustomerId, Micros, UtcMs } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { writeInChunks } from '../chunks';
import type { Ctx } from '../ctx';
import { readerOf } from './split';
import { writerFor } from './stage';
import { sayingsOf } from './words';

/** People who join a campaign that runs, decided about by `audience.gatherThese` (or `gather`) as of `at`. */
export interface SomePeople {
  text: readonly AudiencePerson[];
  control: readonly AudiencePerson[];
  excluded: readonly { person: AudiencePerson; reason: PersonReason }[];
  /** When they were decided about: words, codes and their ends are reckoned from it. */
  at: UtcMs;
}

/**
 * Adds people to a running campaign: each gets their text, code and place in it at most once, whoever is in it already stays what they
 * are. Texts wait at once for the sender (no earlier than `from`), which judges each as it leaves. Small chunks; safe to repeat after a
 * crash. Returns how many texts were added. Refuses with `campaign.bad-state` unless it is sending.
 */
export async function appendPeople(
  ctx: Ctx,
  campaign: Campaign,
  people: SomePeople,
  o: { from?: UtcMs; signal?: AbortSignal } = {},
): Promise<number> {
  if (campaign.state !== 'sending') throw new AppError('campaign.bad-state', { state: campaign.state, action: 'append' });
  const from = o.from ?? people.at;
  const reader = readerOf(campaign);
  const writer = writerFor(ctx, {
    campaign,
    sayings: sayingsOf(ctx, campaign, people.at),
    reads: new Map(people.text.map((p) => [p.id, reader(p)('a')])),
    audienceAt: people.at,
    drawnAt: people.at,
    time: () => ({ at: from, held: false, first: false }),
    staged: false,
  });
  let texts = 0;
  const jobs: ((trx: Trx) => void)[] = [
    ...people.control.map((p) => (trx: Trx) => writer.control(trx, p)),
    ...people.excluded.map((e) => (trx: Trx) => writer.excluded(trx, e.person, e.reason)),
    ...people.text.map((p) => (trx: Trx) => {
      if (writer.text(trx, p)) texts++;
    }),
  ];
  await writeInChunks(ctx.db, jobs, (trx, job) => job(trx), o.signal ? { signal: o.signal } : {});
  return texts;
}

/**
 * Opens a draft with nobody in it yet: from then on `appendPeople` may add to it, and pause, cancel and results are those of every
 * campaign. Call it in one transaction with what makes it a step of another. `rules`: by position; frozen for what judges a text as it
 * leaves (somebody who came since).
 */
export function openRolling(
  ctx: Ctx,
  trx: Trx,
  campaign: Campaign,
  o: { rules: ReadonlyMap<number, Rule>; at: UtcMs; windowDays: number; windowEndsAt: UtcMs; holdoutPercent?: number },
): void {
  const now = ctx.clock.now();
  const { sender, priceCurrency, pricePerSegment } = ctx.settings().texting;
  const wrong = () => new AppError('campaign.bad-state', { state: campaign.state, action: 'start' });
  if (!moveCampaign(trx, campaign.id, campaign.state, advance(campaign.state, 'start'), now)) throw wrong();
  freezeCampaign(trx, campaign.id, {
    rule: o.rules.get(1) ?? { all: [] },
    holdoutPercent: o.holdoutPercent ?? 0,
    windowDays: o.windowDays,
    windowEndsAt: o.windowEndsAt,
    sender: sender === null ? null : sender.kind === 'number' ? sender.number : sender.sid,
    startedAt: o.at,
    dailyShare: null,
    quote: makeQuote({
      at: now,
      words: sayingsOf(ctx, campaign, o.at).hash,
      text: '',
      control: '',
      holdoutPercent: 0,
      people: 0,
      heldOut: 0,
      segments: 0,
      price: 0 as Micros,
      perSegment: pricePerSegment,
      currency: priceCurrency,
    }),
  });
  for (const [position, rule] of o.rules) if (position > 1) freezePart(trx, campaign.id, position, rule);
  if (!moveCampaign(trx, campaign.id, 'staging', advance('staging', 'staged'), now)) throw wrong();
}

/** Ids as members of a campaign's only part, for `gatherThese`. */
export const inFirstPart = (ids: readonly CustomerId[]): Map<CustomerId, number> => new Map(ids.map((id) => [id, 1]));
