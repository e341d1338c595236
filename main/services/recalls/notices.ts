import type { Trx } from '@db/open';
import {
  type Buyer,
  buyersOf,
  deleteNotice,
  insertNotice,
  listNotices,
  moveNotice,
  type Notice,
  type NoticeFields,
  noticeById,
  noticed,
  noticePerson,
  noticeRow,
  putNoticePerson,
  sendingNotices,
  setReached,
  soldToNobody,
  updateNotice,
} from '@db/queries/notices';
import { enqueue } from '@db/queries/outbox';
import { audit } from '@db/queries/staff';
import { hashWords, packIds, unpackIds } from '@domain/campaigns/quote';
import { whenMayLeave } from '@domain/consent/when';
import { showName, tidyName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import { csvCell } from '@domain/imports/cells';
import { type CustomerId, DAY, type Micros, type UtcMs } from '@domain/kernel';
import { type NoticeProblem, noticeText, problemsOf } from '@domain/notices/notice';
import { eachInTurns, writeInChunks } from '../chunks';
import { realTextsReach } from '../consent/may-text';
import { sendFacts } from '../consent/send-facts';
import type { Ctx, Session } from '../ctx';
import { wakeSender } from '../outbox/sender-state';

/** A notice that waited longer has been told otherwise. */
const LASTS_MS = 7 * DAY;
const PAGE = 200;
/** People in one entry of the journal. */
const AT_ONCE = 500;
const causeOf = (id: number) => ({ kind: 'service' as const, id: `notice:${id}` });

/** How one buyer hears of it. */
interface Told {
  buyer: Buyer;
  /** Null: by text. Else why not: they stand on the list to call or write to. */
  reason: string | null;
  text: string;
  segments: number;
}

export interface NoticePlan {
  told: Told[];
  problems: NoticeProblem[];
  price: Micros;
  words: string;
}

/**
 * Who bought it, and how each would hear of it now, by the one gate: a text of class service needs their standing permission for word
 * about what they bought (rules.md §1). Families that share a number get one text; the others stand with them.
 */
async function plan(ctx: Ctx, n: Notice): Promise<NoticePlan> {
  const now = ctx.clock.now();
  const { shop, texting } = ctx.settings();
  const words = { en: n.bodyEn, es: n.bodyEs };
  const problems = problemsOf(words, shop.name);
  const said = problems.length === 0;
  const buyers = buyersOf(ctx.db, n.goods, n.fromDay, n.untilDay);
  const numbers = new Map<string, number>();
  for (const b of buyers) if (b.phone !== null) numbers.set(b.phone, (numbers.get(b.phone) ?? 0) + 1);
  const texted = new Set<string>();
  const told: Told[] = [];
  await eachInTurns(buyers, (b) => {
    const shared = b.phone !== null && (numbers.get(b.phone) ?? 0) > 1;
    const { text, segments } = said ? noticeText(words, { ...b, sharesNumber: shared }, shop, now) : { text: '', segments: 0 };
    const reason = reasonFor(ctx, b, text, now) ?? (texted.has(b.phone ?? '') ? 'same-number' : null);
    if (reason === null && b.phone !== null) texted.add(b.phone);
    told.push({ buyer: b, reason, text, segments });
  });
  const segments = told.reduce((sum, t) => sum + (t.reason === null ? t.segments : 0), 0);
  return {
    told,
    problems,
    price: (segments * texting.pricePerSegment) as Micros,
    words: hashWords([n.bodyEn, n.bodyEs, shop.name, n.fromDay, n.untilDay, JSON.stringify(n.goods)]),
  };
}

/** Why somebody cannot be texted a service text; null = they can, now or when their hours begin. */
function reasonFor(ctx: Ctx, b: Buyer, body: string, now: UtcMs): string | null {
  if (b.phone === null) return 'no-number';
  if (!realTextsReach(ctx, b.phone)) return 'country';
  const facts = sendFacts(
    ctx,
    { phone: b.phone, customerId: b.customerId, messageClass: 'service', causedAt: null, ...(body === '' ? {} : { body }) },
    now,
  );
  const when = whenMayLeave(facts, now);
  return when.kind === 'never' ? when.reason : null;
}

function found(ctx: Ctx, id: number): Notice {
  const n = noticeById(ctx.db, id);
  if (!n) throw new AppError('notice.not-found');
  return n;
}

/** With the words as they leave, without anybody's name; as typed while they cannot be read. */
export function getNotice(ctx: Ctx, id: number): Notice & { said: string } {
  const n = found(ctx, id);
  const { shop } = ctx.settings();
  const words = { en: n.bodyEn, es: n.bodyEs };
  const readable = n.bodyEn.trim() !== '' && problemsOf(words, shop.name).every((p) => p.what === 'promo');
  const nobody = { firstName: '', language: 'en' as const, sharesNumber: true };
  return { ...n, said: readable ? noticeText(words, nobody, shop, ctx.clock.now()).text : n.bodyEn };
}
export const notices = (ctx: Ctx, page: { offset: number; limit: number }) => listNotices(ctx.db, page);

/** @throws AppError input.invalid {field: goods | days} | notice.bad-state | notice.not-found */
export function saveNotice(ctx: Ctx, session: Session, d: NoticeFields & { id: number | null }): { id: number } {
  const names = d.goods.names.map(tidyName).filter((n) => n !== '');
  if (names.length === 0) throw new AppError('input.invalid', { field: 'goods' });
  if (d.untilDay < d.fromDay) throw new AppError('input.invalid', { field: 'days' });
  const at = ctx.clock.now();
  const { id: _, ...rest } = d;
  const fields = { ...rest, name: tidyName(d.name) || names[0] || '', goods: { ...d.goods, names, variant: tidyName(d.goods.variant) } };
  return ctx.db.tx((trx) => {
    if (d.id !== null) {
      if (!noticeById(trx, d.id)) throw new AppError('notice.not-found');
      if (!updateNotice(trx, { ...fields, id: d.id, at })) throw new AppError('notice.bad-state');
      return { id: d.id };
    }
    let id: number = at;
    while (!insertNotice(trx, { ...fields, id, at, staffId: session.staffId })) id++;
    audit(trx, { at, staffId: session.staffId, action: 'notice.made', subject: String(id), detail: { kind: d.kind } });
    return { id };
  });
}

export function removeNotice(ctx: Ctx, id: number): void {
  found(ctx, id);
  if (!ctx.db.tx((trx) => deleteNotice(trx, id))) throw new AppError('notice.bad-state');
}

const tokenOf = (p: NoticePlan): string =>
  `${p.words.slice(0, 16)}:${p.price}:${packIds(p.told.filter((t) => t.reason === null).map((t) => t.buyer.customerId))}`;

function agreed(p: NoticePlan, token: string): boolean {
  const [words, price, ids] = token.split(':');
  const seen = new Set(unpackIds(ids ?? ''));
  return (
    words === p.words.slice(0, 16) && p.price <= Number(price) && p.told.every((t) => t.reason !== null || seen.has(t.buyer.customerId))
  );
}

/** Everything pressing send does: who is texted, who is not and why, the words with what is wrong in them, the price. */
export async function previewNotice(ctx: Ctx, id: number) {
  const n = found(ctx, id);
  const p = await plan(ctx, n);
  const byText = p.told.filter((t) => t.reason === null);
  const longest = [...byText, ...p.told].sort((a, b) => b.text.length - a.text.length)[0];
  return {
    buyers: p.told.length,
    texts: byText.length,
    listed: p.told.length - byText.length,
    gifts: p.told.filter((t) => t.buyer.gift).length,
    unknown: soldToNobody(ctx.db, n.goods, n.fromDay, n.untilDay),
    price: p.price,
    currency: ctx.settings().texting.priceCurrency,
    problems: p.problems,
    reasons: countReasons(p.told),
    people: p.told
      .toSorted((a, b) => Number(a.reason === null) - Number(b.reason === null))
      .slice(0, PAGE)
      .map(({ buyer: b, reason }) => ({
        customerId: b.customerId,
        name: showName(b),
        phone: b.phone,
        boughtOn: b.boughtOn,
        gift: b.gift,
        reason,
      })),
    sample: longest && longest.text !== '' ? { name: showName(longest.buyer), text: longest.text, segments: longest.segments } : null,
    token: tokenOf(p),
  };
}

function countReasons(told: readonly Told[]): { reason: string; count: number }[] {
  const by = new Map<string, number>();
  for (const { reason } of told) if (reason !== null) by.set(reason, (by.get(reason) ?? 0) + 1);
  return [...by].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

/**
 * Texts everybody who may be, and writes down everybody else for the list. Promotional words refuse it with the reason; what is more than
 * was shown does, too. Cut off in the middle it goes on by itself, and nobody is told twice: one text per notice and number.
 * @throws AppError notice.not-found | notice.bad-state | notice.promo {why} | notice.nobody | notice.changed
 */
export async function sendNotice(
  ctx: Ctx,
  session: Session,
  input: { id: number; token: string },
): Promise<{ texts: number; listed: number }> {
  const n = found(ctx, input.id);
  if (n.state !== 'draft') throw new AppError('notice.bad-state');
  const p = await plan(ctx, n);
  const [problem] = p.problems;
  if (problem) throw new AppError('notice.promo', { why: problem.what === 'promo' ? problem.why : problem.what });
  if (p.told.length === 0) throw new AppError('notice.nobody');
  if (!agreed(p, input.token)) throw new AppError('notice.changed');
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!moveNotice(trx, { id: n.id, from: 'draft', to: 'sending', at, staffId: session.staffId })) throw new AppError('notice.bad-state');
    audit(trx, {
      at,
      staffId: session.staffId,
      action: 'notice.sent',
      subject: String(n.id),
      detail: { people: p.told.length, texts: p.told.filter((t) => t.reason === null).length },
    });
  });
  // before the first text can leave: a copy from before this moment must know whom it told and whom to call
  const notice = noticeRow(ctx.db, n.id);
  const people = p.told.map(({ buyer: b, reason }) => ({
    notice_id: n.id,
    customer_id: b.customerId,
    phone: reason === null ? b.phone : null,
    reason,
    gift: b.gift ? 1 : 0,
    bought_on: b.boughtOn,
    told_at: null,
  }));
  for (let i = 0; i < people.length; i += AT_ONCE) {
    ctx.journal.append([{ kind: 'notice', at, row: { notice, people: people.slice(i, i + AT_ONCE) } }]);
  }
  return write(ctx, n, p);
}

