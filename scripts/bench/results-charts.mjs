// What the charts of Results draw, held against the sales, texts and answers themselves, by plain SQL.
import { figure } from './lib.mjs';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const REAL = "status IN ('completed', 'partially-refunded', 'refunded')";
const LEFT = "o.state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')";

/** The hour on the shop's clock of an instant, asked once per hour of the world. */
function clockOf(zone) {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  const known = new Map();
  return (at) => {
    const hour = Math.floor(at / HOUR);
    if (!known.has(hour)) known.set(hour, Number(format.format(hour * HOUR)));
    return known.get(hour);
  };
}

const weekday = (day) => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
const monday = (day) => new Date(Date.parse(`${day}T12:00:00Z`) - weekday(day) * DAY).toISOString().slice(0, 10);

/** Takings before tax; a sale's own returns are taken off in proportion. */
function hoursByHand(db, { from, to }, zone) {
  const hourOf = clockOf(zone);
  const weeks = new Map();
  const cells = new Map();
  const open = Array.from({ length: 7 }, () => new Set());
  const rows = db
    .prepare(
      `SELECT shop_day AS day, occurred_at AS at, time_known AS timed, kind = 'sale' AS sale, customer_id IS NOT NULL AS known,
         CASE WHEN kind = 'sale' AND refunded > 0 AND net + tax > 0 THEN net - CAST(round(net * 1.0 * min(refunded, net + tax) / (net + tax)) AS INTEGER) ELSE net END AS net
       FROM sale WHERE shop_day BETWEEN ? AND ? AND ${REAL}`,
    )
    .iterate(from, to);
  for (const r of rows) {
    const week = weeks.get(monday(r.day)) ?? { sales: 0, known: 0, net: 0 };
    weeks.set(monday(r.day), week);
    week.sales += r.sale;
    week.known += r.sale && r.known;
    week.net += r.net;
    if (r.sale) open[weekday(r.day)].add(r.day);
    if (!r.timed) continue;
    const key = `${weekday(r.day)}/${hourOf(r.at)}`;
    const cell = cells.get(key) ?? { sales: 0, net: 0 };
    cells.set(key, cell);
    cell.sales += r.sale;
    cell.net += r.net;
  }
  return { weeks, cells, open };
}

function sameHours(answer, db, zone) {
  const hand = hoursByHand(db, answer, zone);
  const weeks = answer.weeks.every((w) => {
    const h = hand.weeks.get(w.week) ?? { sales: 0, known: 0, net: 0 };
    return h.sales === w.sales && h.known === w.known && h.net === w.net;
  });
  const cells = answer.cells.filter((c) => c.sales !== 0 || c.net !== 0);
  const cellsToo = cells.every((c) => {
    const h = hand.cells.get(`${c.weekday}/${c.hour}`);
    return h?.sales === c.sales && h.net === c.net && hand.open[c.weekday].size === c.days;
  });
  return weeks && cellsToo && cells.length === [...hand.cells.values()].filter((c) => c.sales !== 0 || c.net !== 0).length;
}

/** Fifths by rank; of equal ones all stand where the first of them stands. */
const MAP = `WITH c AS (SELECT id, visits_365 AS v, spend_365 AS spend, max(0, (CAST(@today AS INTEGER) - last_visit_at - ${HOUR} + ${DAY - 1}) / ${DAY}) AS gone FROM customer
    WHERE visits_365 > 0 AND weak = 0 AND last_visit_at IS NOT NULL),
  s AS (SELECT spend, min(5, 1 + 5 * (rank() OVER (ORDER BY v) - 1) / count(*) OVER ()) AS f, min(5, 1 + 5 * (rank() OVER (ORDER BY gone DESC) - 1) / count(*) OVER ()) AS r FROM c)
  SELECT r, f, count(*) AS people, sum(spend) AS spend FROM s GROUP BY 1, 2 ORDER BY 1, 2`;

