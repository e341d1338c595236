import type { AutomationKind } from '@domain/automations/kinds';
import type { Trigger } from '../trigger';
import { lapsed, late } from './absence';
import { birthday } from './birthday';

/** What each kind follows; a kind without one is not offered yet. */
export const TRIGGERS: Readonly<Partial<Record<AutomationKind, Trigger>>> = {
  birthday,
  late,
  lapsed,
};
