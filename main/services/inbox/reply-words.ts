import { campaignById } from '@db/queries/campaigns';
import { joinWordFor } from '@db/queries/join-words';
import { type ReplyWord, replyWords, saveReplyWords } from '@db/queries/replies';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { countSegments } from '@domain/campaigns/sms-text';
import { readReply } from '@domain/consent/reply';
import type { TaskKind } from '@domain/counter/task';
import { AppError } from '@domain/errors';
import { keptUntil } from '@domain/inbox/after-hours';
import { tidyReplyWord } from '@domain/inbox/campaign-words';
import { longestReplyWordText, replyWordText } from '@domain/inbox/menu';
import type { CampaignId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';

export type CampaignWord = Omit<ReplyWord, 'campaignId'>;
export interface ShownWord extends CampaignWord {
  /** What somebody who answers it now would read. */
  says: { en: string; es: string };
}

/** The words people can answer a campaign with, and what we would say. */
export function campaignWords(ctx: Ctx, id: CampaignId): ShownWord[] {
  const { shop } = ctx.settings();
  const now = ctx.clock.now();
  return replyWords(ctx.db, id).map(({ campaignId: _, ...w }) => {
    const until = keptUntil(now, w.holdDays, shop);
    const says = (language: 'en' | 'es') => replyWordText(shop.name, w, until, shopDay(now, shop.zone), language);
    return { ...w, says: { en: says('en'), es: says('es') } };
  });
}

/** Why a word cannot be one. */
export type BadWord = 'shape' | 'twice' | 'stop' | 'join' | 'long';

/** A word must be one word nobody uses for anything else: not a stop, HELP, START or LESS, no number of a menu, not the word of a sign. */
function badWord(ctx: Ctx, word: string, others: readonly string[]): BadWord | null {
  const tidy = tidyReplyWord(word);
  if (tidy === null || /^\d+$/.test(tidy)) return 'shape';
  if (others.includes(tidy)) return 'twice';
  const { customStopWords } = ctx.settings().texting;
  const reading = readReply(tidy, { customStopWords, pendingDoubleOptIn: true, carrierStopped: true });
  if (reading.meaning !== 'message' || reading.command !== null) return 'stop';
  return joinWordFor(ctx.db, tidy) === null ? null : 'join';
}

/**
 * Keeps what a campaign's people can answer with. Also while it is being sent: whoever answers later gets what stands here then.
 * @throws AppError campaign.not-found | campaign.bad-state | input.invalid (`field`: the word, `why`: BadWord)
 */
export function keepCampaignWords(
  ctx: Ctx,
  session: Session,
  id: CampaignId,
  words: readonly { word: string; means: TaskKind; answerEn: string; answerEs: string; holdDays: number }[],
): void {
  const { shop } = ctx.settings();
  const campaign = campaignById(ctx.db, id);
  if (!campaign) throw new AppError('campaign.not-found');
  if (campaign.state === 'cancelled') throw new AppError('campaign.bad-state', { state: campaign.state, action: 'words' });
  const tidy: CampaignWord[] = [];
  for (const w of words) {
    const bad = badWord(
      ctx,
      w.word,
      tidy.map((t) => t.word),
    );
    if (bad) throw new AppError('input.invalid', { field: w.word, why: bad });
    for (const [language, answer] of [
      ['en', w.answerEn],
      ['es', w.answerEs],
    ] as const) {
      if (answer.trim() !== '' && countSegments(longestReplyWordText(shop.name, answer.trim(), language)).segments > 1) {
        throw new AppError('input.invalid', { field: w.word, why: 'long' });
      }
    }
    tidy.push({ ...w, word: tidyReplyWord(w.word) ?? '', answerEn: w.answerEn.trim(), answerEs: w.answerEs.trim() });
  }
  ctx.db.tx((trx) => {
    saveReplyWords(trx, id, tidy);
    audit(trx, {
      at: ctx.clock.now(),
      staffId: session.staffId,
      action: 'campaign.reply-words',
      subject: String(id),
      detail: { words: tidy.map((w) => w.word).join(' ') },
    });
  });
}
