import type { Topic } from '@contract/define';

/** Which announcements make an answer of this noun stale. Wide on purpose: a refetch is a millisecond, a stale number is a lie. */
const BY_NOUN: Record<string, readonly Topic[]> = {
  session: ['session', 'settings', 'shop'],
  settings: ['settings', 'shop'],
  shop: ['shop', 'settings'],
  tasks: ['tasks'],
  backups: ['backups', 'settings'],
  restore: ['backups', 'outbox', 'campaigns', 'settings', 'shop'],
  customers: ['customers', 'consent', 'imports', 'offers', 'outbox', 'inbox', 'settings'],
  consent: ['consent', 'customers', 'settings'],
  counter: ['customers', 'consent', 'offers', 'imports', 'settings'],
  'counter-tasks': ['inbox', 'customers', 'settings'],
  desk: ['customers', 'consent', 'offers', 'inbox', 'counter', 'settings'],
  'sign-up': ['counter', 'display', 'settings'],
  display: ['display', 'settings', 'shop'],
  later: ['counter', 'consent'],
  'catch-up': ['settings'],
  kit: ['settings', 'consent', 'outbox', 'shop'],
  imports: ['imports'],
  sources: ['imports'],
  links: ['customers', 'offers', 'imports', 'settings'],
  segments: ['segments', 'customers', 'consent', 'imports', 'offers'],
  offers: ['offers', 'customers', 'campaigns'],
  campaigns: ['campaigns', 'outbox', 'segments', 'consent', 'imports', 'inbox', 'offers', 'settings'],
  ladders: ['campaigns', 'outbox', 'offers', 'inbox', 'imports', 'customers', 'segments', 'settings'],
  automations: ['campaigns', 'outbox', 'offers', 'imports', 'customers', 'consent', 'segments', 'settings'],
  taps: ['campaigns', 'settings'],
  templates: ['campaigns'],
  why: ['campaigns', 'outbox', 'consent', 'customers', 'inbox', 'settings', 'segments', 'imports'],
  'pay-links': ['inbox', 'customers', 'counter', 'outbox'],
  outreach: ['campaigns', 'customers', 'consent', 'segments', 'settings'],
  loyalty: ['customers', 'offers', 'counter', 'imports', 'settings'],
  draws: ['campaigns', 'counter', 'inbox', 'settings'],
  tests: ['reports', 'campaigns', 'outbox', 'offers', 'imports'],
  away: ['outbox', 'campaigns', 'settings', 'session'],
  account: ['account', 'outbox', 'settings'],
  outbox: ['outbox', 'campaigns', 'settings'],
  inbox: ['inbox', 'consent', 'customers'],
  registration: ['settings', 'consent', 'outbox', 'campaigns', 'shop'],
  costs: ['reports', 'offers', 'inbox', 'consent', 'imports', 'settings'],
  suggestions: ['reports', 'campaigns', 'segments', 'imports', 'consent', 'customers', 'settings'],
  margins: ['reports', 'imports', 'settings'],
  'till-check': ['reports', 'offers', 'imports', 'settings'],
  papers: ['settings', 'shop'],
  reports: ['reports', 'campaigns', 'outbox', 'offers', 'imports', 'inbox', 'consent', 'customers', 'settings'],
};

const EVERYTHING: readonly Topic[] = Object.values(BY_NOUN).flat();

/** Default topics of a channel such as `customers/list`. */
export const topicsOf = (channel: string): readonly Topic[] => BY_NOUN[channel.slice(0, channel.indexOf('/'))] ?? EVERYTHING;
