import { keepWording } from '@db/queries/consent';
import { joinWord, listJoinWords } from '@db/queries/join-words';
import { waitingConfirmations } from '@db/queries/kit';
import { topicOf } from '@db/queries/topics';
import { notePrinted } from '@db/queries/wordings';
import type { Language, Wording } from '@domain/consent/wording';
import { showPhone } from '@domain/customers/show-phone';
import { AppError } from '@domain/errors';
import { DAY } from '@domain/kernel';
import { tidyWord } from '@domain/kit/join-word';
import { smsLink } from '@domain/kit/link';
import { needsOf, type Piece, sourceOf } from '@domain/kit/pieces';
import { currentWording, textingNumber } from '../consent/texts';
import type { Ctx } from '../ctx';
import { topicNames, wordOf } from './words';

const LANGUAGES = ['en', 'es'] as const;

/** The kit at a glance: which number people text, and what happens to those who sign up before the carriers have approved it. */
export function kitOverview(ctx: Ctx) {
  const { texting, shop, courtesy } = ctx.settings();
  const number = textingNumber(texting);
  const waiting = waitingConfirmations(ctx.db);
  return {
    number,
    numberShown: number === null ? null : showPhone(number, shop.country),
    mode: texting.mode,
    approved: texting.mode !== 'none' && texting.senderApproved,
    waiting: waiting.count,
    oldestDays: waiting.oldest === null ? null : Math.floor((ctx.clock.now() - waiting.oldest) / DAY),
    promiseMax: courtesy.promisePerMonth,
  };
}

/** The words on a piece: of a sign with its JOIN word, or of the paper form. */
function wordingOn(ctx: Ctx, language: Language, word: string | null): Wording {
  return word === null ? currentWording(ctx, 'sign-up', language) : currentWording(ctx, 'sign', language, undefined, word);
}

/** Which word a piece shows: the one asked for when it is in use, else its own. */
function wordOn(ctx: Ctx, piece: Piece, asked: string | null): string | null {
  const source = sourceOf(piece);
  if (source === null) return null;
  if (asked === null) return wordOf(ctx, source);
  const known = joinWord(ctx.db, tidyWord(asked));
  if (!known?.active) throw new AppError('input.invalid', { field: 'word' });
  return known.word;
}

function clubOf(ctx: Ctx, word: string | null): { en: string; es: string } | null {
  const topic = word === null ? null : (joinWord(ctx.db, word)?.topic ?? null);
  return topic === null ? null : (topicOf(ctx.db, topic)?.name ?? null);
}

/** Everything that stands on one piece of the kit, in both languages, and what is missing for it. */
export function kitPiece(ctx: Ctx, piece: Piece, asked: string | null) {
  const { shop, texting, courtesy } = ctx.settings();
  const number = textingNumber(texting);
  const word = wordOn(ctx, piece, asked);
  const { name, street, city, region, phone, email, website } = shop;
  const texts = (language: Language) => {
    const { text, hash, version } = wordingOn(ctx, language, word);
    return { text, hash, version };
  };
  const source = sourceOf(piece);
  return {
    piece,
    word,
    /** The club its word is of, as customers know it; null = a word of a place. */
    club: clubOf(ctx, word),
    /** Words it may show instead: of topics and of the owner's own places. */
    words: listJoinWords(ctx.db)
      .filter((w) => w.active && w.current && (w.source === source || (source !== null && (w.source === 'topic' || w.source === 'custom'))))
      .map(({ word: w, source: s, label, topic }) => ({ word: w, source: s, label, topic })),
    number,
    numberShown: number === null ? null : showPhone(number, shop.country),
    link: number === null || word === null ? null : smsLink(number, word),
    shop: { name, street, city, region, phone, email, website },
    promiseMax: courtesy.promisePerMonth,
    topics: { en: topicNames(ctx, 'en'), es: topicNames(ctx, 'es') },
    wording: { en: texts('en'), es: texts('es') },
    needs: needsOf(piece, {
      name,
      phone,
      email,
      website,
      hasNumber: number !== null,
      approved: texting.mode !== 'none' && texting.senderApproved,
    }),
  };
}

/**
 * A piece was printed, saved or copied: from now on who texts its word is taken to have read these words (consent/texts.ts signShown),
 * and forms that come back can be held against theirs.
 */
export function pieceLeft(ctx: Ctx, input: { piece: Piece; word: string | null; languages: readonly Language[] }): void {
  const word = wordOn(ctx, input.piece, input.word);
  const now = ctx.clock.now();
  const promiseMax = ctx.settings().courtesy.promisePerMonth;
  ctx.db.tx((trx) => {
    for (const language of LANGUAGES.filter((l) => input.languages.includes(l))) {
      const wording = wordingOn(ctx, language, word);
      keepWording(trx, wording, now);
      if (word !== null) notePrinted(trx, { word, language, hash: wording.hash, piece: input.piece, promiseMax, at: now });
    }
  });
}
