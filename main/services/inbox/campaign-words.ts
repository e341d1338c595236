import { joinWordFor } from '@db/queries/join-words';
import { campaignLife, replyWords, saveReplyWords } from '@db/queries/replies';
import { audit } from '@db/queries/staff';
import { countSegments } from '@domain/campaigns/sms-text';
import { readReply } from '@domain/consent/reply';
import type { TaskKind } from '@domain/counter/task';
import { AppError } from '@domain/errors';
import { tidyReplyWord } from '@domain/inbox/campaign-words';
import { longestReplyWordText } from '@domain/inbox/menu';
import type { CampaignId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';

export interface CampaignWord {
  word: string;
  means: TaskKind;
  answerEn: string;
  answerEs: string;
  holdDays: number;
}

export const campaignWordsOf = (ctx: Ctx, id: CampaignId): CampaignWord[] =>
  replyWords(ctx.db, id).map(({ word, means, answerEn, answerEs, holdDays }) => ({
    word,
    means: means as TaskKind,
    answerEn,
    answerEs,
    holdDays,
  }));

/**
 * The words people may answer a campaign with. Refused: a word that means something already (STOP, YES, LESS, a JOIN word), the same
 * word twice, an answer that needs a second text.
 * @throws AppError campaign.not-found | input.invalid {field: word | answer}
 */
export function saveCampaignWords(ctx: Ctx, session: Session, id: CampaignId, words: readonly CampaignWord[]): void {
  const { shop, texting } = ctx.settings();
  const kept = words.map((w) => {
    const word = tidyReplyWord(w.word);
    if (word === null || /^\d+$/.test(word)) throw new AppError('input.invalid', { field: 'word' });
    const reading = readReply(word, { pendingDoubleOptIn: true, carrierStopped: true, customStopWords: texting.customStopWords });
    if (reading.meaning !== 'message' || reading.command !== null || joinWordFor(ctx.db, word) !== null) {
      throw new AppError('input.invalid', { field: 'word' });
    }
    for (const [language, text] of [['en', w.answerEn] as const, ['es', w.answerEs] as const]) {
      if (text !== '' && countSegments(longestReplyWordText(shop.name, text, language)).segments > 1) {
        throw new AppError('input.invalid', { field: 'answer' });
      }
    }
    return { ...w, word };
  });
  if (new Set(kept.map((w) => w.word)).size !== kept.length) throw new AppError('input.invalid', { field: 'word' });
  ctx.db.tx((trx) => {
    if (campaignLife(trx, id) === undefined) throw new AppError('campaign.not-found');
    saveReplyWords(trx, id, kept);
    audit(trx, {
      at: ctx.clock.now(),
      staffId: session.staffId,
      action: 'campaign.reply-words',
      subject: String(id),
      detail: { words: kept.map((w) => w.word).join(' ') },
    });
  });
}
