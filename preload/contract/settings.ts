import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, DoneZ, EmptyZ, LanguageZ, MicrosZ, PhoneZ, StaffIdZ, UtcMsZ, ZoneZ } from './primitives';

const minutes = z.number().int().min(0).max(1440);
export const DayHoursZ = z.object({ open: minutes, close: minutes }).nullable();

export const ShopSettingsZ = z.object({
  name: z.string().trim().min(1).max(60),
  street: z.string().max(120),
  city: z.string().max(80),
  region: z.string().max(40),
  postalCode: z.string().max(20),
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  zone: ZoneZ,
  phone: z.string().max(40),
  email: z.string().max(120),
  website: z.string().max(200),
  /** Monday first. */
  hours: z.array(DayHoursZ).length(7),
  closedDays: z.array(z.string().regex(/^\d{4}-\d\d-\d\d$/)).max(100),
});

export const SenderZ = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), number: PhoneZ }),
  z.object({ kind: z.literal('service'), sid: z.string().regex(/^MG[0-9a-fA-F]{32}$/) }),
]);

/** What the screens may know of the texting account: never the secret. */
export const TextingZ = z.object({
  mode: z.enum(['none', 'practice', 'twilio']),
  accountSid: z.string(),
  keySid: z.string(),
  sender: SenderZ.nullable(),
  numbers: z.array(PhoneZ),
  segmentsPerSecond: z.number().positive().max(1000),
  dailySegments: z.number().int().min(1).max(10_000_000).nullable(),
  from: z.object({
    rate: z.enum(['guess', 'carrier', 'owner']),
    daily: z.enum(['guess', 'carrier', 'owner']),
    price: z.enum(['guess', 'list', 'learnt', 'owner']),
  }),
  pricePerSegment: MicrosZ,
  priceCurrency: z.string(),
  senderApproved: z.boolean(),
  monthlyLimit: CentsZ.nullable(),
  customStopWords: z.array(z.string().max(40)).max(50),
});

export const CourtesyZ = z.object({
  promisePerMonth: z.number().int().min(1).max(30),
  spacingDays: z.number().int().min(1).max(60),
  window: z.object({
    weekdays: z.object({ from: minutes, to: minutes }),
    sunday: z.object({ from: minutes, to: minutes }),
  }),
});

/** Signs whoever is at the screen out after this many minutes without a touch. */
export const AccessZ = z.object({ autoLockMinutes: z.number().int().min(1).max(240) });

/** Words of the automatic answer while closed: one text each, `{shop}` and `{opens}` filled in; empty = ours. */
export const RepliesZ = z.object({
  afterHours: z.object({ on: z.boolean(), en: z.string().trim().max(160), es: z.string().trim().max(160) }),
});

export const SettingsZ = z.object({
  shop: ShopSettingsZ.extend({ name: z.string().max(60) }),
  texting: TextingZ,
  courtesy: CourtesyZ,
  replies: RepliesZ,
  money: z.object({ marginPercent: z.number().int().min(0).max(100).nullable(), quarterHoldout: z.boolean() }),
  backup: z.object({ secondPlace: z.string().nullable() }),
  access: AccessZ,
  onboarding: z.object({
    finishedAt: z.number().nullable(),
    step: z.enum(['shop', 'owner', 'recovery', 'backup', 'texting', 'import', 'done']),
  }),
});

export const StaffZ = z.object({
  id: StaffIdZ,
  name: z.string(),
  role: z.enum(['owner', 'staff']),
  language: LanguageZ,
  active: z.boolean(),
  hasPin: z.boolean(),
  /** When they had tried the counter out; null = not yet. */
  practisedAt: UtcMsZ.nullable(),
});

const YesNoZ = z.enum(['yes', 'no', 'unknown']);
export const ProbeZ = z.object({
  capabilities: z.object({
    messages: YesNoZ,
    numbers: YesNoZ,
    services: YesNoZ,
    pricing: YesNoZ,
    balance: YesNoZ,
    lookup: YesNoZ,
  }),
  numbers: z.array(
    z.object({
      number: PhoneZ,
      sms: z.boolean(),
      kind: z.enum(['long-code', 'toll-free', 'short-code']),
      serviceSid: z.string().nullable(),
    }),
  ),
  services: z.array(z.object({ sid: z.string(), name: z.string(), numbers: z.array(PhoneZ), logsReplies: z.boolean() })),
  balance: z.object({ amount: MicrosZ, currency: z.string() }).nullable(),
});

