import { type Campaign, campaignById } from '@db/queries/campaigns';
import { type LadderStep, stepsOf } from '@db/queries/ladders';
import { offerById } from '@db/queries/offers';
import { usesTexts } from '@domain/campaigns/channels';
import { type Check, checkText } from '@domain/campaigns/checks';
import { isUsShop } from '@domain/campaigns/countries';
import { dueAt } from '@domain/campaigns/ladder';
import { checkMails } from '@domain/campaigns/mail-checks';
import { BASE_WORDS, type WordsKey, wordsKey } from '@domain/campaigns/parts';
import type { CampaignId, Micros, UtcMs } from '@domain/kernel';
import { codeWindow } from '@domain/offers/window';
import { restDependsOnAbsence } from '@domain/segments/rule';
import type { Ctx } from '../ctx';
import { keepsPoints } from '../loyalty/words';
import { postalOf } from '../mail/compose';
import { coveredThrough, openDaysMissing } from '../reports/coverage';
import { linkBase } from '../taps/source';
import type { PartRule } from './audience';

/** What the month's texts may still cost, micros. */
export interface Money {
  spent: Micros;
  queued: Micros;
  limit: Micros | null;
}

/** Something about the whole campaign, or about one wording of one part. */
export type PartCheck = Check & { part?: number; words?: WordsKey };

/** Everything that stops a campaign or deserves a word, in the order an owner should mend it. */
export function checksOf(
  ctx: Ctx,
  campaign: Pick<Campaign, 'id' | 'parts' | 'words' | 'addStopLine'> & Partial<Pick<Campaign, 'channels' | 'mails'>>,
  f: {
    people: number;
    /** Of them: reached by e-mail. */
    mails?: number;
    rules: readonly PartRule[];
    /** The longest text anybody gets of a wording. */
    longest: (part: number, words: WordsKey) => string;
    price: number;
    money: Money;
    at: UtcMs;
    viaCarrier: boolean;
    /** When the last text may leave at the earliest, and the soonest end of an offer. */
    lastAt?: UtcMs;
    offerEndsAt?: UtcMs | null;
  },
): PartCheck[] {
  const { shop, texting, mail } = ctx.settings();
  const channels = campaign.channels ?? 'sms';
  const mails = f.mails ?? 0;
  // a campaign whose readers all get mails needs no texting account
  const texts = usesTexts(channels) && (f.people === 0 || f.people > mails);
  const links = linkBase(ctx) !== null;
  const points = keepsPoints(ctx);
  const out: PartCheck[] = [];
  const stop = (code: Check['code']) => out.push({ code, level: 'stop' });
  if (f.rules.length < campaign.parts.length) stop('no-group');
  for (const part of usesTexts(channels) ? campaign.parts : []) {
    const others = campaign.words.filter((w) => w.part === part.position);
    for (const w of [{ key: BASE_WORDS, body: part.body }, ...others.map((o) => ({ key: wordsKey(o), body: o.body }))]) {
      for (const check of checkText({
        body: w.body,
        shopName: shop.name,
        addStopLine: campaign.addStopLine,
        hasOffer: part.offerId !== null,
        hasLinks: links,
        hasPoints: points,
        longest: f.longest(part.position, w.key) || w.body,
      })) {
        const whole = campaign.parts.length === 1 && others.length === 0;
        out.push(whole ? check : { ...check, part: part.position, words: w.key });
      }
    }
  }
  if (f.rules.length > 0 && f.people === 0) stop('no-people');
  if (texts) {
    if (texting.mode === 'none') stop('not-connected');
    else if (!texting.sender) stop('no-sender');
    if (texting.mode === 'twilio' && !texting.senderApproved) stop('not-approved');
    if (texting.mode === 'twilio' && !isUsShop(shop.country)) stop('country');
  }
  out.push(
    ...checkMails({
      channels,
      parts: campaign.parts.map((p) => ({ position: p.position, hasOffer: p.offerId !== null })),
      mails: campaign.mails ?? [],
      shopName: shop.name,
      hasLinks: links,
      hasPoints: points,
      connected: mail.mode !== 'none',
      hasPostal: postalOf(ctx).length > 0,
      people: mails,
      dailyLimit: mail.dailyLimit,
    }),
  );
  if (f.money.limit !== null && f.money.spent + f.money.queued + f.price > f.money.limit) stop('over-limit');
  // nobody is sent an offer that is over by then
  if (f.lastAt !== undefined && f.offerEndsAt != null && f.lastAt >= f.offerEndsAt) stop('offer-ends-first');
  if (stepOutlivesOffer(ctx, campaign.id, f.at)) stop('step-offer-ends-first');
  // of a personal code the promise is kept; a shared one that was put away is refused at the counter
  const offers = campaign.parts.flatMap((p) => (p.offerId === null ? [] : (offerById(ctx.db, p.offerId) ?? [])));
  if (offers.some((o) => o.archived && o.codeMode === 'shared')) stop('offer-put-away');
  // rules.md §3: nobody is told they are missed while the sales of the last open day are not here.
  const rules = f.rules.map((r) => r.rule);
  if (rules.some((r, i) => restDependsOnAbsence(r, rules.slice(0, i)))) {
    // What the carrier holds leaves without this computer: nobody could look at the till once more.
    if (f.viaCarrier) stop('absence-at-carrier');
    else if (salesBehind(ctx)) out.push({ code: 'sales-behind', level: f.at > ctx.clock.now() ? 'warn' : 'stop' });
  }
  return out;
}

/** Whether a follow-up, taken as soon as it can be, comes after its offer is over: its texts would be left out and nobody told. */
function stepOutlivesOffer(ctx: Ctx, rootId: CampaignId, at: UtcMs): boolean {
  const { zone } = ctx.settings().shop;
  const steps = stepsOf(ctx.db, rootId);
  const soonest = (s: LadderStep): UtcMs => {
    const before = steps.find((p) => p.id === s.parentId);
    return dueAt(before ? soonest(before) : at, s, zone);
  };
  return steps.some((s) => {
    const offerId = campaignById(ctx.db, s.id)?.offerId ?? null;
    const offer = offerId === null ? null : offerById(ctx.db, offerId);
    const due = soonest(s);
    return offer !== null && codeWindow(offer, due, zone).endsAt <= due;
  });
}

/** Whether imported sales end before the previous open day. */
function salesBehind(ctx: Ctx): boolean {
  const covered = coveredThrough(ctx);
  return covered === null || openDaysMissing(ctx, covered) > 0;
}
