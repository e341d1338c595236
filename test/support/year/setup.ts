import { type AutomationKind, KINDS } from '@domain/automations/kinds';
import type { AutomationId, OfferId } from '@domain/kernel';
import { makeAutomation } from '@services/automations/save';
import { switchOn, switchOnQuote } from '@services/automations/switch';
import type { Ctx } from '@services/ctx';
import { saveTerm } from '@services/things/things';
import { PATTERN } from '../automation-shop';
import { percentOff } from '../ladder-shop';
import { owner, type TestCtx } from '../test-ctx';

/** What the owner chose: all of them, as they are offered, with an offer where one belongs. */
export const CHOSEN: Readonly<Record<AutomationKind, { terms?: object; says: string; offer?: 'percent' | 'reward' }>> = {
  'welcome-sign-up': { says: 'glad to have you.' },
  'welcome-purchase': { says: 'thank you for your first visit.' },
  'thank-you': { says: 'thank you for coming so often.' },
  late: { says: 'it has been a while.' },
  lapsed: { says: 'we would love to see you again: {code} until {ends}.', offer: 'percent' },
  birthday: { says: 'your birthday: {code} until {ends}.', offer: 'percent' },
  'bought-not': { terms: { name: 'Chelsea Boot', notName: 'Care Kit' }, says: 'something for your boots.' },
  'code-expiring': { says: 'your code {code} ends {ends}.' },
  review: { terms: { leastSpend: 5000 }, says: 'is everything right?' },
  anniversary: { says: 'another year with us.' },
  'new-arrival': { terms: { topic: 'news' }, says: 'new things came in.' },
  'not-collected': { says: 'what you ordered is still here.' },
  'thing-due': { says: 'its day comes.' },
  're-buy': { says: 'time for new socks?' },
  'wish-in': { says: '{wish|what you asked for} is in.' },
  'reward-near': { says: 'close to {reward|a reward}.' },
  'reward-ready': { says: 'your reward: {reward|a present}, {code} until {ends}.', offer: 'reward' },
  'points-expiring': { says: 'some of your points end soon.' },
};

export const REBUY = { category: 'Socks', days: 40 };

/** All automations, made, read and switched on as the owner does it. */
export async function everythingOn(ctx: Ctx): Promise<void> {
  saveTerm(ctx, owner, { ...REBUY, learnt: false });
  const rewards = ctx.db.prepare('SELECT id FROM offer WHERE name LIKE ? ORDER BY id').pluck().all('Reward:%') as OfferId[];
  for (const kind of Object.keys(KINDS) as AutomationKind[]) {
    const { terms, says, offer } = CHOSEN[kind];
    const offerId = offer === 'percent' ? percentOff(ctx as TestCtx, 10, 14) : offer === 'reward' ? (rewards[0] ?? null) : null;
    const id: AutomationId = makeAutomation(ctx, owner, kind, {
      name: kind,
      terms: terms ?? {},
      pattern: { ...PATTERN, body: `{shop}: Hi {first name|there}, ${says}`, offerId },
    });
    const quote = await switchOnQuote(ctx, id);
    if (quote.quoteToken === null) throw new Error(`${kind}: ${JSON.stringify([quote.missing, quote.checks])}`);
    await switchOn(ctx, owner, { id, quoteToken: quote.quoteToken, inside: false });
  }
}
