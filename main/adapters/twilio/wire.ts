import type { Micros, UtcMs } from '@domain/kernel';
import type { CarrierMessage, CarrierStatus } from '@ports/sms-gateway';

/** Twilio's decimal text (`"-0.00830"`) as positive millionths; null while there is no price. */
export function toMicros(decimal: string | number | null | undefined): Micros | null {
  if (decimal === null || decimal === undefined || decimal === '') return null;
  const value = Number(decimal);
  return Number.isFinite(value) ? (Math.abs(Math.round(value * 1e6)) as Micros) : null;
}

/** A balance keeps its sign: an account can be overdrawn. */
export function toSignedMicros(decimal: string | number): Micros {
  const value = Number(decimal);
  return (Number.isFinite(value) ? Math.round(value * 1e6) : 0) as Micros;
}

const instant = (d: Date | null | undefined): UtcMs | null => (d && !Number.isNaN(d.getTime()) ? (d.getTime() as UtcMs) : null);

/** The fields of the SDK's MessageInstance that we read. */
export interface SdkMessage {
  sid: string;
  direction: string;
  from: string | null;
  to: string;
  messagingServiceSid: string | null;
  body: string | null;
  status: string;
  errorCode: number | null;
  numSegments: string | null;
  numMedia: string | null;
  price: string | null;
  priceUnit: string | null;
  dateCreated: Date | null;
  dateSent: Date | null;
  dateUpdated: Date | null;
}

/** An SDK message in our units. Twilio's instants have one-second resolution. */
export function toMessage(m: SdkMessage): CarrierMessage {
  const price = toMicros(m.price);
  const createdAt = instant(m.dateCreated) ?? instant(m.dateUpdated) ?? (0 as UtcMs);
  return {
    sid: m.sid,
    direction: m.direction === 'inbound' ? 'inbound' : 'outbound',
    ...(m.direction === 'outbound-reply' ? { automatic: true as const } : {}),
    from: m.from || null,
    to: m.to,
    messagingServiceSid: m.messagingServiceSid || null,
    body: m.body ?? '',
    // a picture alone has no words either
    ...(!m.body && !(Number(m.numMedia ?? 0) > 0) ? { wordless: true as const } : {}),
    status: m.status as CarrierStatus,
    errorCode: m.errorCode ?? null,
    segments: Number(m.numSegments ?? 0) || 0,
    price,
    priceCurrency: price === null ? null : (m.priceUnit?.toUpperCase() ?? null),
    createdAt,
    sentAt: instant(m.dateSent),
    updatedAt: instant(m.dateUpdated) ?? createdAt,
  };
}
