import type { Zone } from '@domain/kernel';
import { createContext, useContext } from 'react';
import type { Out } from './client';

export type SessionState = Out<'session/state'>;

/** What every screen may need about where it stands: the shop's money and clock, who is at the screen, whether we are online. */
export interface Shell {
  shop: { name: string; kind: 'real' | 'practice'; currency: string; country: string; zone: Zone };
  /** 'staff' may only do counter things; 'open' = nobody unlocked. */
  role: SessionState['role'];
  staff: SessionState['staff'];
  online: boolean;
  /** False in the first moments, while the frame is drawn from the last time and the shop file is still opening. */
  ready: boolean;
  /** BCP 47, for Intl. */
  locale: string;
}

const FALLBACK: Shell = {
  shop: { name: '', kind: 'real', currency: 'USD', country: 'US', zone: 'America/New_York' as Zone },
  role: 'owner',
  staff: null,
  online: true,
  ready: true,
  locale: 'en-US',
};

export const ShellContext = createContext<Shell>(FALLBACK);

/** The frame around the screen; outside the app (tests, gallery) an owner of a US shop. */
export const useShell = (): Shell => useContext(ShellContext);
