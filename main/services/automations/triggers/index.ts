import type { AutomationKind } from '@domain/automations/kinds';
import type { Trigger } from '../trigger';
import { lapsed, late } from './absence';
import { birthday } from './birthday';
import { boughtNot } from './bought-not';
import { codeExpiring } from './code-expiring';
import { newArrival } from './new-arrival';
import { anniversary, review, thankYou } from './visits';
import { welcomePurchase, welcomeSignUp } from './welcome';

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
};
