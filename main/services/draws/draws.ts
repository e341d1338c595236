import {
  allDraws,
  cancelDrawRow,
  countEntries,
  type DrawRow,
  deleteDraft,
  drawById,
  drawnDraw,
  entriesOf,
  insertDraw,
  insertPick,
  openDrawRow,
  pageOfEntries,
  picksOf,
  repliesReadAt,
  updateDraw,
} from '@db/queries/draws';
import { joinWordFor } from '@db/queries/join-words';
import { audit } from '@db/queries/staff';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { sha256Hex } from '@domain/consent/hmac';
import { readReply } from '@domain/consent/reply';
import { showPhone } from '@domain/customers/show-phone';
import { commitmentOf, drawTickets, shownWinner } from '@domain/draws/draw';
import { type DrawRules, type DrawTerms, missingRules, officialRules } from '@domain/draws/rules';
import { AppError } from '@domain/errors';
import { tidyReplyWord } from '@domain/inbox/campaign-words';
import { type Cents, DAY, MINUTE, type ShopDay, type UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { enterReplies } from './entries';
import { journalDraw } from './journal';
import { giveTo } from './winners';

export interface DrawInput {
  id: number | null;
  name: string;
  /** People answer with it; null = only at the counter. */
  word: string | null;
  opensOn: ShopDay;
  closesOn: ShopDay;
  winners: number;
  alternates: number;
  rules: DrawRules;
}

const SEED_BYTES = 32;

export function drawOf(ctx: Ctx, id: number): DrawRow {
  const draw = drawById(ctx.db, id);
  if (!draw) throw new AppError('draw.not-found');
  return draw;
}

/**
 * A word nobody uses for anything else, as for the words of a campaign.
 * @throws AppError draw.word-taken
 */
function wordOf(ctx: Ctx, id: number | null, typed: string | null): string | null {
  if (typed === null || typed.trim() === '') return null;
  const word = tidyReplyWord(typed);
  const { customStopWords } = ctx.settings().texting;
  const reading = word === null ? null : readReply(word, { customStopWords, pendingDoubleOptIn: true, carrierStopped: true });
  const other = allDraws(ctx.db).some((d) => d.id !== id && d.state === 'open' && d.word === word);
  if (
    word === null ||
    /^\d+$/.test(word) ||
    reading?.meaning !== 'message' ||
    reading.command !== null ||
    other ||
    joinWordFor(ctx.db, word)
  ) {
    throw new AppError('draw.word-taken');
  }
  return word;
}

/** @throws AppError input.invalid {field: name | closesOn} | draw.word-taken | draw.bad-state */
export function saveDraw(ctx: Ctx, session: Session, input: DrawInput): number {
  const name = input.name.trim();
  if (name === '') throw new AppError('input.invalid', { field: 'name' });
  if (input.closesOn < input.opensOn) throw new AppError('input.invalid', { field: 'closesOn' });
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const terms = {
    name,
    rules: input.rules,
    word: wordOf(ctx, input.id, input.word),
    opensAt: startOfDay(input.opensOn, zone),
    closesAt: startOfDay(addDays(input.closesOn, 1), zone),
    winners: input.winners,
    alternates: input.alternates,
  };
  return ctx.db.tx((trx) => {
    const id = input.id ?? insertDraw(trx, terms, now);
    if (input.id !== null && !updateDraw(trx, input.id, terms, now)) throw new AppError('draw.bad-state');
    audit(trx, { at: now, staffId: session.staffId, action: 'draw.saved', subject: String(id) });
    return id;
  });
}

export function termsOf(ctx: Ctx, d: DrawRow): DrawTerms {
  const { shop, texting } = ctx.settings();
  const number = texting.numbers[0] ?? (texting.sender?.kind === 'number' ? texting.sender.number : null);
  return {
    name: d.name,
    word: d.word,
    number: number === null ? null : showPhone(number),
    opensOn: shopDay(d.opensAt, shop.zone),
    closesOn: shopDay((d.closesAt - 1) as UtcMs, shop.zone),
    winners: d.winners,
    alternates: d.alternates,
    rules: d.rules,
  };
}

/** The official rules as printed and hashed: from the opening on as they were opened. */
export function rulesOf(ctx: Ctx, d: DrawRow): { en: string[]; es: string[] } {
  if (d.said !== null) return d.said;
  const { currency } = ctx.settings().shop;
  const terms = termsOf(ctx, d);
  const say = (language: 'en' | 'es') => {
    const locale = language === 'es' ? 'es-US' : 'en-US';
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    const unit = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    return officialRules(terms, language, {
      money: (c: Cents) => format.format(c / unit),
      day: (d2: ShopDay) => day.format(Date.parse(`${d2}T12:00:00Z`)),
    });
  };
  return { en: say('en'), es: say('es') };
}

/**
 * Opens a draw whose rules are complete: the seed is drawn and committed to before anybody has entered.
 * @throws AppError draw.rules-missing {field} | draw.bad-state | input.invalid {field: closesOn}
 */
export function openDraw(ctx: Ctx, session: Session, id: number): void {
  const d = drawOf(ctx, id);
  const now = ctx.clock.now();
  const [missing] = missingRules(d.rules);
  if (missing !== undefined) throw new AppError('draw.rules-missing', { field: missing });
  if (d.closesAt <= now) throw new AppError('input.invalid', { field: 'closesOn' });
  wordOf(ctx, id, d.word);
  const seed = [...ctx.randomBytes(SEED_BYTES)].map((b) => b.toString(16).padStart(2, '0')).join('');
  const { en, es } = rulesOf(ctx, d);
  const rulesHash = sha256Hex([...en, '', ...es].join('\n'));
  ctx.db.tx((trx) => {
    if (!openDrawRow(trx, id, { seed, seedHash: commitmentOf(seed), said: { en, es }, rulesHash, now }))
      throw new AppError('draw.bad-state');
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'draw.opened',
      subject: String(id),
      detail: { commitment: commitmentOf(seed) },
    });
  });
  journalDraw(ctx, id);
}

