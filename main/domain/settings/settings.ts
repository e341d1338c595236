import type { Cents, Micros, PhoneE164, UtcMs, Zone } from '../kernel';
import type { MailSecurity } from '../mail/providers';
import type { PaperSize } from '../papers/paper';

/** Opening hours of one weekday in minutes after local midnight; null = closed. */
export type DayHours = { open: number; close: number } | null;

export interface ShopSettings {
  name: string;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** ISO 4217; minor units by Intl. */
  currency: string;
  zone: Zone;
  phone: string;
  email: string;
  website: string;
  /** Monday first. */
  hours: readonly DayHours[];
  /** Extra closed days, YYYY-MM-DD. */
  closedDays: readonly string[];
}

export interface TextingSettings {
  mode: 'none' | 'practice' | 'twilio';
  accountSid: string;
  keySid: string;
  sender: { kind: 'number'; number: PhoneE164 } | { kind: 'service'; sid: string } | null;
  /** Our own numbers, polled for replies. */
  numbers: readonly PhoneE164[];
  /** Segments per second the sender is known to take; we pace at 0.8 of it. */
  segmentsPerSecond: number;
  /** Segments a day the carriers take from this shop (T-Mobile, all its numbers together, midnight Pacific); null = no limit known. */
  dailySegments: number | null;
  /**
   * Who said so: nobody yet (`guess`), the carrier when it was last looked at, or the owner. What the owner typed is never replaced by
   * what is read later.
   */
  from: { rate: 'guess' | 'carrier' | 'owner'; daily: 'guess' | 'carrier' | 'owner'; price: 'guess' | 'list' | 'learnt' | 'owner' };
  /** Expected price of one outbound segment, until real prices arrive. */
  pricePerSegment: Micros;
  priceCurrency: string;
  /** Until the carriers approved the sender, confirmations wait (rules.md §1). */
  senderApproved: boolean;
  /** Minor units of the carrier's currency (`priceCurrency`) per calendar month of the shop; null = no limit set. */
  monthlyLimit: Cents | null;
  customStopWords: readonly string[];
}

export interface CourtesySettings {
  /** Default promise at sign-up, texts per month. */
  promisePerMonth: number;
  /** Days between two marketing texts to one number; never below 1. */
  spacingDays: number;
  /** Recipient-local minutes after midnight. */
  window: { weekdays: { from: number; to: number }; sunday: { from: number; to: number } };
}

export interface MoneySettings {
  /** Gross margin in whole percent, null until the owner typed one: then takings only, never profit. */
  marginPercent: number | null;
  /** The same small group stays untexted for a whole quarter, by every campaign; else each campaign draws its own. */
  quarterHoldout: boolean;
}

export interface BackupSettings {
  /** Second place (USB or cloud folder); null until chosen. */
  secondPlace: string | null;
}

export interface AccessSettings {
  /** Minutes without a touch or key after which whoever is signed in is signed out. */
  autoLockMinutes: number;
}

export interface OnboardingSettings {
  finishedAt: number | null;
  step: 'shop' | 'owner' | 'recovery' | 'backup' | 'texting' | 'import' | 'done';
}

/** Automatic answers to replies that a person will read later. */
export interface RepliesSettings {
  /**
   * Once a day per number, while the shop is closed, to messages that need a person: `{shop}` and `{opens}` (when it opens) are
   * filled in. Empty words mean ours.
   */
  afterHours: { on: boolean; en: string; es: string };
}

/** Printed pages, and the week that is put into a folder by itself. */
export interface PapersSettings {
  /** `country`: as is usual where the shop is. */
  size: 'country' | PaperSize;
  weekly: boolean;
  folder: string | null;
  /** 0 = Monday. */
  weekday: number;
  /** 0–23 on the shop's clock. */
  hour: number;
  /** When the owner asked for it; what was due before is not made. */
  since: UtcMs | null;
}

/** E-mail by the shop's own account. The password is in the secret store, never here. */
export interface MailSettings {
  /** `practice`: nothing leaves this computer; the practice post office keeps it. */
  mode: 'none' | 'practice' | 'smtp';
  host: string;
  port: number;
  security: MailSecurity;
  user: string;
  fromName: string;
  fromAddress: string;
  /** Where answers go; empty = to the address it comes from. */
  replyTo: string;
  /** At the foot of every mail; empty = the shop's own address. One line each. */
  postal: string;
  /** Mails that may leave in one shop day. */
  dailyLimit: number;
  /** The shop's mailbox, read for unsubscribes and mail that came back; null = somebody tells us by hand. */
  imap: { host: string; port: number } | null;
}

export interface Settings {
  shop: ShopSettings;
  texting: TextingSettings;
  courtesy: CourtesySettings;
  replies: RepliesSettings;
  money: MoneySettings;
  backup: BackupSettings;
  access: AccessSettings;
  papers: PapersSettings;
  mail: MailSettings;
  onboarding: OnboardingSettings;
}

const day: DayHours = { open: 9 * 60, close: 18 * 60 };

export const DEFAULT_SETTINGS: Settings = {
  shop: {
    name: '',
    street: '',
    city: '',
    region: '',
    postalCode: '',
    country: 'US',
    currency: 'USD',
    zone: 'America/New_York' as Zone,
    phone: '',
    email: '',
    website: '',
    hours: [day, day, day, day, day, day, null],
    closedDays: [],
  },
  texting: {
    mode: 'none',
    accountSid: '',
    keySid: '',
    sender: null,
    numbers: [],
    segmentsPerSecond: 1,
    dailySegments: null,
    from: { rate: 'guess', daily: 'guess', price: 'guess' },
    pricePerSegment: 11_300 as Micros,
    priceCurrency: 'USD',
    senderApproved: false,
    monthlyLimit: null,
    customStopWords: [],
  },
  courtesy: {
    promisePerMonth: 4,
    spacingDays: 5,
    window: { weekdays: { from: 10 * 60, to: 19 * 60 }, sunday: { from: 12 * 60, to: 18 * 60 } },
  },
  replies: { afterHours: { on: false, en: '', es: '' } },
  money: { marginPercent: null, quarterHoldout: false },
  backup: { secondPlace: null },
  access: { autoLockMinutes: 10 },
  papers: { size: 'country', weekly: false, folder: null, weekday: 0, hour: 8, since: null },
  mail: {
    mode: 'none',
    host: '',
    port: 465,
    security: 'tls',
    user: '',
    fromName: '',
    fromAddress: '',
    replyTo: '',
    postal: '',
    dailyLimit: 300,
    imap: null,
  },
  onboarding: { finishedAt: null, step: 'shop' },
};