const busy = new Set<number>();

async function write(ctx: Ctx, n: Notice, p: NoticePlan): Promise<{ texts: number; listed: number }> {
  const { pricePerSegment } = ctx.settings().texting;
  let texts = 0;
  busy.add(n.id);
  try {
    await writeInChunks(ctx.db, p.told, (trx: Trx, t) => {
      const now = ctx.clock.now();
      const { buyer: b, reason } = t;
      const own = { noticeId: n.id, customerId: b.customerId, gift: b.gift, boughtOn: b.boughtOn };
      putNoticePerson(trx, { ...own, phone: reason === null ? b.phone : null, reason });
      if (reason !== null || b.phone === null) return;
      const row = enqueue(trx, {
        cause: causeOf(n.id),
        address: b.phone,
        customerId: b.customerId,
        messageClass: 'service',
        body: t.text,
        segments: t.segments,
        quotedPrice: (t.segments * pricePerSegment) as Micros,
        notBefore: now,
        expiresAt: (now + LASTS_MS) as UtcMs,
        now,
      });
      if (row !== null) texts++;
    });
    ctx.db.tx((trx) => moveNotice(trx, { id: n.id, from: 'sending', to: 'sent', at: ctx.clock.now(), staffId: null }));
  } finally {
    busy.delete(n.id);
  }
  wakeSender(ctx);
  ctx.changed('outbox', 'campaigns', 'customers');
  return { texts, listed: p.told.length - texts };
}