const CredentialsZ = z.object({
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, 'Account SID'),
  keySid: z.string().regex(/^SK[0-9a-fA-F]{32}$/, 'API key SID'),
  keySecret: z.string().min(8).max(200),
});

const PinZ = z.string().regex(/^\d{4,8}$/);

export const settings = {
  'settings/get': query({ role: 'owner', input: EmptyZ, output: SettingsZ }),
  'settings/save-shop': command({ role: 'owner', input: ShopSettingsZ, output: DoneZ, changes: ['settings', 'session', 'shop'] }),
  'settings/save-courtesy': command({ role: 'owner', input: CourtesyZ, output: DoneZ, changes: ['settings'] }),
  'settings/save-replies': command({ role: 'owner', input: RepliesZ, output: DoneZ, changes: ['settings'] }),
  'settings/save-money': command({
    role: 'owner',
    /** Left out: as it is. */
    input: z.object({ marginPercent: z.number().int().min(0).max(100).nullable(), quarterHoldout: z.boolean().optional() }),
    output: DoneZ,
    changes: ['settings', 'reports'],
  }),
  /** The parts of the texting account an owner types: never SIDs or senders (those come by `texting-connect`). */
  'settings/save-texting': command({
    role: 'owner',
    input: z.object({
      segmentsPerSecond: z.number().positive().max(1000),
      /** Left out: as it is. */
      dailySegments: z.number().int().min(1).max(10_000_000).nullable().optional(),
      pricePerSegment: MicrosZ,
      senderApproved: z.boolean(),
      monthlyLimit: CentsZ.nullable(),
      customStopWords: z.array(z.string().trim().min(1).max(40)).max(50),
    }),
    output: DoneZ,
    changes: ['settings', 'outbox'],
  }),

  'settings/staff': query({ role: 'owner', input: EmptyZ, output: z.array(StaffZ) }),
  /** Without id: a new person. `pin` undefined leaves it as it is; null removes it (staff only). */
  'settings/save-staff': command({
    role: 'owner',
    input: z.object({
      id: StaffIdZ.optional(),
      name: z.string().trim().min(1).max(60),
      role: z.enum(['owner', 'staff']),
      language: LanguageZ,
      active: z.boolean(),
      pin: PinZ.nullable().optional(),
    }),
    output: z.object({ id: StaffIdZ }),
    changes: ['settings', 'session'],
  }),

  /** Asks the carrier what this key may do; stores nothing. */
  'settings/texting-probe': command({ role: 'owner', input: CredentialsZ, output: ProbeZ, changes: [] }),
  /** Stores the key in the secret store, binds this shop file to the account and chooses the sender. */
  'settings/texting-connect': command({
    role: 'owner',
    input: CredentialsZ.extend({ sender: SenderZ }),
    output: DoneZ,
    changes: ['settings', 'outbox', 'shop'],
  }),
  'settings/texting-disconnect': command({ role: 'owner', input: EmptyZ, output: DoneZ, changes: ['settings', 'outbox'] }),
  /** Makes a Messaging Service log replies; needs credentials because it may run before connecting. */
  'settings/fix-replies': command({
    role: 'owner',
    input: CredentialsZ.extend({ serviceSid: z.string() }),
    output: ProbeZ,
    changes: [],
  }),
  /** Health of the connected account. */
  'settings/texting-health': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      reachable: z.boolean(),
      balance: z.object({ amount: MicrosZ, currency: z.string() }).nullable(),
      lastRepliesAt: z.number().nullable(),
      problem: z.string().nullable(),
    }),
  }),

  /** Made once: 6 groups of 4. Shown and printed at onboarding, never stored in the clear. Asking again makes a new one. */
  'settings/make-recovery-code': command({ role: 'owner', input: EmptyZ, output: z.object({ code: z.string() }), changes: ['settings'] }),
  'settings/onboarding-step': command({
    role: 'owner',
    input: z.object({ step: z.enum(['shop', 'owner', 'recovery', 'backup', 'texting', 'import', 'done']) }),
    output: DoneZ,
    changes: ['settings', 'session'],
  }),
} satisfies Contract;
