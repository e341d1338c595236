/** What the practice carrier knows about the shop's account. Everything optional stands for an account where all is well. */

/** Where a long code stands with the carriers (A2P 10DLC). */
export type NumberRegistration =
  | 'registered'
  /** Texts fail with 30034. */
  | 'unregistered'
  /** Bought a moment ago: 30024. */
  | 'provisioning'
  /** Added to its campaign a moment ago: 30035. */
  | 'configuring';

export type TollFreeStatus = 'PENDING_REVIEW' | 'IN_REVIEW' | 'TWILIO_APPROVED' | 'TWILIO_REJECTED';

export interface SimVerification {
  status: TollFreeStatus;
  rejectionReason?: string | null;
  errorCode?: number | null;
  editAllowed?: boolean | null;
  /** Epoch ms. */
  editUntil?: number | null;
}

export interface SimNumber {
  /** E.164, or 5–6 digits for a short code. */
  number: string;
  sms?: boolean;
  /** Segments per second; the carrier queues what comes faster. */
  mps?: number;
  /** Long codes only; default registered. */
  registration?: NumberRegistration;
  /** Toll-free numbers only; default approved, null = never handed in (texts fail with 30032, as with everything but approved). */
  verification?: SimVerification | null;
  /** The brand its texts count for when it is in no service. */
  brandSid?: string;
  /** The number's own webhook. */
  smsUrl?: string;
}

/** Words the service itself acts on besides the carrier's own (Advanced Opt-Out); the whole text, any case. */
export interface SimWords {
  stop?: string[];
  start?: string[];
  help?: string[];
}

export interface SimService {
  sid: string;
  name: string;
  numbers: string[];
  inboundRequestUrl: string | null;
  useInboundWebhookOnNumber: boolean;
  smartEncoding?: boolean;
  stickySender?: boolean;
  /** Seconds a text may wait in the queue when it does not say itself. */
  validityPeriod?: number;
  statusCallback?: string | null;
  usecase?: string;
  /** Default: whether it has a campaign. */
  registered?: boolean;
  words?: SimWords;
}

export type BrandStatus = 'PENDING' | 'APPROVED' | 'FAILED' | 'IN_REVIEW' | 'DELETION_PENDING' | 'DELETION_FAILED' | 'SUSPENDED';

export interface SimBrand {
  sid: string;
  status: BrandStatus;
  type?: 'STANDARD' | 'SOLE_PROPRIETOR' | 'STARTER';
  identity?: 'SELF_DECLARED' | 'UNVERIFIED' | 'VERIFIED' | 'VETTED_VERIFIED';
  score?: number | null;
  russell3000?: boolean;
  failureReason?: string | null;
  errors?: { error_code: number; description: string }[];
  /** T-Mobile's segments per day; default by type and score. */
  dailySegments?: number;
}

export interface SimCampaign {
  sid: string;
  serviceSid: string;
  brandSid: string;
  /** IN_PROGRESS, PENDING, VERIFIED, FAILED, SUSPENDED; free text at Twilio. */
  status: string;
  usecase?: string;
  mps?: number;
  attClass?: string;
  tmobileTier?: string;
  errors?: { error_code: number; description: string; fields?: string[] }[];
}

/** Line types as Lookup names them. */
export type LineType =
  | 'mobile'
  | 'landline'
  | 'fixedVoip'
  | 'nonFixedVoip'
  | 'tollFree'
  | 'personal'
  | 'premium'
  | 'sharedCost'
  | 'uan'
  | 'voicemail'
  | 'pager'
  | 'unknown';

export interface SimLineRule {
  /** Regular expression over the number. */
  to: string;
  type?: LineType;
  carrier?: CarrierName;
  /** The number belongs to nobody any more: 30005. */
  gone?: boolean;
}

export type CarrierName = 'T-Mobile' | 'AT&T' | 'Verizon' | 'Other';

export type SimFeature =
  | 'messages'
  | 'numbers'
  | 'services'
  | 'pricing'
  | 'balance'
  | 'lookup'
  | 'usage'
  | 'registration'
  | 'geo'
  | 'consents'
  | 'account'
  | 'keys'
  | 'deactivations';

export interface SimAccount {
  accountSid: string;
  authToken: string;
  keySid: string;
  keySecret: string;
  /** A Standard key (default) may do everything but /Accounts and /Keys; a Main key also that; a restricted one what it lists. */
  keyType?: 'main' | 'standard' | 'restricted';
  /** Of a restricted key, e.g. `/twilio/messaging/messages/read`. */
  permissions?: string[];
  /** Whether a Standard key reads the balance (facts/twilio.md §5: not documented). Default yes. */
  standardReadsBalance?: boolean;
  /** Test credentials: magic numbers, nothing but creating texts and looking up. */
  test?: boolean;
  name?: string;
  /** Default Full. A trial account texts verified numbers only (21608). */
  type?: 'Trial' | 'Full';
  /** False = no approved primary compliance profile: verified numbers only. */
  complianceProfile?: boolean;
  verified?: string[];
  numbers: SimNumber[];
  services: SimService[];
  brands?: SimBrand[];
  campaigns?: SimCampaign[];
  /** Countries that may be texted, ISO; default US only. */
  countries?: string[];
  /** Line types that differ from what the seed says; the first that fits (regular expression) counts. */
  lines?: SimLineRule[];
  /** Landlines: tried and undelivered with 30006 (default), or refused at once with 21614. */
  landlines?: 'try' | 'refuse';
  /** Texts a day (UTC) before 63038. */
  dailyCap?: number | null;
  /** What is over the cap: 63038 (default) or 30454. */
  dailyCapCode?: 63038 | 30454;
  /** Opening balance in US dollars, decimal text. */
  balance: string;
  /** False = suspended: everything is refused with 20005, and what is queued fails with 30002. */
  active: boolean;
  closed?: boolean;
  /** Lets every well-formed account and key in and becomes that account: for an app that made its own practice credentials. */
  anyone: boolean;
  /** What the key may not touch. */
  denied: SimFeature[];
}
