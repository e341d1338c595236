import type { Out } from '@renderer/api';

export type Guide = Out<'registration/guide'>;
export type Tracker = NonNullable<Guide['tracker']>;
export type TrackedStage = Tracker['stages'][number];
export type Pack = Out<'registration/pack'>;
export type Page = Pack['pages'][number];
export type Trade = Guide['refused'][number];
