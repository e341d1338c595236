import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import { campaignTestId, drawArms, holdoutPercent, type PersonToDraw } from '@domain/attribution/holdout';
import { QUARTER_PERCENT } from '@domain/attribution/rolling';
import { shopDay } from '@domain/calendar';
import { dailyShare, findingFirst, type LeavePlan, planningTimes } from '@domain/campaigns/leave-times';
import { BASE_WORDS, isTested, type WordingArm, type WordsKey, wordsFor, wordsKey } from '@domain/campaigns/parts';
import { packReads, type Quote } from '@domain/campaigns/quote';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { quarterGroup } from '../attribution/rolling';
import { eachInTurns, inTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { type Audience, stratumAt } from './audience';

type Drawn = Pick<Campaign, 'id' | 'holdout' | 'words'>;

export interface Split {
  percent: number;
  text: AudiencePerson[];
  control: AudiencePerson[];
  /** The wording of their part each person of `text` reads. */
  reads: ReadonlyMap<CustomerId, WordsKey>;
}

/** The other wordings of a part. */
export function keysOf(campaign: Pick<Campaign, 'words'>, part: number): WordsKey[] {
  return campaign.words.filter((w) => w.part === part).map(wordsKey);
}

/** Which wording somebody would read, on either side of a test. */
export function readerOf(campaign: Pick<Campaign, 'words'>): (p: AudiencePerson) => (arm: WordingArm) => WordsKey {
  const byPart = new Map<number, WordsKey[]>();
  for (const w of campaign.words) byPart.set(w.part, keysOf(campaign, w.part));
  return (p) => (arm) => wordsFor(byPart.get(p.part) ?? [], p, arm);
}

/**
 * Draws who is held out, and of those texted who reads which of two wordings that are tested against each other; the same people give
 * the same draw, however often it is asked. Both sides of either draw get their share of every part, language and class of customer.
 */
export async function splitOf(ctx: Ctx, campaign: Drawn, audience: Audience, percentOf?: number): Promise<Split> {
  const held = quarterGroup(ctx, audience.at);
  const own = percentOf ?? holdoutPercent(campaign.holdout, audience.reachable.length);
  // while a group stays untexted for the quarter, it is the comparison; "half" draws the rest of its half from the others
  const percent = held === null ? own : Math.max(QUARTER_PERCENT, campaign.holdout === 'half' ? own : 0);
  const drawn = held === null ? percent : ((percent - QUARTER_PERCENT) / (100 - QUARTER_PERCENT)) * 100;
  const stratum = stratumAt(ctx, audience.at);
  const several = audience.reachable.some((p) => p.part > 1);
  const arms = await inTurns(
    drawArms({
      people: lots(audience.reachable, (p) => (held?.(p.id) ? null : several ? `p${p.part} ${stratum(p)}` : stratum(p))),
      percent: drawn,
      key: ctx.hmacKey,
      testId: campaignTestId(campaign.id),
    }),
  );
  const text: AudiencePerson[] = [];
  const control: AudiencePerson[] = [];
  // whoever is kept out for the quarter was not drawn about
  for (const p of audience.reachable) (arms.get(p.id) === 'text' ? text : control).push(p);
  return { percent, text, control, reads: await readsOf(ctx, campaign, text, stratum) };
}

/** What is drawn about, one person after the other; null = not about them. */
function* lots(people: readonly AudiencePerson[], stratum: (p: AudiencePerson) => string | null): Generator<PersonToDraw> {
  for (const p of people) {
    const within = stratum(p);
    if (within !== null) yield { id: p.id, stratum: within, tillFixed: p.tillFixed };
  }
}

async function readsOf(
  ctx: Ctx,
  campaign: Drawn,
  text: readonly AudiencePerson[],
  stratum: (p: AudiencePerson) => string,
): Promise<ReadonlyMap<CustomerId, WordsKey>> {
  if (campaign.words.length === 0) return new Map(text.map((p) => [p.id, BASE_WORDS]));
  const byPart = new Map(campaign.words.map((w) => [w.part, keysOf(campaign, w.part)]));
  const reader = readerOf(campaign);
  const tested = (p: AudiencePerson) => isTested(byPart.get(p.part) ?? [], p);
  const sides = await inTurns(
    drawArms({
      people: lots(text, (p) => (tested(p) ? `p${p.part} ${reader(p)('a')} ${stratum(p)}` : null)),
      percent: 50,
      key: ctx.hmacKey,
      testId: `${campaignTestId(campaign.id)}:words`,
    }),
  );
  const reads = new Map<CustomerId, WordsKey>();
  await eachInTurns(text, (p) => void reads.set(p.id, reader(p)(sides.get(p.id) === 'control' ? 'b' : 'a')));
  return reads;
}

type Timed = Pick<Campaign, 'spreadDays' | 'localHour' | 'dayReason'>;

export interface Times {
  /** When the first of them may leave at the earliest. */
  from: UtcMs;
  at: (id: CustomerId) => UtcMs;
  /** Never more than this leave in one shop day; null = they are not spread. */
  share: number | null;
}

/**
 * When a campaign has to begin so that it leaves at an hour of its readers' on the shop day of `at`: with the first of them. Where that is
 * past, or sooner than `least`, at `at`; whoever's hour is past by then gets it at that hour the next day.
 */
export async function beginsAt(ctx: Ctx, campaign: Timed, people: readonly AudiencePerson[], at: UtcMs, least: number): Promise<UtcMs> {
  if (campaign.localHour === null) return at;
  const { zone } = ctx.settings().shop;
  const first = await inTurns(findingFirst(people, shopDay(at, zone), campaign.localHour, zone));
  return first !== null && first < at && first >= ctx.clock.now() + least ? first : at;
}

/** When each of these texts is to leave at the earliest, and how many a day. `chosen`: the time of day was. */
export async function timesOf(ctx: Ctx, campaign: Timed, text: readonly AudiencePerson[], from: UtcMs, chosen: boolean): Promise<Times> {
  if (campaign.spreadDays <= 1 && campaign.localHour === null) return { from, at: () => from, share: null };
  const { shop, courtesy } = ctx.settings();
  const plan: LeavePlan = {
    from,
    chosen,
    spreadDays: campaign.spreadDays,
    localHour: campaign.localHour,
    shopZone: shop.zone,
    courtesy: courtesy.window,
    reasonGiven: campaign.dayReason !== '',
  };
  // part by part in the order of records, so that every day has its share of each
  const ordered = [...text].sort((a, b) => a.part - b.part || a.id - b.id);
  const times = await inTurns(planningTimes(ordered, plan));
  const byId = new Map(ordered.map((p, i) => [p.id, times[i] ?? from]));
  return { from, at: (id) => byId.get(id) ?? from, share: dailyShare(text.length, campaign.spreadDays) };
}

/** When the last of them may leave at the earliest. */
export const lastOf = (times: Times, text: readonly AudiencePerson[]): UtcMs =>
  text.reduce<UtcMs>((last, p) => (times.at(p.id) > last ? times.at(p.id) : last), times.from);

/** A split as a quote keeps it. */
export const packed = (split: Split): Pick<Quote, 'text' | 'control' | 'reads' | 'controlOf'> =>
  packReads(
    split.text.map((p) => ({ id: p.id, part: p.part, words: split.reads.get(p.id) ?? BASE_WORDS })),
    split.control.map((p) => ({ id: p.id, part: p.part })),
  );
