// Groups at the bench shop's size: every ready-made one and a nested rule of ten clauses, each beside the same question written by hand in
// SQL, in the same run, in turns. Both answer how many, how many of them may be texted, and who came last; the answers must be the same.
import path from 'node:path';
import Database from 'better-sqlite3';
import { figure, median } from './lib.mjs';

const DAY = 86_400_000;
// enough that a few turns in which the machine did something else do not make a median
const RUNS = 21;
const ZONE = 'America/New_York';

/** Midnight of the shop's day so many days back. */
function midnight(now, daysBack) {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(now);
  const noon = Date.parse(`${day}T12:00:00Z`) - daysBack * DAY;
  const date = new Date(noon).toISOString().slice(0, 10);
  for (const hours of [4, 5]) {
    const at = Date.parse(`${date}T00:00:00Z`) + hours * 3_600_000;
    const there = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, hour: '2-digit', day: '2-digit', hourCycle: 'h23' }).format(at);
    if (there.includes('00') && there.includes(date.slice(8))) return { at, date };
  }
  throw new Error(date);
}

/** The same questions, by hand. */
function byHand(now, names) {
  const since = (d) => midnight(now, d).at;
  const dayNo = (d) => Date.parse(midnight(now, d).date) / DAY;
  const today = since(0);
  const month = midnight(now, 0).date.slice(5, 7);
  const may = "EXISTS (SELECT 1 FROM customer_permission p WHERE p.purpose = 'marketing' AND p.state = 'in' AND p.customer_id = c.id)";
  const gone = `max(0, (${today} - c.last_visit_at + ${DAY - 3_600_001}) / ${DAY})`;
  const gap = `(SELECT v FROM (SELECT median_gap_days AS v, sum(sum(gap_count)) OVER (ORDER BY median_gap_days) AS upto, sum(sum(gap_count)) OVER () AS n
    FROM customer WHERE median_gap_days IS NOT NULL AND gap_count > 0 GROUP BY 1) WHERE upto * 2 >= n ORDER BY v LIMIT 1)`;
  const usual = `((2.0 * (SELECT v FROM g) + c.gap_count * ifnull(c.median_gap_days, 0)) / (2.0 + c.gap_count))`;
  const g = `g AS MATERIALIZED (SELECT ${gap} AS v)`;
  const ranks = `r AS MATERIALIZED (SELECT id, min(5, 1 + 5 * (rank() OVER (ORDER BY visits_365) - 1) / count(*) OVER ()) AS f,
    min(5, 1 + 5 * (rank() OVER (ORDER BY ${gone} DESC) - 1) / count(*) OVER ()) AS r
    FROM customer c WHERE visits_365 > 0 AND last_visit_at IS NOT NULL AND weak = 0)`;
  const spent = (
    least,
  ) => `m5 AS MATERIALIZED (SELECT id FROM (SELECT id, 1 + 5 * (rank() OVER (ORDER BY spend_365) - 1) / count(*) OVER () AS m
    FROM customer WHERE visits_365 > 0 AND last_visit_at IS NOT NULL AND weak = 0) WHERE m >= ${least})`;
  const visit = `s.kind = 'sale' AND s.status IN ('completed', 'partially-refunded') AND NOT EXISTS (SELECT 1 FROM sale x WHERE x.customer_id = s.customer_id
    AND x.shop_day = s.shop_day AND x.kind = 'refund' AND x.status IN ('completed', 'refunded', 'partially-refunded'))`;
  const last = `t AS MATERIALIZED (SELECT o.customer_id,
      EXISTS (SELECT 1 FROM inbound i WHERE i.customer_id = o.customer_id AND i.campaign_id = CAST(o.cause_id AS INTEGER))
      OR EXISTS (SELECT 1 FROM redemption d WHERE d.customer_id = o.customer_id AND d.campaign_id = CAST(o.cause_id AS INTEGER) AND d.reversed_at IS NULL)
      OR EXISTS (SELECT 1 FROM sale s WHERE s.customer_id = o.customer_id AND s.occurred_at >= o.left_at
        AND s.occurred_at < (SELECT k.window_ends_at FROM campaign k WHERE k.id = o.cause_id) AND ${visit}) AS did
    FROM (SELECT customer_id, max(left_at) AS left_at FROM outbox WHERE cause_kind = 'campaign' AND left_at IS NOT NULL AND customer_id IS NOT NULL GROUP BY 1) m
    CROSS JOIN outbox o ON o.customer_id = m.customer_id AND o.left_at = m.left_at AND o.cause_kind = 'campaign')`;
  const bought = (what, name, d) =>
    `SELECT b.customer_id FROM bought b JOIN article a ON a.id = b.article_id WHERE a.what = '${what}' AND a.name = '${name.replaceAll("'", "''")}'${d ? ` AND b.last_at >= ${since(d)}` : ''}`;
  const fine = "(c.phone IS NOT NULL AND c.phone_kind IN ('unknown', 'mobile', 'voip') AND c.phone_problem IS NULL)";
  const ask = (where, ...ctes) =>
    `WITH ${[...ctes, `m AS MATERIALIZED (SELECT c.id, c.last_visit_at AS at FROM customer c WHERE c.weak = 0 AND ${where})`].join(', ')}
     SELECT (SELECT count(*) FROM m) AS count, (SELECT count(*) FROM m c WHERE ${may}) AS permitted,
       (SELECT json_group_array(id) FROM (SELECT id FROM m ORDER BY at DESC, id LIMIT 5)) AS ids`;
  return {
    everyone: ask('1'),
    'may-text': ask(may),
    new: ask(`c.first_visit_at >= ${since(30)}`),
    regulars: ask(`c.visits >= 3 AND ${gone} <= 2.0 * ${usual} AND NOT (${gone} > 3.0 * ${usual} AND ${gone} > 30)`, g),
    best: ask('c.id IN (SELECT id FROM r WHERE r >= 4 AND f >= 4)', ranks),
    promising: ask(
      `c.first_visit_at >= ${since(90)} AND c.visits >= 2 AND ${gone} <= 2.0 * ${usual} AND NOT (${gone} > 3.0 * ${usual} AND ${gone} > 30)`,
      g,
    ),
    later: ask(`c.visits >= 2 AND ${gone} > 2.0 * ${usual} AND NOT (${gone} > 3.0 * ${usual} AND ${gone} > 30)`, g),
    lapsed: ask(`c.visits >= 2 AND ${gone} > 3.0 * ${usual} AND ${gone} > 30`, g),
    'one-time': ask(`c.visits <= 1 AND c.last_visit_at < ${since(30)}`),
    birthday: ask(`substr(c.birthday, -5, 2) = '${month}'`),
    'big-spenders': ask('c.id IN (SELECT id FROM m5)', spent(5)),
    reacted: ask('c.id IN (SELECT customer_id FROM t WHERE did)', last),
    'no-reaction': ask('c.id IN (SELECT customer_id FROM t WHERE NOT did)', last),
    'cannot-text': ask(`(NOT ${fine} OR NOT ${may})`),
    'bought-not': ask(`c.id IN (${bought('category', names.a)}) AND c.id NOT IN (${bought('category', names.b)})`),
    worst: ask(
      `(c.id IN (${bought('category', names.a, 365)}) OR c.id IN (${bought('category', names.b)})
        OR (c.id IN (SELECT customer_id FROM visit_day WHERE day >= ${dayNo(365)} AND visit = 1 GROUP BY 1 HAVING count(*) >= 2)
          AND c.id IN (SELECT customer_id FROM visit_day WHERE day >= ${dayNo(365)} GROUP BY 1 HAVING sum(spend) >= 10000)))
       AND c.id NOT IN (${bought('item', names.item, 90)})
       AND NOT EXISTS (SELECT 1 FROM redemption d WHERE d.customer_id = c.id AND d.reversed_at IS NULL AND d.at >= ${since(60)})
       AND ((${gone} > 2.0 * ${usual} AND NOT (${gone} > 3.0 * ${usual} AND ${gone} > 30)) OR c.id IN (SELECT id FROM m5)
         OR c.id IN (SELECT customer_id FROM t WHERE NOT did))
       AND ${may}`,
      g,
      spent(4),
      last,
    ),
  };
}

