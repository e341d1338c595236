import type { PersonReason } from '@domain/campaigns/audience';
import type { CampaignChannels } from '@domain/campaigns/channels';
import type { CampaignState } from '@domain/campaigns/state';
import type { OutboxState } from '@domain/outbox/state';
import type { CampaignWords } from '@renderer/strings/campaigns';
import { mailComposer } from '@renderer/strings/mail-composer';
import { outbox } from '@renderer/strings/outbox';
import type { ChipTone } from '@renderer/ui';

/** Words for why somebody gets no text: decided when it was sent, or at the last moment. */
export function reasonWords(reason: string, w: CampaignWords, channels: CampaignChannels = 'sms'): string {
  if (reason === 'not-permitted' && channels !== 'sms') return mailComposer.en.notAgreed[channels === 'email' ? 'email' : 'both'];
  if (reason in w.reasons) return w.reasons[reason as PersonReason];
  const late = outbox.en.reason;
  return reason in late ? late[reason as keyof typeof late] : late.other;
}

/** Whom a campaign is for: its group, or how many there are; '' while none is chosen. */
export const groupsOf = (c: { more: readonly unknown[]; segmentName: string | null }, w: CampaignWords): string =>
  c.more.length > 0 ? w.groups(c.more.length + 1) : (c.segmentName ?? '');

const TONES: Record<CampaignState, ChipTone> = {
  draft: 'neutral',
  scheduled: 'info',
  staging: 'info',
  sending: 'info',
  paused: 'warn',
  finished: 'good',
  cancelled: 'neutral',
};
export const stateChips = (w: CampaignWords): Record<CampaignState, { label: string; tone: ChipTone }> =>
  Object.fromEntries(Object.entries(TONES).map(([s, tone]) => [s, { label: w.states[s as CampaignState], tone }])) as Record<
    CampaignState,
    { label: string; tone: ChipTone }
  >;

const TEXT_TONES: Partial<Record<OutboxState, ChipTone>> = {
  delivered: 'good',
  undelivered: 'danger',
  failed: 'danger',
  rejected: 'danger',
  uncertain: 'warn',
  sending: 'info',
  accepted: 'info',
  queued: 'info',
  sent: 'info',
};
export const textTone = (s: OutboxState): ChipTone => TEXT_TONES[s] ?? 'neutral';
