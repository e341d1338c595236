import type { ComponentType } from 'react';
import { ScreenWait } from './frame/ScreenWait';
import type { Place } from './nav';
import { type OnFirstUse, onFirstUse } from './ui/onFirstUse';

type ScreenComponent = OnFirstUse<object>;

let css: Promise<unknown> | undefined;
/** Mantine's other css: once, before the first screen that may need it. */
export const restOfCss = (): Promise<unknown> => {
  css ??= import('./ui/mantine-rest.css');
  return css;
};

/** A screen in its own chunk, shown when its css is there as well. */
function screen(load: () => Promise<ComponentType>): ScreenComponent {
  return onFirstUse(async () => (await Promise.all([load(), restOfCss()]))[0], <ScreenWait />);
}

const screens = {
  // Asked for at once (main.tsx), and at home in the eager css: it waits for nothing else.
  counter: onFirstUse(async () => (await import('./screens/counter/CounterScreen')).CounterScreen, <ScreenWait />),
  'this-week': screen(async () => {
    const { ThisWeekScreen } = await import('./screens/reports/ThisWeekScreen');
    // whoever reads it goes on to results: their charts are read while nothing else is to be done
    globalThis.requestIdleCallback?.(() => void screens.results.fetch());
    return ThisWeekScreen;
  }),
  customers: screen(async () => (await import('./screens/customers/CustomersScreen')).CustomersScreen),
  person: screen(async () => (await import('./screens/customers/PersonScreen')).PersonScreen),
  duplicates: screen(async () => (await import('./screens/customers/Duplicates')).DuplicatesScreen),
  'cannot-text': screen(async () => (await import('./screens/numbers/CannotTextScreen')).CannotTextScreen),
  groups: screen(async () => (await import('./screens/segments/GroupsScreen')).GroupsScreen),
  calendar: screen(async () => (await import('./screens/calendar/CalendarScreen')).CalendarScreen),
  clubs: screen(async () => (await import('./screens/clubs/ClubsScreen')).ClubsScreen),
  draws: screen(async () => (await import('./screens/draws/DrawsScreen')).DrawsScreen),
  deliveries: screen(async () => (await import('./screens/wishes/DeliveriesScreen')).DeliveriesScreen),
  notices: screen(async () => (await import('./screens/notices/NoticesScreen')).NoticesScreen),
  outreach: screen(async () => (await import('./screens/outreach/OutreachScreen')).OutreachScreen),
  campaigns: screen(async () => (await import('./screens/campaigns/CampaignsScreen')).CampaignsScreen),
  campaign: screen(async () => (await import('./screens/campaigns/CampaignScreen')).CampaignScreen),
  automations: screen(async () => (await import('./screens/automations/AutomationsScreen')).AutomationsScreen),
  automation: screen(async () => (await import('./screens/automations/AutomationScreen')).AutomationScreen),
  replies: screen(async () => (await import('./screens/inbox/RepliesScreen')).RepliesScreen),
  texts: screen(async () => (await import('./screens/texts/TextsScreen')).TextsScreen),
  loyalty: screen(async () => (await import('./screens/loyalty/LoyaltyScreen')).LoyaltyScreen),
  offers: screen(async () => (await import('./screens/offers/OffersScreen')).OffersScreen),
  results: screen(async () => (await import('./screens/reports/ResultsScreen')).ResultsScreen),
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

/** The owner's first screen, before it is drawn. */
export const fetchHome = (): void => void screens['this-week'].fetch().catch(() => undefined);

/** Which screen shows a place. */
export function screenOf(place: Place): ScreenComponent {
  if (place.screen === 'customers' && place.id !== undefined) return screens.person;
  if (place.screen === 'customers' && place.duplicates !== undefined) return screens.duplicates;
  if (place.screen === 'customers' && place.cannot !== undefined) return screens['cannot-text'];
  if (place.screen === 'campaigns' && place.id !== undefined) return screens.campaign;
  if (place.screen === 'automations' && place.id !== undefined) return screens.automation;
  return screens[place.screen];
}
