import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Place } from './nav';

type ScreenComponent = LazyExoticComponent<ComponentType>;

let css: Promise<unknown> | undefined;
/** Mantine's other css: once, before the first screen that may need it. */
export const restOfCss = (): Promise<unknown> => {
  css ??= import('./ui/mantine-rest.css');
  return css;
};

/** A screen in its own chunk, shown when its css is there as well. */
function screen(load: () => Promise<ComponentType>): ScreenComponent {
  return lazy(async () => {
    const [component] = await Promise.all([load(), restOfCss()]);
    return { default: component };
  });
}

const resultsChunk = () => import('./screens/reports/ResultsScreen');

const screens = {
  // Asked for at once (main.tsx), and at home in the eager css: it waits for nothing else.
  counter: lazy(async () => ({ default: (await import('./screens/counter/CounterScreen')).CounterScreen })),
  'this-week': screen(async () => {
    const { ThisWeekScreen } = await import('./screens/reports/ThisWeekScreen');
    // whoever reads it goes on to results: their charts are read while nothing else is to be done
    globalThis.requestIdleCallback?.(() => void resultsChunk());
    return ThisWeekScreen;
  }),
  customers: screen(async () => (await import('./screens/customers/CustomersScreen')).CustomersScreen),
  person: screen(async () => (await import('./screens/customers/PersonScreen')).PersonScreen),
  duplicates: screen(async () => (await import('./screens/customers/Duplicates')).DuplicatesScreen),
  'cannot-text': screen(async () => (await import('./screens/numbers/CannotTextScreen')).CannotTextScreen),
  groups: screen(async () => (await import('./screens/segments/GroupsScreen')).GroupsScreen),
  draws: screen(async () => (await import('./screens/draws/DrawsScreen')).DrawsScreen),
  outreach: screen(async () => (await import('./screens/outreach/OutreachScreen')).OutreachScreen),
  campaigns: screen(async () => (await import('./screens/campaigns/CampaignsScreen')).CampaignsScreen),
  campaign: screen(async () => (await import('./screens/campaigns/CampaignScreen')).CampaignScreen),
  replies: screen(async () => (await import('./screens/inbox/RepliesScreen')).RepliesScreen),
  texts: screen(async () => (await import('./screens/texts/TextsScreen')).TextsScreen),
  offers: screen(async () => (await import('./screens/offers/OffersScreen')).OffersScreen),
  results: screen(async () => (await resultsChunk()).ResultsScreen),
  'till-check': screen(async () => (await import('./screens/money/TillCheckScreen')).TillCheckScreen),
  margins: screen(async () => (await import('./screens/money/MarginsScreen')).MarginsScreen),
  import: screen(async () => (await import('./screens/imports/ImportScreen')).ImportScreen),
  records: screen(async () => (await import('./screens/privacy/RecordsScreen')).RecordsScreen),
  registration: screen(async () => (await import('./screens/registration/RegistrationScreen')).RegistrationScreen),
  account: screen(async () => (await import('./screens/account/AccountScreen')).AccountScreen),
  kit: screen(async () => (await import('./screens/kit/KitScreen')).KitScreen),
  restore: screen(async () => (await import('./screens/restore/RestoreScreen')).RestoreScreen),
  settings: screen(async () => (await import('./screens/settings/SettingsScreen')).SettingsScreen),
} as const;

export const OnboardingScreen = screen(async () => (await import('./screens/onboarding/OnboardingScreen')).OnboardingScreen);

/** Which screen shows a place. */
export function screenOf(place: Place): ScreenComponent {
  if (place.screen === 'customers' && place.id !== undefined) return screens.person;
  if (place.screen === 'customers' && place.duplicates !== undefined) return screens.duplicates;
  if (place.screen === 'customers' && place.cannot !== undefined) return screens['cannot-text'];
  if (place.screen === 'campaigns' && place.id !== undefined) return screens.campaign;
  return screens[place.screen];
}
