import type { CampaignId } from '@domain/kernel';
import { blockedWords, pauseWords, waitWords } from '@renderer/screens/campaigns/sending-words';
import { historyLines } from '@renderer/screens/texts/text-words';
import { outbox } from '@renderer/strings/outbox';
import { texts } from '@renderer/strings/texts';
import type { Ctx } from '@services/ctx';
import { sendingStatus, uncertainList } from '@services/outbox/status';
import { listTexts, textHistory } from '@services/outbox/texts';

const w = outbox.en;

/** Every sentence of the campaign's page that tells about trouble, in the order of the screen. Nothing wrong reads nothing. */
export function ownerReads(ctx: Ctx, campaignId: CampaignId): string[] {
  const s = sendingStatus(ctx, campaignId);
  const { rows } = uncertainList(ctx, { campaignId, page: { offset: 0, limit: 50 } });
  const of = (kind: (typeof rows)[number]['kind']) => rows.filter((r) => r.kind === kind).length;
  const said: string[] = [];
  const open = s.total - s.done;
  const moving = open > 0 && (s.state === 'sending' || s.state === 'finished');
  if (s.state === 'paused' && open > 0) said.push(`${w.paused}: ${pauseWords(w, s.pauseReason ?? 'owner')}`);
  if (moving && s.blocked) said.push(blockedWords(w, s.blocked));
  if (of('not-confirmed') > 0) said.push(`${w.uncertainTitle(of('not-confirmed'), String(of('not-confirmed')))}. ${w.uncertainHint}`);
  if (of('refused') > 0) said.push(`${w.refusedTitle(of('refused'), String(of('refused')))}. ${w.refusedHint}`);
  if (of('looking') > 0) said.push(`${w.lookingTitle(of('looking'), String(of('looking')))}. ${w.lookingHint}`);
  if (moving) said.push(...s.waiting.filter((r) => r.reason !== '').map((r) => `${r.count}: ${waitWords(w, r.reason)}`));
  said.push(...s.skipped.map((r) => `${r.count}: ${waitWords(w, r.reason)}`));
  said.push(...s.errors.map((e) => `${e.count}: ${e.title}. ${e.whatToDo}`));
  return said;
}

/** The story of each text of a campaign, first to last: its titles joined. */
export function ownerReadsStories(ctx: Ctx, campaignId: CampaignId): string[] {
  const { rows } = listTexts(ctx, { view: 'all', find: '', campaignId, page: { offset: 0, limit: 200 } });
  return rows
    .map((r) => historyLines(texts.en, w, textHistory(ctx, r.outboxId)).map((l) => l.title))
    .map((titles) => titles.join(' → '))
    .reverse();
}
