import type BetterSqlite3 from 'better-sqlite3';
import { shop } from './0010-shop';
import { customers } from './0020-customers';
import { sales } from './0030-sales';
import { consent } from './0040-consent';
import { groupsAndOffers } from './0050-groups-offers';
import { campaigns } from './0060-campaigns';
import { inbox } from './0070-inbox';
import { attribution } from './0080-attribution';
import { links } from './0090-links';
import { people } from './0100-people';
import { sources } from './0110-sources';
import { imports } from './0120-imports';
import { ledger } from './0130-ledger';
import { privacy } from './0140-privacy';
import { desk } from './0150-desk';
import { counterBusy } from './0160-counter-busy';
import { kit } from './0170-kit';
import { registration } from './0180-registration';
import { replies } from './0190-replies';
import { counterTasks } from './0200-counter-tasks';
import { campaignTopic } from './0210-campaign-topic';
import { staffAccess } from './0220-staff';
import { openEnds } from './0230-open-ends';
import { schedules } from './0240-schedules';
import { outboxLanes } from './0260-outbox-lanes';
import { numbers } from './0270-numbers';
import { restores } from './0280-restore';
import { account } from './0290-account';
import { textSteps } from './0300-text-steps';
import { campaignParts } from './0310-campaign-parts';
import { groups } from './0320-groups';
import { offerTerms } from './0330-offer-terms';
import { ladders } from './0340-ladders';
import { taps } from './0350-taps';
import { outreach } from './0360-outreach';
import { composer } from './0370-composer';
import { tillCodes } from './0380-till-codes';
import { creditTodo } from './0400-credit-todo';
import { outcomes } from './0410-outcomes';
import { money } from './0420-money';
import { suggestions } from './0430-suggestions';
import { truth } from './0440-truth';
import { automations } from './0500-automations';
import { automationArrivals } from './0510-automation-arrivals';
import { rewards } from './0520-rewards';
import { rewardCodes } from './0530-reward-codes';
import { service } from './0540-service';
import { wishes } from './0550-wishes';
import { mail } from './0560-mail';
import { mailCampaigns } from './0570-mail-campaigns';
import { clubs } from './0580-clubs';
import { codeReminders } from './0590-code-reminders';
import { automationSpeed } from './0600-automation-speed';

/** Frozen in time: SQL text only, imports nothing from the app, never edited after it has shipped. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Puts new tables in the place of others that foreign keys point at: they are off meanwhile and checked afterwards. */
  readonly rebuilds?: true;
  up(db: BetterSqlite3.Database): void;
}

export const MIGRATIONS: readonly Migration[] = [
  shop,
  customers,
  sales,
  consent,
  groupsAndOffers,
  campaigns,
  inbox,
  attribution,
  links,
  people,
  sources,
  imports,
  ledger,
  privacy,
  desk,
  counterBusy,
  kit,
  registration,
  replies,
  counterTasks,
  campaignTopic,
  staffAccess,
  openEnds,
  schedules,
  outboxLanes,
  numbers,
  restores,
  account,
  textSteps,
  campaignParts,
  groups,
  offerTerms,
  ladders,
  taps,
  outreach,
  composer,
  tillCodes,
  creditTodo,
  outcomes,
  money,
  suggestions,
  truth,
  automations,
  automationArrivals,
  rewards,
  rewardCodes,
  service,
  wishes,
  mail,
  mailCampaigns,
  clubs,
  codeReminders,
  automationSpeed,
];
export const LATEST_VERSION = MIGRATIONS[MIGRATIONS.length - 1]?.version ?? 0;
