import type { AutomationKind } from '@domain/automations/kinds';
import type { TermName } from '@domain/automations/terms';

/** The numbers and names an automation goes by. */
export const termWords = {
  terms: {
    daysBefore: 'When',
    factor: 'How much longer than usual',
    leastDays: 'At least so many days since the last visit',
    goodFor: 'Worth saying for so many days',
    what: 'Bought',
    name: 'Its name',
    notWhat: 'And did not buy',
    notName: 'The name of that',
    topic: 'The club',
    leastSpend: 'Bought for at least',
    count: 'So many short of the reward',
  } satisfies Record<TermName, string>,
  termHints: {
    goodFor: 'After that it would be stale, and is not sent.',
    factor: 'Each person’s own usual gap between two visits.',
    leastSpend: 'Empty: any purchase.',
    name: 'As the till names it.',
  } as Partial<Record<TermName, string>>,
  termHintFor: {
    'thank-you': { factor: 'Visits of 90 days against those of the nine months before.' },
    're-buy': { factor: 'Of the days said for its category below.' },
  } as Partial<Record<AutomationKind, Partial<Record<TermName, string>>>>,
  termFor: {
    'thank-you': { factor: 'How much more often than before' },
    're-buy': { factor: 'How much of the usual time' },
    'points-expiring': { daysBefore: 'How long before they end' },
    'code-expiring': { daysBefore: 'How long before it ends' },
  } as Partial<Record<AutomationKind, Partial<Record<TermName, string>>>>,
  missing: {
    name: 'what was bought',
    notName: 'what was not bought',
    topic: 'which club',
  } as Partial<Record<TermName, string>>,
};
