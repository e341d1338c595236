import type { Db } from '@db/open';
import type { FoldedState } from '@domain/consent/status';
import type { PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

// Placeholder until services/consent and services/inbox are there.
export function consentOf(_db: Db, _key: Uint8Array, _phone: PhoneE164, _now: UtcMs): readonly FoldedState[] {
  return [];
}
export function recordStop(
  _ctx: Ctx,
  _stop: { phone: PhoneE164; method: 'carrier'; reason: string; carrierStop: boolean; staffId: StaffId | null; occurredAt: UtcMs },
): void {}
export async function syncReplies(_ctx: Ctx): Promise<void> {}
