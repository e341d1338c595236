import { listJson, messageJson } from './render';
import { ACCOUNT_PATH, API_HOST, missing, ok, opt, pageSizeOf } from './route-parts';
import type { Route, SimRequest } from './routes';
import type { TwilioSim } from './sim';

/** `2026-11-17` or an ISO instant; a whole day counts from its first or to its last second. */
function instant(text: string | null, end: boolean): number | undefined {
  if (text === null) return undefined;
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T${end ? '23:59:59' : '00:00:00'}Z` : text);
  return Number.isNaN(at) ? undefined : at;
}

function listMessages(sim: TwilioSim, r: SimRequest) {
  const q = r.query;
  const pageSize = pageSizeOf(q);
  const day = q.get('DateSent');
  const token = q.get('PageToken');
  const until = instant(q.get('DateSent<') ?? day, true);
  const page = sim.list({
    to: opt(q, 'To'),
    from: opt(q, 'From'),
    sentFrom: instant(q.get('DateSent>') ?? day, false),
    // The log has seconds only: "until 12:00:00" includes all of that second.
    sentUntil: until === undefined ? undefined : until - (until % 1000) + 999,
    pageSize,
    after: token === null ? undefined : token.replace(/^PA/, ''),
  });
  const rows = page.rows.map((v) => messageJson(v, sim.account.accountSid, sim.switches.redacted));
  return ok(listJson('messages', rows, r.path, q, page.next, pageSize));
}

const CREATE = [
  'To',
  'From',
  'MessagingServiceSid',
  'Body',
  'MediaUrl',
  'ValidityPeriod',
  'SendAt',
  'ScheduleType',
  'SmartEncoded',
] as const;
const LIST = new RegExp(`^${ACCOUNT_PATH}/Messages\\.json$`);
const ONE = new RegExp(`^${ACCOUNT_PATH}/Messages/([^/]+)\\.json$`);

/** Creating, listing, fetching, redacting, cancelling and deleting texts. */
export const MESSAGE_ROUTES: readonly Route[] = [
  {
    operation: 'CreateMessage',
    feature: 'messages',
    method: 'POST',
    host: API_HOST,
    path: LIST,
    run: (sim, r) => {
      const view = sim.create(Object.fromEntries(CREATE.map((k) => [k, opt(r.form, k)])));
      return { status: 201, body: messageJson(view, sim.account.accountSid) };
    },
  },
  { operation: 'ListMessage', feature: 'messages', method: 'GET', host: API_HOST, path: LIST, run: listMessages },
  {
    operation: 'FetchMessage',
    feature: 'messages',
    method: 'GET',
    host: API_HOST,
    path: ONE,
    run: (sim, _r, [sid = '']) => {
      const view = sim.fetch(sid);
      if (!view) throw missing();
      return ok(messageJson(view, sim.account.accountSid, sim.switches.redacted));
    },
  },
  {
    operation: 'UpdateMessage',
    feature: 'messages',
    method: 'POST',
    host: API_HOST,
    path: ONE,
    run: (sim, r, [sid = '']) =>
      ok(messageJson(sim.update(sid, { Body: opt(r.form, 'Body'), Status: opt(r.form, 'Status') }), sim.account.accountSid)),
  },
  {
    operation: 'DeleteMessage',
    feature: 'messages',
    method: 'DELETE',
    host: API_HOST,
    path: ONE,
    run: (sim, _r, [sid = '']) => {
      sim.delete(sid);
      return { status: 204, body: null };
    },
  },
];
