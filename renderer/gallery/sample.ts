import type { CustomerId, Micros, PhoneE164, StaffId, TaskId, UtcMs } from '@domain/kernel';
import { DEFAULT_SETTINGS } from '@domain/settings/settings';
import type { Out } from '@renderer/api/client';
import type { SessionState } from '@renderer/api/useShell';
import { accountSample, comparedSample, statementSample } from './account-sample';
import { type Answers, Refusal } from './fake';

/** Tue 17 Nov 2026, 11:00 in New York. */
export const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const ago = (hours: number) => (NOW - hours * 3_600_000) as UtcMs;

export const people = [
  { id: 1 as StaffId, name: 'Dana', role: 'owner' as const, language: 'en' as const },
  { id: 2 as StaffId, name: 'Luis', role: 'staff' as const, language: 'es' as const },
  { id: 3 as StaffId, name: 'Bartholomew Featherstonehaugh-Cholmondeley', role: 'staff' as const, language: 'en' as const },
];

export const sessionAs = (role: SessionState['role'], shop: Partial<SessionState['shop']> = {}): SessionState => ({
  role,
  staff: role === 'owner' && people[0] ? { ...people[0], practised: true } : null,
  autoLockMinutes: 10,
  people,
  shop: { name: 'Corner Shoes', kind: 'real', setUp: true, currency: 'USD', country: 'US', zone: 'America/New_York', ...shop },
  pinHint: shop.kind === 'practice' ? '1234' : null,
});

export const settingsSample: Out<'settings/get'> = {
  ...structuredClone(DEFAULT_SETTINGS as unknown as Out<'settings/get'>),
  shop: {
    ...structuredClone(DEFAULT_SETTINGS.shop as unknown as Out<'settings/get'>['shop']),
    name: 'Corner Shoes',
    street: '12 Elm Street',
    city: 'Portland',
    region: 'ME',
    postalCode: '04101',
    closedDays: ['2026-11-26', '2026-12-25'],
  },
  texting: {
    ...structuredClone(DEFAULT_SETTINGS.texting as unknown as Out<'settings/get'>['texting']),
    mode: 'twilio',
    accountSid: `AC${'0'.repeat(32)}`,
    keySid: `SK${'1'.repeat(32)}`,
    sender: { kind: 'number', number: '+12075550100' as PhoneE164 },
    numbers: ['+12075550100' as PhoneE164],
    senderApproved: true,
    customStopWords: ['no more', 'basta'],
  },
};

export const probeSample: Out<'settings/texting-probe'> = {
  capabilities: { messages: 'yes', numbers: 'yes', services: 'yes', pricing: 'yes', balance: 'no', lookup: 'unknown' },
  numbers: [
    { number: '+12075550100' as PhoneE164, sms: true, kind: 'long-code', serviceSid: null },
    { number: '+18885550100' as PhoneE164, sms: true, kind: 'toll-free', serviceSid: `MG${'2'.repeat(32)}` },
  ],
  services: [{ sid: `MG${'2'.repeat(32)}`, name: 'Shop texts', numbers: ['+18885550100' as PhoneE164], logsReplies: false }],
  balance: null,
};

const task = (id: string, t: Partial<Out<'tasks/list'>[number]>): Out<'tasks/list'>[number] => ({
  id: id as TaskId,
  kind: 'import',
  title: 'Importing items-2026-11.csv',
  state: 'running',
  done: 41_200,
  total: 120_000,
  errorCode: null,
  result: null,
  startedAt: (Date.now() - 20_000) as UtcMs,
  finishedAt: null,
  ...t,
});

export const tasksSample: Out<'tasks/list'> = [
  task('a', {}),
  task('b', {
    kind: 'campaign',
    title: 'Getting “New boots are in” ready',
    state: 'done',
    result: { campaignId: 4 },
    finishedAt: Date.now() as UtcMs,
  }),
  task('c', { kind: 'backup', title: 'Backup', state: 'failed', errorCode: 'backup.no-place', finishedAt: Date.now() as UtcMs }),
];

