import type { Db } from '@db/open';
import { addressHmac } from '@domain/consent/hmac';
import type { ConsentState, FoldedState } from '@domain/consent/status';
import type { PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

// Placeholder until services/consent and services/inbox are there.
export function consentOf(db: Db, key: Uint8Array, phone: PhoneE164, _now: UtcMs): readonly FoldedState[] {
  const rows = db.prepare("SELECT * FROM consent_state WHERE address_hmac = ? AND channel = 'sms'").all(addressHmac(key, phone)) as Record<
    string,
    unknown
  >[];
  return rows.map((r) => ({
    purpose: r['purpose'] as string,
    state: r['state'] as ConsentState,
    promiseMax: r['promise_max'] as number | null,
    since: r['since'] as UtcMs,
    expiresAt: r['expires_at'] as UtcMs | null,
    eventId: r['event_id'] as number,
    carrierStop: r['carrier_stop'] === 1,
  }));
}
export function recordStop(
  _ctx: Ctx,
  _stop: { phone: PhoneE164; method: 'carrier'; reason: string; carrierStop: boolean; staffId: StaffId | null; occurredAt: UtcMs },
): void {}
export async function syncReplies(_ctx: Ctx): Promise<void> {}
