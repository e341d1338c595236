import type { Topic } from '@contract/define';
import type { Channel, ChannelOutput, Channels } from '@contract/index';
import type { ErrorCode, ErrorParams } from '@domain/errors';

/** What main answers; the shape of preload/contract/errors.ts `Envelope`. */
export type Answer =
  | { ok: true; value: unknown }
  | { ok: false; error: { code: ErrorCode; params: ErrorParams; details?: string | undefined } };

/** Events main pushes: data changed, the backend came or went, a menu entry was chosen, something happened unseen. */
export type BridgeEvent = 'changed' | 'backend' | 'menu' | 'notice' | 'quit';

/** What the preload exposes as `window.regulars`. */
export interface Bridge {
  invoke(channel: string, input: unknown): Promise<Answer>;
  on(event: BridgeEvent, fn: (payload: unknown) => void): () => void;
  /** Start-up milestones for the bench ('shell-painted', 'counter-usable'). */
  mark?(name: string): void;
  /** Where a dropped file lies on disk. */
  pathOf?(file: File): string;
}

declare global {
  interface Window {
    regulars?: Bridge;
  }
}

/** What a screen passes: defaults of the schema may be left out. */
export type In<C extends Channel> = Channels[C]['input']['_zod']['input'];
/** What it gets back. */
export type Out<C extends Channel> = ChannelOutput<C>;

/** An expected refusal or a bug; words come from renderer/strings/errors.ts. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    readonly details?: string,
  ) {
    super(code);
  }
}

let injected: Bridge | undefined;

/** Only the gallery and tests: speak to a fake instead of the preload. */
export function setBridge(bridge: Bridge | undefined): void {
  injected = bridge;
}

/** The way to main; a missing preload is a bug, said as one. */
export function bridge(): Bridge {
  const b = injected ?? window.regulars;
  if (!b) throw new ApiError('bug', {}, 'window.regulars is missing: the preload did not run');
  return b;
}

/** Calls that restart the backend on purpose: what follows is not a crash. */
const RESTARTS: readonly string[] = [
  'shell/open-shop',
  'shell/restart-backend',
  'shell/unlock-vault',
  'shell/restore-keys',
  'shell/restore-newest-backup',
  'backups/restore',
  'restore/move-out',
  'restore/arrive',
  'restore/take-back',
];
let wantedRestart = false;

/** Was the restart just seen asked for by a person? Answers once. */
export function takeWantedRestart(): boolean {
  const was = wantedRestart;
  wantedRestart = false;
  return was;
}

/** Asks the backend (or main, for `shell/…`). Rejects with ApiError only. */
export async function call<C extends Channel>(channel: C, input: In<C>): Promise<Out<C>> {
  let answer: Answer;
  if (RESTARTS.includes(channel)) wantedRestart = true;
  try {
    answer = await bridge().invoke(channel, input);
  } catch (e) {
    if (e instanceof ApiError) throw e;
    // The process at the other end went away mid-call; main restarts it and says so.
    throw new ApiError('backend.restarted', {}, e instanceof Error ? e.message : String(e));
  }
  if (answer.ok) return answer.value as Out<C>;
  throw new ApiError(answer.error.code, answer.error.params, answer.error.details);
}

/** Anything thrown, as an ApiError, so that a panel can always show words. */
export function toApiError(e: unknown): ApiError {
  if (e instanceof ApiError) return e;
  return new ApiError('bug', {}, e instanceof Error ? (e.stack ?? e.message) : String(e));
}

const isTopics = (v: unknown): v is Topic[] => Array.isArray(v);

const ALL: readonly Topic[] = [
  'shop',
  'session',
  'settings',
  'customers',
  'consent',
  'imports',
  'segments',
  'offers',
  'campaigns',
  'outbox',
  'inbox',
  'reports',
  'backups',
  'tasks',
];

/** Calls back with the topics that changed. A backend that (re)started may have anything new to say: then it is all of them. */
export function onChanged(fn: (topics: readonly Topic[]) => void): () => void {
  const off = [
    bridge().on('changed', (payload) => {
      if (isTopics(payload)) fn(payload);
    }),
    bridge().on('backend', (payload) => {
      if ((payload as { state?: string } | null)?.state === 'ready') fn(ALL);
    }),
  ];
  return () => {
    for (const f of off) f();
  };
}

/** Writes a start-up milestone; nothing happens where the preload has none (tests, gallery). */
export function mark(name: string): void {
  (injected ?? window.regulars)?.mark?.(name);
}