/** Texts of a campaign that arrived, and people with a standing code of it whose text arrived. */
const TREND = `SELECT count(*) AS delivered, coalesce(sum(EXISTS (SELECT 1 FROM redemption r WHERE r.campaign_id = p.campaign_id AND r.customer_id = p.customer_id
    AND r.reversed_at IS NULL)), 0) AS redeemed
  FROM campaign_person p JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(p.campaign_id AS TEXT) AND o.channel = 'sms' AND o.address = p.phone
  WHERE p.campaign_id = ? AND p.arm = 'text' AND o.state = 'delivered'`;

/** How many texts each person got in a month, by the month their campaign began in, and whether they asked to stop after one of them. */
const STOPS = `SELECT min(texts, 4) AS n, count(*) AS people, sum(stopped) AS stopped, sum(texts) AS texts FROM (
    SELECT p.customer_id, count(*) AS texts, max(EXISTS (SELECT 1 FROM inbound i WHERE i.customer_id = p.customer_id AND i.campaign_id = p.campaign_id
      AND i.meaning = 'opt-out')) AS stopped
    FROM json_each(?) j JOIN campaign_person p ON p.campaign_id = j.value
      JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(p.campaign_id AS TEXT) AND o.channel = 'sms' AND o.address = p.phone
    WHERE p.arm = 'text' AND ${LEFT} GROUP BY p.customer_id) GROUP BY 1 ORDER BY 1`;

function sameStops(answer, db, zone) {
  const month = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' });
  const campaigns = db.prepare("SELECT id, started_at AS at FROM campaign WHERE started_at IS NOT NULL AND state <> 'staging'").all();
  const ask = db.prepare(STOPS);
  return answer.months.every((m) => {
    const ids = campaigns.filter((c) => month.format(c.at) === m.month).map((c) => c.id);
    const rows = ask.all(JSON.stringify(ids));
    const of = (key) => [1, 2, 3, 4].map((n) => rows.find((r) => r.n === n)?.[key] ?? 0);
    return (
      JSON.stringify([of('people'), of('stopped')]) === JSON.stringify([m.people, m.stopped]) &&
      rows.reduce((n, r) => n + r.texts, 0) === m.texts
    );
  });
}

/** `now`: the clock of the backend. One figure a chart: answers that differ from plain SQL. */
export async function chartsAreTrue(shop, db, now) {
  const zone = JSON.parse(db.prepare("SELECT value FROM setting WHERE key = 'shop'").pluck().get() ?? '{}').zone ?? 'America/New_York';
  const ask = async (channel, input = {}) => (await shop.ask(channel, input)).value;
  const tell = (name, same) =>
    figure({ name: `charts.${name}`, value: same ? 0 : 1, unit: 'answers unlike plain SQL', target: '0', ok: same });
  tell('hours-and-takings', sameHours(await ask('reports/hours', { weeks: 52 }), db, zone));
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now);
  const hourThere = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  const midnight = [4, 5, 6, 7, 8, 9, 10]
    .map((h) => Date.parse(`${today}T00:00:00Z`) + h * HOUR)
    .find((at) => hourThere.format(at) === '00');
  const map = (await ask('reports/rfm-map')).cells.map(({ r, f, people, spend }) => ({ r, f, people, spend }));
  tell('map-of-customers', JSON.stringify(map) === JSON.stringify(db.prepare(MAP).all({ today: midnight })));
  const trend = db.prepare(TREND);
  const { campaigns } = await ask('reports/campaign-trend', { weeks: 156 });
  const like = (c) => {
    const row = trend.get(c.id);
    return row.delivered === c.delivered && row.redeemed === c.redeemed;
  };
  tell('campaigns-on-a-time-line', campaigns.length > 0 && campaigns.every(like));
  tell('texts-and-stops', sameStops(await ask('reports/opt-outs', { months: 12 }), db, zone));
  const { points } = await ask('reports/list-growth', { weeks: 52 });
  const onList = db
    .prepare("SELECT count(*) FROM consent_state WHERE channel = 'sms' AND purpose = 'marketing' AND state = 'in'")
    .pluck()
    .get();
  tell('list-growth', points.at(-1)?.onList === onList);
}
