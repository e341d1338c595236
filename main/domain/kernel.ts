/**
 * The words every layer shares: branded primitives that must not be mixed, and tiny helpers.
 * Money is integer minor units (cents), instants are epoch milliseconds UTC, phones are E.164.
 */
declare const brand: unique symbol;
export type Brand<T, B extends string> = T & { readonly [brand]: B };

/** Integer minor units of the shop's currency (US: cents). May be negative. */
export type Cents = Brand<number, 'Cents'>;
/** Millionths of a major unit of a carrier's own currency (Twilio's "-0.00830" USD is 8300). */
export type Micros = Brand<number, 'Micros'>;
/** `+` and 8–15 digits. Only main/domain/customers/phone.ts makes one from text. */
export type PhoneE164 = Brand<string, 'PhoneE164'>;
/** Epoch milliseconds, UTC. */
export type UtcMs = Brand<number, 'UtcMs'>;
/** A shop-local calendar day, `YYYY-MM-DD`. Needs a zone to become an instant. */
export type ShopDay = Brand<string, 'ShopDay'>;
/** IANA zone name such as `America/New_York`. */
export type Zone = Brand<string, 'Zone'>;

export type CustomerId = Brand<number, 'CustomerId'>;
export type SaleId = Brand<number, 'SaleId'>;
export type ImportId = Brand<number, 'ImportId'>;
export type StaffId = Brand<number, 'StaffId'>;
export type SegmentId = Brand<number, 'SegmentId'>;
export type CampaignId = Brand<number, 'CampaignId'>;
export type OfferId = Brand<number, 'OfferId'>;
export type OutboxId = Brand<number, 'OutboxId'>;
export type AutomationId = Brand<number, 'AutomationId'>;
export type TaskId = Brand<string, 'TaskId'>;

export const cents = (n: number): Cents => {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not integer minor units: ${n}`);
  return n as Cents;
};
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function assertNever(x: never): never {
  throw new Error(`unexpected: ${JSON.stringify(x)}`);
}
