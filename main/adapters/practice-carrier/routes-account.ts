import { isShortCode } from './account';
import { accountJson, keyJson, numberJson, shortCodeJson, usageJson } from './render-account';
import { ACCOUNT_PATH, API_HOST, classicPage, ok, opt } from './route-parts';
import type { Route, SimRequest } from './routes';
import type { TwilioSim } from './sim';
import { SimRefusal } from './types';
import { dayOf, usageDay } from './usage';

/** Usage is told from this day on when nobody says since when. */
const FIRST_DAY = '2024-01-15';

type Span = (now: number) => { from: string; to: string; step: 'all' | 'day' | 'month' };
const month = (now: number, back: number): { from: string; to: string } => {
  const d = new Date(now);
  return {
    from: dayOf(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - back, 1)),
    to: dayOf(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - back + 1, 0)),
  };
};
const SPANS: Record<string, Span> = {
  '': (now) => ({ from: FIRST_DAY, to: dayOf(now), step: 'all' }),
  '/AllTime': (now) => ({ from: FIRST_DAY, to: dayOf(now), step: 'all' }),
  '/Daily': (now) => ({ from: month(now, 0).from, to: dayOf(now), step: 'day' }),
  '/Monthly': (now) => ({ from: FIRST_DAY, to: dayOf(now), step: 'month' }),
  '/ThisMonth': (now) => ({ ...month(now, 0), to: dayOf(now), step: 'all' }),
  '/LastMonth': (now) => ({ ...month(now, 1), step: 'all' }),
  '/Today': (now) => ({ from: dayOf(now), to: dayOf(now), step: 'all' }),
};

function usage(kind: string) {
  return (sim: TwilioSim, r: SimRequest) => {
    const now = sim.now();
    const asked = (name: string): string | null => {
      const text = r.query.get(name);
      if (text === null) return null;
      const day = usageDay(text, now);
      if (day === null) throw new SimRefusal(400, 20001, `${name} is not a date.`);
      return day;
    };
    const span = (SPANS[kind] as Span)(now);
    const rows = sim.usage({
      ...span,
      from: asked('StartDate') ?? span.from,
      to: asked('EndDate') ?? span.to,
      category: opt(r.query, 'Category'),
    });
    return classicPage(
      'usage_records',
      rows.map((row) => usageJson(row, sim.account.accountSid, now)),
      r,
    );
  };
}

const at = (rest: string) => new RegExp(`^${ACCOUNT_PATH}${rest}\\.json$`);
const get = (operation: string, feature: Route['feature'], rest: string, run: Route['run']): Route => ({
  operation,
  feature,
  method: 'GET',
  host: API_HOST,
  path: at(rest),
  run,
});

/** The account itself, its money, its numbers. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  get('FetchAccount', 'account', '', (sim) => ok(accountJson(sim.account))),
  get('ListKey', 'keys', '/Keys', (sim, r) => classicPage('keys', [keyJson(sim.account)], r)),
  get('FetchBalance', 'balance', '/Balance', (sim) => ok({ account_sid: sim.account.accountSid, balance: sim.balance(), currency: 'USD' })),
  get('ListIncomingPhoneNumber', 'numbers', '/IncomingPhoneNumbers', (sim, r) =>
    classicPage(
      'incoming_phone_numbers',
      sim.account.numbers.filter((n) => !isShortCode(n)).map((n) => numberJson(n, sim.account)),
      r,
    ),
  ),
  get('ListShortCode', 'numbers', '/SMS/ShortCodes', (sim, r) =>
    classicPage(
      'short_codes',
      sim.account.numbers.filter(isShortCode).map((n) => shortCodeJson(n, sim.account)),
      r,
    ),
  ),
  ...Object.keys(SPANS).map((kind) => get(`ListUsageRecord${kind.slice(1)}`, 'usage', `/Usage/Records${kind}`, usage(kind))),
];
