import type { AccountView } from '@domain/account/view';
import type { Micros, ShopDay } from '@domain/kernel';

/** One line of the carrier's own accounts: a category over whole days of its calendar (GMT). */
export interface UsageLine {
  /** Twilio's name: `sms-outbound`, `sms-inbound`, `lookups`, … Categories overlap: `sms` holds the two before. */
  category: string;
  count: number;
  /** Usually segments, of texts. */
  usage: number;
  usageUnit: string;
  price: Micros;
  currency: string;
}

/** A change to a Messaging Service that the owner agreed to. */
export interface ServiceRepair {
  useInboundWebhookOnNumber?: true;
  smartEncoding?: false;
  /** 36,000 s, the longest the carrier keeps a text. */
  longestValidity?: true;
}

/**
 * The account behind the texts: what it may do, what it owns, how far the carriers' approval is, what it cost. Every method throws
 * AppError('sms.refused-key' | 'sms.unreachable' | 'sms.rejected'), without numbers or credentials; parts a restricted key may not
 * read are answered as `no` in `may` and stay empty.
 */
export interface CarrierAccount {
  readonly accountSid: string;
  /** One look at everything. Throws only when texts themselves are refused or nobody answers. `country`: of the shop. */
  look(country: string, signal?: AbortSignal): Promise<Omit<AccountView, 'at'>>;
  /** What the carrier counted on these days, both included; null when the key may not read it. */
  usage(from: ShopDay, to: ShopDay): Promise<UsageLine[] | null>;
  repairService(sid: string, repair: ServiceRepair): Promise<void>;
}

/** An account for credentials that are not stored yet. Wired by the backend. */
export type AccountFor = (credentials: { accountSid: string; keySid: string; keySecret: string }) => Promise<CarrierAccount>;
