import type { Out } from '@renderer/api/client';
import { useQuery } from '@renderer/api/useQuery';

export type RestoreState = NonNullable<Out<'restore/state'>>;
export type HeldCampaign = RestoreState['campaigns'][number];

/** What the last restore brought and what waits; asked again as the look goes on. */
export const useRestoreState = () => useQuery('restore/state', {});
/** For the frame: read-only, retired, something on hold. */
export const useStanding = (enabled = true) => useQuery('restore/standing', {}, { enabled });
