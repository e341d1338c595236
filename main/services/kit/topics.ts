import { campaignAsksFor, joinWord, listJoinWords, putJoinWord, retireJoinWord } from '@db/queries/join-words';
import { audit } from '@db/queries/staff';
import { listTopics, putTopic, type Topic } from '@db/queries/topics';
import { AppError } from '@domain/errors';
import { type JoinSource, type KitSource, mayBeJoinWord, tidyWord } from '@domain/kit/join-word';
import type { Ctx, Session } from '../ctx';

type Trx = Parameters<typeof putTopic>[0];

/** A word may be given to a place when the rules allow it and no other place ever had it: old signs must keep their meaning. */
function fitWord(ctx: Ctx, trx: Trx, typed: string, place: { source: JoinSource; topic: string | null }): string {
  const word = tidyWord(typed);
  const why = mayBeJoinWord(typed, ctx.settings().texting.customStopWords);
  if (why !== null) throw new AppError('kit.word-refused', { word: word.slice(0, 20), why });
  if (campaignAsksFor(trx, word)) throw new AppError('kit.word-taken', { word });
  const known = joinWord(trx, word);
  if (known && (known.source !== place.source || known.topic !== place.topic)) throw new AppError('kit.word-taken', { word });
  return word;
}

/** Makes a word the printed one of its place; the one before keeps working. */
function give(ctx: Ctx, trx: Trx, word: string, place: { source: JoinSource; topic: string | null; label?: string }): void {
  if (place.source !== 'custom') retireJoinWord(trx, place.source, place.topic);
  putJoinWord(trx, { ...place, label: place.label ?? '', word, current: true, active: true, createdAt: ctx.clock.now() });
}

/** The name under which the ledger knows a topic: from its English name, never given twice. */
function slugFor(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 30) || 'topic';
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}

/** A topic, new or changed, with its JOIN word. Throws `kit.topic-not-found`, `kit.word-refused`, `kit.word-taken`. */
export function saveTopic(
  ctx: Ctx,
  session: Session,
  input: { slug: string | null; name: Topic['name']; about: Topic['about']; joinWord: string | null; active: boolean },
): { slug: string } {
  return ctx.db.tx((trx) => {
    const all = listTopics(trx, { all: true });
    const before = all.find((t) => t.slug === input.slug);
    if (input.slug !== null && !before) throw new AppError('kit.topic-not-found');
    const slug = before?.slug ?? slugFor(input.name.en, new Set(all.map((t) => t.slug)));
    const topic: Topic = {
      slug,
      name: input.name,
      about: input.about,
      joinWord: null,
      position: before?.position ?? Math.max(0, ...all.map((t) => t.position)) + 1,
      active: input.active,
    };
    if (!before) putTopic(trx, topic); // its word points at it
    const place = { source: 'topic' as const, topic: slug };
    const typed = input.joinWord?.trim() || null;
    const word = typed === null ? null : fitWord(ctx, trx, typed, place);
    if (word === null) retireJoinWord(trx, 'topic', slug);
    else if (word !== before?.joinWord) give(ctx, trx, word, place);
    putTopic(trx, { ...topic, joinWord: word });
    // who texts the word of a club that ended would join something nobody speaks about: it is a message to the shop instead
    for (const w of listJoinWords(trx)) if (w.topic === slug && w.active !== input.active) putJoinWord(trx, { ...w, active: input.active });
    audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action: 'kit.topic', subject: slug, detail: { active: input.active } });
    return { slug };
  });
}

/** The order customers see; topics that are not named keep theirs after them. */
export function orderTopics(ctx: Ctx, slugs: readonly string[]): void {
  ctx.db.tx((trx) => {
    const at = (t: Topic) => {
      const i = slugs.indexOf(t.slug);
      return i < 0 ? slugs.length + t.position : i;
    };
    const sorted = listTopics(trx, { all: true }).sort((a, b) => at(a) - at(b));
    for (const [i, t] of sorted.entries()) putTopic(trx, { ...t, position: i + 1 });
  });
}

/** Another word for a place of the kit, or for a place of the owner's own. */
export function saveJoinWord(
  ctx: Ctx,
  session: Session,
  input: { source: KitSource; word: string } | { source: 'custom'; word: string; label: string },
): { word: string } {
  return ctx.db.tx((trx) => {
    const word = fitWord(ctx, trx, input.word, { source: input.source, topic: null });
    give(ctx, trx, word, { source: input.source, topic: null, ...(input.source === 'custom' && { label: input.label }) });
    audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action: 'kit.word', subject: word, detail: { source: input.source } });
    return { word };
  });
}

/** Ends a word, or lets it sign people up again. The one printed now on a piece of the kit cannot end: give that place another first. */
export function allowJoinWord(ctx: Ctx, session: Session, input: { word: string; active: boolean }): void {
  ctx.db.tx((trx) => {
    const known = joinWord(trx, tidyWord(input.word));
    if (!known) throw new AppError('input.invalid', { field: 'word' });
    if (!input.active && known.current && known.source !== 'custom') throw new AppError('kit.word-printed', { word: known.word });
    putJoinWord(trx, { ...known, active: input.active });
    audit(trx, {
      at: ctx.clock.now(),
      staffId: session.staffId,
      action: 'kit.word',
      subject: known.word,
      detail: { active: input.active },
    });
  });
}

/** Every word there ever was. */
export const joinWords = (ctx: Ctx) => listJoinWords(ctx.db);
