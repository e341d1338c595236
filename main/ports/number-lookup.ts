import type { CarrierLineType } from '@domain/customers/line-type';
import type { PhoneE164 } from '@domain/kernel';

/** What the carrier's paid look-up says about one number. */
export interface LookedUp {
  /** False: no such number can exist. */
  valid: boolean;
  /** Null: it could not tell (another country that needs an approval, or its own trouble). */
  type: CarrierLineType | null;
}

/**
 * Paid questions about one number each, at the shop's own cost; never asked by the sender. Throws AppError('lookup.not-allowed') when the
 * key may not, else 'sms.refused-key' | 'sms.unreachable' | 'sms.rejected'.
 */
export interface NumberLookup {
  readonly accountSid: string;
  lookUp(phone: PhoneE164): Promise<LookedUp>;
}
