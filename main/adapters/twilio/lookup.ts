import type { CarrierLineType } from '@domain/customers/line-type';
import { AppError } from '@domain/errors';
import type { NumberLookup } from '@ports/number-lookup';
import type TwilioSDK from 'twilio';
import { loadClient, loopbackUrl, type TwilioOptions } from './client';
import { asAppError, CarrierFailure } from './failure';
import { GET_PAUSES_MS, retrying } from './retrying';

const TYPES: ReadonlySet<string> = new Set<CarrierLineType>([
  'mobile',
  'landline',
  'fixedVoip',
  'nonFixedVoip',
  'tollFree',
  'personal',
  'premium',
  'sharedCost',
  'uan',
  'voicemail',
  'pager',
  'unknown',
]);

/** A restricted key without the permission, and the product switched off for the account. */
const notAllowed = (error: unknown): boolean =>
  error instanceof CarrierFailure && (error.httpStatus === 401 || error.httpStatus === 403 || error.code === 20003 || error.code === 60606);

/** Twilio's Lookup v2, line type only: what is asked is paid, also a second time. */
export function makeTwilioLookup(options: TwilioOptions): NumberLookup {
  if (options.baseUrl !== undefined) loopbackUrl(options.baseUrl);
  let loading: Promise<TwilioSDK.Twilio> | undefined;
  const client = (): Promise<TwilioSDK.Twilio> => {
    loading ??= loadClient(options);
    return loading;
  };
  return {
    accountSid: options.accountSid,
    async lookUp(phone) {
      try {
        const sdk = await client();
        const found = await retrying(options.retryPausesMs ?? GET_PAUSES_MS, () =>
          sdk.lookups.v2.phoneNumbers(phone).fetch({ fields: 'line_type_intelligence' }),
        );
        const said: unknown = found.lineTypeIntelligence;
        const type = typeof said === 'object' && said !== null ? (said as { type?: unknown }).type : null;
        return { valid: found.valid === true, type: typeof type === 'string' && TYPES.has(type) ? (type as CarrierLineType) : null };
      } catch (error) {
        if (notAllowed(error)) throw new AppError('lookup.not-allowed');
        // a number it has never heard of
        if (error instanceof CarrierFailure && error.httpStatus === 404) return { valid: false, type: null };
        throw asAppError(error);
      }
    },
  };
}
