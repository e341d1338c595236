import type { ChannelOutput } from '@contract/index';
import { ALL_TERMS } from '@domain/automations/terms';
import type { AutomationId, CampaignId, CustomerId, Micros, UtcMs } from '@domain/kernel';
import { automations as catalogue } from '@renderer/strings/automations';
import { base, NOW } from './campaign-screens';

export type One = ChannelOutput<'automations/one'>;
export type Row = ChannelOutput<'automations/list'>['rows'][number];
export type Quote = ChannelOutput<'automations/quote'>;
export const w = catalogue.en;
export const id = 3 as AutomationId;

export const row = (o: Partial<Row> = {}): Row => ({
  id,
  kind: 'birthday',
  name: 'Birthday',
  state: 'off',
  stopped: null,
  terms: { ...ALL_TERMS, daysBefore: 7, goodFor: 2 },
  uses: ['daysBefore', 'goodFor'],
  missing: null,
  offered: true,
  promised: false,
  absence: false,
  service: false,
  patternId: 40 as CampaignId,
  onSince: null,
  waitDays: 0,
  atMinute: 660,
  mostPerDay: null,
  stops: { came: false, replied: false, redeemed: false, bought: null, textedDays: null },
  priority: 30,
  today: 0,
  next30: 0,
  texts: 0,
  heldOut: 0,
  leftOut: 0,
  came: 0,
  waitsForSales: false,
  counting: false,
  updatedAt: NOW,
  ...o,
});
export const one = (o: Partial<One> = {}): One => ({
  ...row(),
  pattern: {
    name: 'Birthday',
    segmentId: null,
    body: '{shop}: Hi {first name|there}, a present waits. Reply GIFT.',
    offerId: null,
    addStopLine: true,
    holdout: 'auto',
    goal: { kind: 'none', target: null },
    windowDays: 14,
    topic: 'offers',
    dayReason: '',
    partName: '',
    more: [],
    words: [{ part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: Hola, un regalo. Responde REGALO.' }],
    keepTyped: false,
    channels: 'sms',
    mails: [],
  },
  ...o,
});
export const due = (n: number, firstName: string, reason: string | null = null): ChannelOutput<'automations/today'>['rows'][number] => ({
  customerId: n as CustomerId,
  firstName,
  lastName: 'Gomez',
  company: '',
  cause: 'birthday:2026',
  dueAt: (Date.now() - 86_400_000) as UtcMs,
  until: (Date.now() + 86_400_000) as UtcMs,
  reason,
  facts: { birthday: '--11-20', lastVisitAt: null, firstVisitAt: null, usualDays: null, visits: 2 },
});
export const quote = (o: Partial<Quote> = {}): Quote => ({
  inside: {
    people: 3,
    reachable: 2,
    held: 0,
    excluded: [{ reason: 'month-used', count: 1 }],
    rows: [due(1, 'Ana'), due(2, 'Ben', 'month-used'), due(3, 'Cleo')],
  },
  month: { people: 44, reachable: 41, held: 0, excluded: [{ reason: 'stopped', count: 3 }], rows: [] },
  texts: 41,
  segments: 41,
  price: 463_300 as Micros,
  perSegment: 11_300 as Micros,
  currency: 'USD',
  holdoutPercent: 20,
  checks: [],
  missing: null,
  quoteToken: 'q-1',
  ...o,
});
export const today = { rows: [due(1, 'Ana'), due(2, 'Bea'), due(3, 'Cleo', 'month-used')], total: 3 };
export const kinds: ChannelOutput<'automations/list'>['kinds'] = (['welcome-sign-up', 'late', 'birthday', 'review'] as const).map(
  (kind) => ({
    kind,
    offered: true,
    terms: ALL_TERMS,
    uses: [],
    waitDays: 0,
    promised: false,
    absence: false,
    service: false,
  }),
);
export const answers = {
  ...base,
  'automations/list': () => ({ rows: [row()], kinds }),
  'automations/one': () => one(),
  'automations/today': () => today,
  'automations/quote': () => quote(),
  'automations/switch-on': { done: true as const },
  'automations/save': { done: true as const },
  'kit/topics': () => [],
  'inbox/reply-words': () => [],
  'taps/source': () => null,
};
