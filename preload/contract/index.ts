import { account } from './account';
import { ahead } from './ahead';
import { automations } from './automations';
import { away } from './away';
import { backups } from './backups';
import { campaigns } from './campaigns';
import { clubs } from './clubs';
import { consent } from './consent';
import { costs } from './costs';
import { counter } from './counter';
import { counterTasks } from './counter-tasks';
import { customers } from './customers';
import type { InputOf, OutputOf } from './define';
import { desk } from './desk';
import { display } from './display';
import { draws } from './draws';
import { imports } from './imports';
import { inbox } from './inbox';
import { kit } from './kit';
import { ladders } from './ladders';
import { links } from './links';
import { loyalty } from './loyalty';
import { mail } from './mail';
import { margins } from './margins';
import { notices } from './notices';
import { numbers } from './numbers';
import { offers } from './offers';
import { orders } from './orders';
import { outbox } from './outbox';
import { outreach } from './outreach';
import { overTime } from './over-time';
import { papers } from './papers';
import { payLinks } from './pay-links';
import { privacy } from './privacy';
import { registration } from './registration';
import { reports } from './reports';
import { restore } from './restore';
import { results } from './results';
import { segments } from './segments';
import { session } from './session';
import { settings } from './settings';
import { shell } from './shell';
import { signUp } from './sign-up';
import { sources } from './sources';
import { staff } from './staff';
import { suggestions } from './suggestions';
import { taps } from './taps';
import { tasks } from './tasks';
import { templates } from './templates';
import { tests } from './tests';
import { things } from './things';
import { tillCheck } from './till-check';
import { why } from './why';
import { wishes } from './wishes';

/** Everything a screen may ask: the table of contents of the app. A channel exists here or nowhere. */
export const contract = {
  ...session,
  ...settings,
  ...staff,
  ...tasks,
  ...backups,
  ...restore,
  ...customers,
  ...consent,
  ...privacy,
  ...counter,
  ...display,
  ...signUp,
  ...counterTasks,
  ...desk,
  ...imports,
  ...sources,
  ...segments,
  ...kit,
  ...clubs,
  ...links,
  ...mail,
  ...numbers,
  ...offers,
  ...campaigns,
  ...ahead,
  ...automations,
  ...suggestions,
  ...taps,
  ...templates,
  ...why,
  ...payLinks,
  ...loyalty,
  ...orders,
  ...things,
  ...notices,
  ...wishes,
  ...ladders,
  ...outbox,
  ...outreach,
  ...draws,
  ...tests,
  ...away,
  ...inbox,
  ...registration,
  ...account,
  ...reports,
  ...results,
  ...overTime,
  ...tillCheck,
  ...margins,
  ...costs,
  ...papers,
} as const;

export type BackendChannel = keyof typeof contract & string;

/** Answered by the shell, not the backend. */
export const shellContract = shell;

export type Channels = typeof contract & typeof shell;
export type Channel = keyof Channels & string;
export type ChannelInput<C extends Channel> = InputOf<Channels[C]>;
export type ChannelOutput<C extends Channel> = OutputOf<Channels[C]>;