const FIRST = ['Ana', 'Bea', 'Carlos', 'Dee', 'Eli', 'Fern', 'Gus', 'Hana', 'Ivo', 'Jo'];
const LAST = ['Ortiz', 'Lindqvist', 'Okafor', 'Park', 'Smith', 'Featherstonehaugh-Cholmondeley', 'Ng', 'Rossi', 'Kowalska', 'Dube'];
type ListRow = Out<'customers/list'>['rows'][number];
export const customerRow = (i: number): ListRow => ({
  id: (i + 1) as CustomerId,
  firstName: FIRST[i % 10] ?? '',
  lastName: LAST[(i * 7) % 10] ?? '',
  company: '',
  phone: `+1207555${String(i % 10_000).padStart(4, '0')}` as PhoneE164,
  email: null,
  visits: (i * 13) % 41,
  spend: ((i * 7919) % 250_000) as ListRow['spend'],
  lastVisitAt: ago((i * 37) % 9000),
  permission: null,
  phoneProblem: null,
});

const backups: Out<'backups/list'> = {
  files: [0, 1, 2, 3, 4].map((i) => ({
    file: `shop-2026-11-${17 - i}.sqlite`,
    path: `/shops/real/backups/shop-2026-11-${17 - i}.sqlite`,
    place: i % 2 ? ('second' as const) : ('beside' as const),
    madeAt: (Date.now() - (i * 24 + 3) * 3_600_000) as UtcMs,
    bytes: 48_200_000 - i * 300_000,
  })),
  lastGoodAt: (Date.now() - 3 * 3_600_000) as UtcMs,
  secondPlace: null,
  secondPlaceProblem: null,
  nag: true,
};

/** Answers enough for the frame, the start, the PIN pad and settings. The PIN is 1234; 0000 shuts the pad. */
export const sampleAnswers = (role: SessionState['role'] = 'owner'): Answers => ({
  'shell/status': { backend: 'ready', errorCode: null, errorParams: {}, shop: 'real', version: '0.1.0', vault: 'system' },
  'session/state': sessionAs(role),
  'session/unlock': ({ pin }) =>
    pin === '1234'
      ? sessionAs('owner')
      : pin === '0000'
        ? new Refusal('session.too-many-tries', { seconds: 60 })
        : new Refusal('session.wrong-pin'),
  'session/lock': sessionAs('staff'),
  'settings/get': settingsSample,
  'settings/staff': people.map((p, i) => ({ ...p, active: i < 2, hasPin: i < 2, practisedAt: null })),
  'settings/texting-probe': probeSample,
  'settings/fix-replies': { ...probeSample, services: probeSample.services.map((s) => ({ ...s, logsReplies: true })) },
  'settings/texting-connect': { done: true },
  'account/health': accountSample,
  'account/statement': statementSample,
  'account/compared': comparedSample,
  'account/at-connect': { findings: [], refuses: false, may: accountSample.may },
  'account/look': { done: true },
  'account/repair': { done: true },
  'account/take-seen': { done: true },
  'account/not-approved': { done: true },
  'account/ask-usage': { done: true },
  'settings/texting-health': {
    reachable: true,
    balance: { amount: 18_420_000 as Micros, currency: 'USD' },
    lastRepliesAt: Date.now() - 120_000,
    problem: null,
  },
  'settings/save-shop': { done: true },
  'settings/save-courtesy': { done: true },
  'settings/save-money': { done: true },
  'settings/save-texting': { done: true },
  'settings/save-staff': { id: 4 as StaffId },
  'settings/make-recovery-code': { code: 'K7M4-Q9XR-2F8C-HJ3V-TN6P-W5ZD' },
  'settings/onboarding-step': { done: true },
  'backups/list': backups,
  'backups/make': 'task-9' as TaskId,
  'backups/restore': { replayed: 12, pausedCampaigns: 1 },
  'shell/check-updates': { state: 'no-feed', version: '0.1.0', latest: null },
  'shell/copy': { done: true },
  'shell/pick-folder': { path: '/media/usb/Regulars' },
  'tasks/list': [],
  'customers/list': ({ search = '', offset = 0, limit = 100 }) => {
    const all = Array.from({ length: search ? 3 : 100_000 }, (_, i) => i);
    return { total: all.length, rows: all.slice(offset, offset + limit).map(customerRow) };
  },
});