const worst = ({ a, b, item }) => ({
  all: [
    {
      any: [
        { is: 'bought', what: 'category', name: a, days: 365, did: true },
        { is: 'bought', what: 'category', name: b, days: null, did: true },
        {
          all: [
            { is: 'visits', op: 'at-least', count: 2, days: 365 },
            { is: 'spend', op: 'at-least', amount: 10_000, days: 365 },
          ],
        },
      ],
    },
    {
      none: [
        { is: 'bought', what: 'item', name: item, days: 90, did: true },
        { is: 'redeemed', offerId: null, days: 60, did: true },
      ],
    },
    {
      any: [
        { is: 'rhythm', class: 'later' },
        { is: 'score', of: 'spend', least: 4 },
        { is: 'reacted', campaignId: null, how: 'nothing' },
      ],
    },
    { is: 'may-text', value: true },
  ],
});

/** `shop`: a backend of the bench shop in `dir`; `now`: its clock; `bare`: milliseconds of a round trip that asks nothing. */
export async function groupsBench(shop, dir, now, bare) {
  const db = new Database(path.join(dir, 'shop.sqlite'), { readonly: true });
  db.pragma('cache_size = -16000');
  db.pragma('temp_store = MEMORY');
  const top = (what, n) =>
    db
      .prepare(
        'SELECT name FROM article a JOIN bought b ON b.article_id = a.id WHERE what = ? GROUP BY a.id ORDER BY count(*) DESC LIMIT 1 OFFSET ?',
      )
      .pluck()
      .get(what, n);
  const names = { a: top('category', 0), b: top('category', 1), item: top('item', 0) };
  const hand = byHand(now, names);
  const groups = (await shop.ask('segments/list', {})).value;
  const rules = Object.fromEntries(groups.filter((g) => g.readyMade).map((g) => [g.readyMade, g.rule]));
  rules['bought-not'] = {
    all: [
      { is: 'bought', what: 'category', name: names.a, days: null, did: true },
      { is: 'bought', what: 'category', name: names.b, days: null, did: false },
    ],
  };
  rules.worst = worst(names);
  for (const [key, rule] of Object.entries(rules)) {
    const statement = db.prepare(hand[key]);
    const ours = [];
    const theirs = [];
    for (let i = 0; i <= RUNS; i++) {
      const answer = await shop.ask('segments/count', { rule });
      const t = performance.now();
      const byHandAnswer = statement.get();
      const ms = performance.now() - t;
      if (i === 0) {
        const same =
          answer.value.count === byHandAnswer.count &&
          answer.value.permitted === byHandAnswer.permitted &&
          JSON.stringify(answer.value.examples.map((e) => e.id)) === byHandAnswer.ids;
        if (!same) {
          console.error(key, { ...answer.value, examples: answer.value.examples.map((e) => e.id) }, byHandAnswer);
          throw new Error(`${key}: the answers differ`);
        }
        continue; // warm
      }
      ours.push(answer.ms);
      theirs.push(ms);
    }
    const limit = key === 'worst' ? 400 : 100;
    const value = median(ours);
    const baseline = median(theirs);
    figure({
      name: `group.${key}`,
      value,
      unit: 'ms',
      target: `< ${limit}, <= 1.5 x by hand beside the bare round trip`,
      ok: value < limit && value - bare <= baseline * 1.5,
      baseline: Math.round(baseline * 1000) / 1000,
    });
  }
  db.close();
}
