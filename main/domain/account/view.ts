import type { Micros, PhoneE164, UtcMs } from '../kernel';

/** What a key may do: `no` = refused for this key, `unknown` = could not be asked just now. */
export type Answer = 'yes' | 'no' | 'unknown';

/**
 * Everything the app asks of an account, most needed first. Only a refused `messages` means a bad key; whatever else is refused merely
 * hides a feature (facts/twilio.md 5).
 */
export const FEATURES = [
  'messages',
  'numbers',
  'services',
  'registration',
  'toll-free',
  'balance',
  'pricing',
  'usage',
  'geo',
  'lookup',
  'account',
] as const;
export type Feature = (typeof FEATURES)[number];

export type NumberKind = 'long-code' | 'toll-free' | 'short-code';

export interface SeenNumber {
  readonly number: PhoneE164;
  readonly kind: NumberKind;
  readonly sms: boolean;
  /** Messaging Service it sits in, if any. */
  readonly serviceSid: string | null;
}

/** A Messaging Service with the settings that change what happens to a text. */
export interface SeenService {
  readonly sid: string;
  readonly name: string;
  readonly numbers: readonly PhoneE164[];
  readonly inboundUrl: boolean;
  /** UseInboundWebhookOnNumber: each number's own setting counts. */
  readonly defersToNumber: boolean;
  readonly smartEncoding: boolean;
  readonly stickySender: boolean;
  /** Seconds a text may wait at the carrier. */
  readonly validitySeconds: number;
  readonly statusCallback: boolean;
  readonly usecase: string;
  readonly usRegistered: boolean;
}

export type BrandStatus = 'pending' | 'approved' | 'failed' | 'suspended' | 'other';
/** A 10DLC brand: the shop as the carriers know it. */
export interface SeenBrand {
  readonly sid: string;
  readonly type: string;
  readonly status: BrandStatus;
  /** 0–100 once it was vetted. */
  readonly score: number | null;
  readonly errors: readonly CarrierComplaint[];
  readonly createdAt: UtcMs | null;
  readonly updatedAt: UtcMs | null;
}

/** What the carriers say is wrong with a registration: Twilio's number and its own words. */
export interface CarrierComplaint {
  readonly code: number | null;
  readonly text: string;
}

export type CampaignStatus = 'pending' | 'approved' | 'failed' | 'suspended' | 'other';
/** A 10DLC campaign: what the shop registered to send, of one service. */
export interface SeenCampaign {
  readonly sid: string;
  readonly serviceSid: string;
  readonly brandSid: string;
  readonly usecase: string;
  readonly status: CampaignStatus;
  /** Segments a second AT&T takes. */
  readonly attPerSecond: number | null;
  /** T-Mobile's tier: TOP, HIGH_MID, LOW_MID, LOW. */
  readonly tmobileTier: string | null;
  readonly errors: readonly CarrierComplaint[];
  readonly createdAt: UtcMs | null;
  readonly updatedAt: UtcMs | null;
}

export type TollFreeStatus = 'pending' | 'in-review' | 'approved' | 'rejected' | 'other';
export interface SeenTollFree {
  readonly sid: string;
  readonly number: string;
  readonly status: TollFreeStatus;
  readonly reasons: readonly CarrierComplaint[];
  /** A refused form may be corrected until then without starting over. */
  readonly editUntil: UtcMs | null;
  readonly createdAt: UtcMs | null;
  readonly updatedAt: UtcMs | null;
}

/** The account as it was seen at one moment. Nothing in it is about a customer. */
export interface AccountView {
  readonly at: UtcMs;
  /** What time it was at the carrier (its Date header) when ours was `at`; null when it did not say. */
  readonly carrierNow: UtcMs | null;
  readonly country: string;
  readonly may: Readonly<Record<Feature, Answer>>;
  readonly status: 'active' | 'suspended' | 'closed' | 'unknown';
  readonly type: 'trial' | 'full' | 'unknown';
  readonly balance: { readonly amount: Micros; readonly currency: string } | null;
  readonly numbers: readonly SeenNumber[];
  readonly services: readonly SeenService[];
  readonly brands: readonly SeenBrand[];
  readonly campaigns: readonly SeenCampaign[];
  readonly tollFree: readonly SeenTollFree[];
  /** Texts to the shop's country are allowed; null = could not be read. */
  readonly geo: boolean | null;
  readonly price: { readonly currency: string; readonly outbound: Micros; readonly inbound: Micros | null } | null;
}

/** Where texts leave from. */
export type AccountSender = { kind: 'number'; number: PhoneE164 } | { kind: 'service'; sid: string };

/** False when replies would not be logged at all (facts/twilio.md 2, trap). */
export const logsReplies = (s: SeenService): boolean => s.inboundUrl || s.defersToNumber;

/** The service texts leave through: the chosen one, or the one the chosen number sits in. */
export function serviceOf(view: AccountView, sender: AccountSender): SeenService | null {
  const sid = sender.kind === 'service' ? sender.sid : (view.numbers.find((n) => n.number === sender.number)?.serviceSid ?? null);
  return view.services.find((s) => s.sid === sid) ?? null;
}

/** The numbers texts may leave from. */
export function numbersOf(view: AccountView, sender: AccountSender): SeenNumber[] {
  if (sender.kind === 'number') return view.numbers.filter((n) => n.number === sender.number);
  const pool = view.services.find((s) => s.sid === sender.sid)?.numbers ?? [];
  return view.numbers.filter((n) => pool.includes(n.number));
}
