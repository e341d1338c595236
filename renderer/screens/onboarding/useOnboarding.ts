import { call } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useQuery } from '@renderer/api/useQuery';
import type { SettingsData } from '../settings/useSettings';

export type Step = SettingsData['onboarding']['step'];
export const STEPS: readonly Step[] = ['shop', 'owner', 'recovery', 'backup', 'texting', 'import', 'done'];

export const useOnboardingSettings = () => useQuery('settings/get', {});
export const useOwner = () => useQuery('settings/staff', {}, { topics: ['session', 'settings'] });
export const useHeadCount = () => useQuery('customers/counts', {});
export const useStep = () => useCommand('settings/onboarding-step');

/** Real data elsewhere stays untouched: the practice shop is a file of its own. */
export const openPractice = (): void => void call('shell/open-shop', { kind: 'practice' }).catch(() => undefined);
