import type { AutomationKind } from '@domain/automations/kinds';
import { readyAutomation } from '@domain/automations/ready';
import type { AutomationId } from '@domain/kernel';
import { call } from '@renderer/api';
import { kindWords } from '@renderer/strings/automation-kinds';

const REPLY_DAYS = 3;

/** Makes one of a kind, switched off, with its ready words in both languages and what people can answer with. */
export async function makeReady(kind: AutomationKind): Promise<AutomationId> {
  const ready = readyAutomation(kind);
  const { id } = await call('automations/make', {
    kind,
    name: kindWords[kind].name,
    pattern: {
      segmentId: null,
      body: ready.en,
      offerId: null,
      addStopLine: true,
      holdout: 'auto',
      goal: { kind: 'none', target: null },
      windowDays: 14,
      words: [{ part: 1, language: 'es', arm: 'a', links: 'any', body: ready.es }],
    },
  });
  if (ready.reply !== null) {
    const { en, es, means } = ready.reply;
    // HOLD is understood in Spanish too; other words stand side by side
    const words = means === 'hold' && en === 'HOLD' ? [en] : [en, es];
    const { patternId } = await call('automations/one', { id });
    await call('inbox/save-reply-words', {
      campaignId: patternId,
      words: words.map((word) => ({ word, means, answerEn: '', answerEs: '', holdDays: REPLY_DAYS })),
    });
  }
  return id;
}
