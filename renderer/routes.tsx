import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Place } from './nav';

type ScreenComponent = LazyExoticComponent<ComponentType>;

/** Screens by their path; each in its own chunk. Mantine's other css comes with the first of them. */
const found = import.meta.glob<Record<string, ComponentType>>('./screens/*/*Screen.tsx');

let css: Promise<unknown> | undefined;
/** Once, before the first screen that may need it. */
export const restOfCss = (): Promise<unknown> => {
  css ??= import('./ui/mantine-rest.css');
  return css;
};

function screen(path: string, rest = true): ScreenComponent {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return lazy(async () => {
    const load = found[`./screens/${path}.tsx`];
    if (!load) throw new Error(`no screen ${path}`);
    const [module] = await Promise.all([load(), rest ? restOfCss() : undefined]);
    const component = module[name];
    if (!component) throw new Error(`no ${name} in ${path}`);
    return { default: component };
  });
}

/** The counter is asked for at once; its css is in the eager set. */
const screens = {
  counter: screen('counter/CounterScreen', false),
  'this-week': screen('reports/ThisWeekScreen'),
  customers: screen('customers/CustomersScreen'),
  person: screen('customers/PersonScreen'),
  groups: screen('segments/GroupsScreen'),
  campaigns: screen('campaigns/CampaignsScreen'),
  campaign: screen('campaigns/CampaignScreen'),
  replies: screen('inbox/RepliesScreen'),
  offers: screen('offers/OffersScreen'),
  results: screen('reports/ResultsScreen'),
  import: screen('imports/ImportScreen'),
  settings: screen('settings/SettingsScreen'),
} as const;

export const OnboardingScreen = screen('onboarding/OnboardingScreen');

/** Which screen shows a place. */
export function screenOf(place: Place): ScreenComponent {
  if (place.screen === 'customers' && place.id !== undefined) return screens.person;
  if (place.screen === 'campaigns' && place.id !== undefined) return screens.campaign;
  return screens[place.screen];
}
