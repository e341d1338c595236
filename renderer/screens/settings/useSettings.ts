import type { In, Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useQuery } from '@renderer/api/useQuery';
import { useEffect, useState } from 'react';

export type SettingsData = Out<'settings/get'>;
export type ShopData = SettingsData['shop'];
export type TextingData = SettingsData['texting'];
export type Probe = Out<'settings/texting-probe'>;
export type Credentials = In<'settings/texting-probe'>;
export type StaffMember = Out<'settings/staff'>[number];

export const useSettings = () => useQuery('settings/get', {});
export const useStaff = () => useQuery('settings/staff', {});
export const useHealth = (enabled: boolean) => useQuery('settings/texting-health', {}, { enabled, topics: ['settings', 'inbox'] });
export const useBackups = () => useQuery('backups/list', {});

/** A form's draft over what is stored: follows the store until the person typed something. */
export function useDraft<T>(stored: T): { draft: T; change: (part: Partial<T>) => void; dirty: boolean; reset: () => void } {
  const [own, setOwn] = useState<T | null>(null);
  const key = JSON.stringify(stored);
  const draft = own ?? stored;
  const dirty = own !== null && JSON.stringify(own) !== key;
  // Saved: what is stored now equals the draft, so the draft has done its work.
  useEffect(() => {
    setOwn((o) => (o !== null && JSON.stringify(o) === key ? null : o));
  }, [key]);
  return { draft, change: (part) => setOwn({ ...draft, ...part }), dirty, reset: () => setOwn(null) };
}

export const useSaveShop = () => useCommand('settings/save-shop');
