import type { contract } from '@contract/index';
import type { HandlersFor } from '../handler';
import { accountHandlers } from './account';
import { aheadHandlers } from './ahead';
import { automationsHandlers } from './automations';
import { awayHandlers } from './away';
import { backupsHandlers } from './backups';
import { campaignsHandlers } from './campaigns';
import { clubsHandlers } from './clubs';
import { consentHandlers } from './consent';
import { costsHandlers } from './costs';
import { counterHandlers } from './counter';
import { counterTasksHandlers } from './counter-tasks';
import { customersHandlers } from './customers';
import { deskHandlers } from './desk';
import { displayHandlers } from './display';
import { drawsHandlers } from './draws';
import { importsHandlers } from './imports';
import { inboxHandlers } from './inbox';
import { kitHandlers } from './kit';
import { laddersHandlers } from './ladders';
import { linksHandlers } from './links';
import { loyaltyHandlers } from './loyalty';
import { mailHandlers } from './mail';
import { marginsHandlers } from './margins';
import { noticesHandlers } from './notices';
import { numbersHandlers } from './numbers';
import { offersHandlers } from './offers';
import { ordersHandlers } from './orders';
import { outboxHandlers } from './outbox';
import { outreachHandlers } from './outreach';
import { overTimeHandlers } from './over-time';
import { papersHandlers } from './papers';
import { payLinksHandlers } from './pay-links';
import { privacyHandlers } from './privacy';
import { registrationHandlers } from './registration';
import { reportsHandlers } from './reports';
import { restoreHandlers } from './restore';
import { resultsHandlers } from './results';
import { segmentsHandlers } from './segments';
import { sessionHandlers } from './session';
import { settingsHandlers } from './settings';
import { signUpHandlers } from './sign-up';
import { sourcesHandlers } from './sources';
import { staffHandlers } from './staff';
import { suggestionsHandlers } from './suggestions';
import { tapsHandlers } from './taps';
import { tasksHandlers } from './tasks';
import { templatesHandlers } from './templates';
import { testsHandlers } from './tests';
import { thingsHandlers } from './things';
import { tillCheckHandlers } from './till-check';
import { whyHandlers } from './why';
import { wishesHandlers } from './wishes';

/** Channel → what happens. A channel without a handler does not compile. */
export const handlers = {
  ...sessionHandlers,
  ...settingsHandlers,
  ...staffHandlers,
  ...tasksHandlers,
  ...backupsHandlers,
  ...restoreHandlers,
  ...customersHandlers,
  ...consentHandlers,
  ...privacyHandlers,
  ...counterHandlers,
  ...displayHandlers,
  ...signUpHandlers,
  ...counterTasksHandlers,
  ...deskHandlers,
  ...importsHandlers,
  ...sourcesHandlers,
  ...segmentsHandlers,
  ...kitHandlers,
  ...clubsHandlers,
  ...linksHandlers,
  ...mailHandlers,
  ...numbersHandlers,
  ...offersHandlers,
  ...campaignsHandlers,
  ...aheadHandlers,
  ...automationsHandlers,
  ...suggestionsHandlers,
  ...tapsHandlers,
  ...templatesHandlers,
  ...whyHandlers,
  ...payLinksHandlers,
  ...loyaltyHandlers,
  ...ordersHandlers,
  ...thingsHandlers,
  ...noticesHandlers,
  ...wishesHandlers,
  ...laddersHandlers,
  ...outboxHandlers,
  ...outreachHandlers,
  ...drawsHandlers,
  ...testsHandlers,
  ...awayHandlers,
  ...inboxHandlers,
  ...registrationHandlers,
  ...accountHandlers,
  ...reportsHandlers,
  ...resultsHandlers,
  ...overTimeHandlers,
  ...tillCheckHandlers,
  ...marginsHandlers,
  ...costsHandlers,
  ...papersHandlers,
} satisfies HandlersFor<typeof contract>;
