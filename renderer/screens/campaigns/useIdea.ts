import type { ReadyText } from '@domain/campaigns/templates';
import type { SegmentId } from '@domain/kernel';
import { type ApiError, call, toApiError } from '@renderer/api';
import { useState } from 'react';
import { changeBody, changePart } from './draft-parts';
import type { Fields, useDraft } from './useDraft';

const REPLY_DAYS = 3;

/** What a ready text changes in a draft: the words of one part, in English and Spanish. */
export function withText(fields: Fields, at: number, text: Pick<ReadyText, 'en' | 'es'>): Partial<Fields> {
  const own = changePart(fields, at, { body: text.en });
  if (text.es === '') return own;
  return { ...own, ...changeBody({ ...fields, ...own }, at, 'es.a.any', text.es) };
}

/** The words people can answer a ready text with, kept with the campaign unless it has words of its own. */
export async function keepReply(draft: Pick<ReturnType<typeof useDraft>, 'flush'>, text: Pick<ReadyText, 'reply'>): Promise<void> {
  const id = await draft.flush();
  if (id === null) return;
  if ((await call('inbox/reply-words', { campaignId: id })).length > 0) return;
  // HOLD is understood in Spanish too; other words stand side by side
  const words = text.reply.means === 'hold' && text.reply.en === 'HOLD' ? [text.reply.en] : [text.reply.en, text.reply.es];
  const { means } = text.reply;
  await call('inbox/save-reply-words', {
    campaignId: id,
    words: words.map((word) => ({ word, means, answerEn: '', answerEs: '', holdDays: REPLY_DAYS })),
  });
}

/** Turns an idea into a draft: its group, its name, its text with the reply words. */
export function useIdea(draft: ReturnType<typeof useDraft>, onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const start = async (idea: { name: string; text: ReadyText; group: () => Promise<SegmentId | null> | SegmentId | null }) => {
    setBusy(true);
    setError(undefined);
    try {
      const segmentId = await idea.group();
      const own = { ...changePart(draft.fields, 0, { segmentId }), name: idea.name };
      draft.change({ ...own, ...withText({ ...draft.fields, ...own }, 0, idea.text) });
      await keepReply(draft, idea.text);
      onDone();
    } catch (e) {
      setError(toApiError(e));
    } finally {
      setBusy(false);
    }
  };
  return { start, busy, error };
}
