import type { AutomationKind } from '@domain/automations/kinds';
import type { Trigger } from '../trigger';
import { lapsed, late } from './absence';
import { birthday } from './birthday';
import { boughtNot } from './bought-not';
import { codeExpiring } from './code-expiring';
import { newArrival } from './new-arrival';
import { notCollected } from './not-collected';
import { reBuy } from './re-buy';
import { pointsExpiring, rewardNear, rewardReady } from './rewards';
import { thingDue } from './thing-due';
import { anniversary, review, thankYou } from './visits';
import { welcomePurchase, welcomeSignUp } from './welcome';
import { wishIn } from './wish-in';

/** What each kind follows; a kind without one is not offered yet. */
export const TRIGGERS: Readonly<Partial<Record<AutomationKind, Trigger>>> = {
  'welcome-sign-up': welcomeSignUp,
  'welcome-purchase': welcomePurchase,
  'thank-you': thankYou,
  birthday,
  late,
  lapsed,
  'bought-not': boughtNot,
  'code-expiring': codeExpiring,
  review,
  anniversary,
  'new-arrival': newArrival,
  'reward-near': rewardNear,
  'reward-ready': rewardReady,
  'points-expiring': pointsExpiring,
  'not-collected': notCollected,
  'thing-due': thingDue,
  're-buy': reBuy,
  'wish-in': wishIn,
};
