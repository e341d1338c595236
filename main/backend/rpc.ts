import type { Topic } from '@contract/define';
import type { Envelope } from '@contract/errors';
import type { Leaving } from '@domain/outbox/leaving';
import type { Notice } from '@domain/sources/notice';
import type { Printable } from '@ports/paper-printer';
import type { SecretName } from '@ports/secrets';

/** What the shell gives the backend at its start. Secrets travel this way only. */
export interface BackendStart {
  dir: string;
  kind: 'real' | 'practice';
  packaged: boolean;
  secrets: Partial<Record<SecretName, string>>;
  /** Typed when the machine's secret store lost the keys. */
  recoveryCode?: string;
  /** Go on from the newest whole copy. */
  mend?: boolean;
  /** The backend before this one failed: it is told to the owner, and what it was sending is looked for. */
  afterFailure?: boolean;
  /** Development only: loopback addresses of simulators. */
  twilioUrl?: string;
  clockUrl?: string;
}

export type ToBackend =
  | { t: 'call'; id: number; channel: string; input: unknown; windowId: number }
  | { t: 'window-closed'; windowId: number }
  /** This window faces customers: whatever it asks, it asks as a customer. */
  | { t: 'display-window'; windowId: number }
  | { t: 'secret-stored'; id: number; ok: boolean }
  /** Null: it could not be printed. */
  | { t: 'printed'; id: number; pdf: Uint8Array | null }
  /** The shell's own questions, answered like calls: what waits to leave; everything paused or resumed from the tray. */
  | { t: 'ask'; id: number; windowId: number; what: ShellQuestion }
  | { t: 'power'; event: 'suspend' | 'resume' }
  | { t: 'stop' };

/** `glance`: only whether, not how many (services/outbox/leaving.ts). */
export type ShellQuestion = 'leaving' | 'glance' | 'pause-all' | 'resume-all';

/** What the shell has to know of the shop to quit, to show a tray and to keep the computer awake. */
export interface ShellAnswer {
  leaving: Leaving;
  /** Nothing leaves although it should, until somebody looks: the clock is off, the account refuses. */
  halted: boolean;
  /** Whoever is at that window is the owner. */
  owner: boolean;
}

export type FromBackend =
  | { t: 'ready' }
  | { t: 'failed'; code: string; params: Record<string, string | number | boolean> }
  | { t: 'reply'; id: number; envelope: Envelope<unknown> }
  | { t: 'changed'; topics: Topic[] }
  /** To be said once, on screen or by the system. */
  | { t: 'notice'; notice: Notice }
  | { t: 'store-secret'; id: number; name: SecretName; value: string | null }
  /** To be turned into a PDF without a person. */
  | { t: 'print'; id: number; paper: Printable }
  /** The file underneath was replaced (restore): start me again. */
  | { t: 'restart' }
  | { t: 'stopped' };
