import { AppError } from '../errors';

/**
 * - draft: being written
 * - scheduled: to be started at its time; with a pause reason it did not leave then and waits for the owner
 * - staging: the owner pressed send; rows are being written unseen
 * - sending: visible to the sender (also while it waits for the window)
 * - paused: by the owner or by the brake; nothing new leaves
 * - finished: every text has left or been skipped
 * - cancelled: what had not left will not
 */
export type CampaignState = 'draft' | 'scheduled' | 'staging' | 'sending' | 'paused' | 'finished' | 'cancelled';
export type CampaignAction =
  | 'schedule'
  | 'unschedule'
  | 'start'
  | 'staged'
  | 'start-failed'
  | 'start-put-off'
  | 'pause'
  | 'resume'
  | 'finish'
  | 'cancel';

const TABLE: Readonly<Record<CampaignState, Partial<Record<CampaignAction, CampaignState>>>> = {
  draft: { start: 'staging', schedule: 'scheduled' },
  scheduled: { start: 'staging', unschedule: 'draft', cancel: 'cancelled' },
  // "start" again: a crash between chunks left it here, and starting is safe to repeat.
  staging: { start: 'staging', staged: 'sending', 'start-failed': 'draft', 'start-put-off': 'scheduled', cancel: 'cancelled' },
  sending: { pause: 'paused', finish: 'finished', cancel: 'cancelled' },
  paused: { resume: 'sending', cancel: 'cancelled' },
  finished: {},
  cancelled: {},
};

/** What an action makes of a campaign; throws `campaign.bad-state` when it makes no sense there. The only place states change. */
export function advance(state: CampaignState, action: CampaignAction): CampaignState {
  const next = TABLE[state][action];
  if (next === undefined) throw new AppError('campaign.bad-state', { state, action });
  return next;
}

/** Whether an action is possible, for buttons. */
export const can = (state: CampaignState, action: CampaignAction): boolean => TABLE[state][action] !== undefined;