/** The carrier's list shows messages late (rules.md §4): read so long after its end, it held every answer written before. */
const SHOWN_LATE_MS = 10 * MINUTE;

/** Whether every reply written before the end is known; without a word or without texting there is none. */
const repliesRead = (ctx: Ctx, d: DrawRow): boolean =>
  d.word === null || ctx.settings().texting.mode === 'none' || (repliesReadAt(ctx.db) ?? 0) >= d.closesAt + SHOWN_LATE_MS;

/**
 * Draws winners and alternates once entries are closed and every reply written before then has been read.
 * @throws AppError draw.not-over | draw.replies-unread | draw.nobody | draw.bad-state
 */
export function drawNow(ctx: Ctx, session: Session, id: number): void {
  const now = ctx.clock.now();
  const d = drawOf(ctx, id);
  if (d.state !== 'open' || d.seed === null) throw new AppError('draw.bad-state');
  if (now < d.closesAt) throw new AppError('draw.not-over');
  if (!repliesRead(ctx, d)) throw new AppError('draw.replies-unread');
  enterReplies(ctx, d);
  const { seed } = d;
  ctx.db.tx((trx) => {
    const entries = entriesOf(trx, id);
    if (entries.length === 0) throw new AppError('draw.nobody');
    const byTicket = new Map(entries.map((e) => [e.ticket, e]));
    const { listHash, order } = drawTickets(seed, [...byTicket.keys()]);
    if (!drawnDraw(trx, id, listHash, now)) throw new AppError('draw.bad-state');
    order.slice(0, d.winners + d.alternates).forEach(({ ticket }, i) => {
      const entry = byTicket.get(ticket);
      if (!entry) return;
      insertPick(trx, { drawId: id, place: i + 1, entryId: entry.id, state: i < d.winners ? 'won' : 'waiting', at: now });
      if (i < d.winners) giveTo(ctx, trx, d, i + 1, entry, session);
    });
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'draw.drawn',
      subject: String(id),
      detail: { entries: entries.length, listHash },
    });
  });
  journalDraw(ctx, id);
}

