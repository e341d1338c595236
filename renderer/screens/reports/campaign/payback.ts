import { costPerExtraBuyer, costPerRedemption } from '@domain/attribution/payback';
import { minorDigits } from '@domain/imports/money';
import type { Out } from '@renderer/api/client';
import type { ReportWords } from '@renderer/strings/reports';
import type { Say } from '../format';

/** Carrier money (millionths) in minor units of its own currency. */
export const carrierMinor = (micros: number, currency: string): number => micros / 10 ** (6 - minorDigits(currency));

type Report = Pick<Out<'reports/campaign'>, 'cost' | 'pathCost' | 'takings' | 'redemptionsByDay' | 'comparison'>;

/**
 * What each code used and each person gained cost, in sentences; `currency` is the till's. Nothing where texts are billed in another money
 * (no exchange rate is guessed), and nothing of people while it is not shown that the text brought any.
 */
export function paybackLines(r: Report, w: ReportWords['campaign'], say: Pick<Say, 'cents'>, currency: string): string[] {
  const { cost } = r;
  if (cost.currency !== currency) return [];
  const texts = carrierMinor(cost.known + cost.expected, cost.currency);
  const perUse = costPerRedemption(texts, r.takings.discounts, r.redemptionsByDay.at(-1)?.total ?? 0);
  const people = r.comparison?.inBuyers.range;
  // who came because of a follow-up is among them, so its texts are paid for too
  const path = r.pathCost === null ? texts : carrierMinor(r.pathCost, cost.currency);
  const perPerson = people ? costPerExtraBuyer(path, people) : null;
  const shown = (minor: number) => say.cents(Math.round(minor));
  return [...(perUse === null ? [] : [w.perUse(shown(perUse))]), ...(perPerson === null ? [] : [w.perPerson(shown(perPerson))])];
}
