import type { Trx } from '@db/open';
import { insertTaskOnce } from '@db/queries/counter-tasks';
import type { OpenHours } from '@domain/counter/open-hours';
import { dueOf, type TaskKind } from '@domain/counter/task';
import type { CampaignId, CustomerId, PhoneE164, StaffId, UtcMs } from '@domain/kernel';

export interface TaskDraft {
  kind: TaskKind;
  customerId: CustomerId | null;
  /** The number it was written from. */
  address: PhoneE164 | null;
  /** What is to be done, in the shop's words ("Hold the blue runner"). */
  words: string;
  campaignId?: CampaignId | null;
  /** The reply it comes from: the same one never makes a second task. */
  inboundSid?: string | null;
  /** Left out: by the shop's hours (`shop`), see domain/counter/task.ts. */
  dueAt?: UtcMs | null;
  shop?: OpenHours;
  /** When it was asked for: the reply's own time. */
  at: UtcMs;
  /** Null: by itself, from a reply. */
  staffId?: StaffId | null;
}

const LONGEST = 300;

/**
 * Work for the counter, written in the caller's transaction and announced by it (topic `inbox`). A reply taken twice, after a crash or
 * a restored backup, has one task.
 */
export function openCounterTask(trx: Trx, t: TaskDraft): { id: number; isNew: boolean } {
  const dueAt = t.dueAt !== undefined ? t.dueAt : t.shop ? dueOf(t.kind, t.at, t.shop) : null;
  return insertTaskOnce(trx, {
    kind: t.kind,
    customerId: t.customerId,
    address: t.address,
    words: t.words.replace(/\s+/g, ' ').trim().slice(0, LONGEST),
    campaignId: t.campaignId ?? null,
    inboundSid: t.inboundSid ?? null,
    dueAt,
    createdAt: t.at,
    createdBy: t.staffId ?? null,
  });
}