/** Called off while open: nobody wins, what was entered stays on record. */
export function cancelDraw(ctx: Ctx, session: Session, id: number): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!cancelDrawRow(trx, id, now)) throw new AppError('draw.bad-state');
    audit(trx, { at: now, staffId: session.staffId, action: 'draw.cancelled', subject: String(id) });
  });
  journalDraw(ctx, id);
}

export function removeDraw(ctx: Ctx, session: Session, id: number): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!deleteDraft(trx, id)) throw new AppError('draw.bad-state');
    audit(trx, { at: now, staffId: session.staffId, action: 'draw.removed', subject: String(id) });
  });
}

/** Where a draw stands by the clock. */
const phaseOf = (d: DrawRow, now: UtcMs): 'draft' | 'ahead' | 'open' | 'over' | 'drawn' | 'cancelled' =>
  d.state !== 'open' ? d.state : now < d.opensAt ? 'ahead' : now < d.closesAt ? 'open' : 'over';

function summary(ctx: Ctx, d: DrawRow) {
  const { opensOn, closesOn } = termsOf(ctx, d);
  return {
    id: d.id,
    name: d.name,
    prize: d.rules.prize,
    phase: phaseOf(d, ctx.clock.now()),
    opensOn,
    closesOn,
    entries: countEntries(ctx.db, d.id).total,
  };
}

export const listDraws = (ctx: Ctx) => allDraws(ctx.db).map((d) => summary(ctx, d));

/** One draw with all the owner sees; the seed only once it has done its work. */
export function getDraw(ctx: Ctx, id: number) {
  const found = drawOf(ctx, id);
  if (found.state === 'open' && !ctx.db.raw.readonly) enterReplies(ctx, found);
  const { rulesHash, seedHash, committedAt, listHash, drawnAt, rules, word, winners, alternates } = found;
  return {
    ...summary(ctx, found),
    word,
    winners,
    alternates,
    rules,
    missing: missingRules(rules),
    rulesText: rulesOf(ctx, found),
    rulesHash,
    seedHash,
    committedAt,
    listHash,
    drawnAt,
    seed: found.state === 'drawn' ? found.seed : null,
    counts: countEntries(ctx.db, id),
    number: termsOf(ctx, found).number,
    picks: picksOf(ctx.db, id),
    repliesRead: repliesRead(ctx, found),
    claimBy: drawnAt === null ? null : shopDay((drawnAt + rules.claimDays * DAY) as UtcMs, ctx.settings().shop.zone),
  };
}

export const entriesPage = (ctx: Ctx, id: number, page: { offset: number; limit: number }) => ({
  total: countEntries(ctx.db, id).total,
  rows: pageOfEntries(ctx.db, id, page),
});

/** All anybody needs to recompute a draw: every ticket, the seed, the list's hash, and who won as paper may show it. */
export function drawRecord(ctx: Ctx, id: number) {
  const d = drawOf(ctx, id);
  if (d.state !== 'drawn' || d.seed === null) throw new AppError('draw.bad-state');
  const tickets = entriesOf(ctx.db, id).map((e) => e.ticket);
  const lots = new Map(drawTickets(d.seed, tickets).order.map((o) => [o.ticket, o.lot]));
  const picks = picksOf(ctx.db, id).map((p) => ({
    place: p.place,
    ticket: p.ticket,
    lot: lots.get(p.ticket) ?? '',
    who: shownWinner(p.name, p.phone),
    state: p.state,
    winner: p.place <= d.winners,
  }));
  return { tickets, picks };
}