/** Goes on with notices that a crash cut off: who has a text or stands on the list stays what they are. */
export async function finishNotices(ctx: Ctx): Promise<void> {
  for (const n of sendingNotices(ctx.db)) if (!busy.has(n.id)) await write(ctx, n, await plan(ctx, n));
}

/** Everybody a sent notice was for, those on the list first. */
export const noticedPeople = (ctx: Ctx, id: number, page: { offset: number; limit: number }) => {
  found(ctx, id);
  const { rows, total } = noticed(ctx.db, id, page);
  return { rows: rows.map((r) => ({ ...r, name: showName(r) })), total };
};

/** Somebody on the list was reached in another way; `reached` false takes it back. */
export function markReached(ctx: Ctx, session: Session, d: { id: number; customerId: CustomerId; reached: boolean }): void {
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!setReached(trx, { noticeId: d.id, customerId: d.customerId, at: d.reached ? at : null })) throw new AppError('notice.not-found');
    const action = d.reached ? 'notice.reached' : 'notice.not-reached';
    audit(trx, { at, staffId: session.staffId, action, subject: String(d.customerId), detail: { notice: d.id } });
  });
  ctx.journal.append([{ kind: 'notice', at, row: { notice: noticeRow(ctx.db, d.id), people: noticePerson(ctx.db, d.id, d.customerId) } }]);
}

type Words = Readonly<Record<string, string>>;

/**
 * Those who cannot be texted, as CSV: whoever bought it and how else to reach them. Before it is sent as of now, afterwards as it was
 * written down. Formulas are neutralised; the export is written in the log.
 */
export async function listFile(
  ctx: Ctx,
  session: Session,
  id: number,
  words: Words,
): Promise<{ name: string; text: string; people: number }> {
  const n = found(ctx, id);
  const rows =
    n.state === 'draft'
      ? (await plan(ctx, n)).told.filter((t) => t.reason !== null).map(({ buyer, reason }) => ({ ...buyer, reason, toldAt: null }))
      : noticed(ctx.db, id, { offset: 0, limit: 100_000 }).rows.filter((r) => r.reason !== null);
  const lines = rows.map((r) =>
    [
      r.lastName,
      r.firstName,
      r.company,
      r.phone,
      r.email,
      r.street,
      r.city,
      r.region,
      r.postalCode,
      r.boughtOn,
      r.gift ? 'yes' : '',
      words[r.reason ?? ''] ?? r.reason,
      r.toldAt === null ? '' : 'yes',
    ]
      .map((c) => csvCell(c ?? ''))
      .join(','),
  );
  const head = 'last_name,first_name,company,phone,email,street,city,state,zip,bought_on,gift,why_not_by_text,reached';
  audit(ctx.db, {
    at: ctx.clock.now(),
    staffId: session.staffId,
    action: 'notice.list-saved',
    subject: String(id),
    detail: { people: rows.length },
  });
  return { name: `${n.kind}-${n.fromDay}.csv`, text: `${[head, ...lines].join('\r\n')}\r\n`, people: rows.length };
}
