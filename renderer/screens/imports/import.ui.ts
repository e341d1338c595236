import type { In, Out } from '@renderer/api/client';
import { create } from 'zustand';

export type Look = Out<'imports/inspect'>;
export type Mapping = Look['suggestion'];
export type Decisions = NonNullable<In<'imports/preview'>['decisions']>;
export type Report = Out<'imports/report'>;

/** One of several files dropped together. */
export interface QueuedFile {
  path: string;
  name: string;
  /** waiting: not looked at yet · known/unknown: can be taken · wrong: cannot · done/left: over with */
  state: 'waiting' | 'known' | 'unknown' | 'wrong' | 'done' | 'left';
  look: Look | null;
  error: unknown;
}

/** The files in hand: where they lie, what they looked like, what the owner said about them. Server data is never kept here. */
export interface ImportUi {
  /** Files dropped together, in the order they are taken. */
  queue: QueuedFile[];
  path: string | null;
  look: Look | null;
  mapping: Mapping | null;
  decisions: Decisions;
  /** The import made of it, once it was checked. */
  importId: number | null;
  task: string | null;
  take: (path: string, look: Look) => void;
  map: (mapping: Mapping) => void;
  decide: (decisions: Decisions) => void;
  started: (importId: number, task: string, path: string) => void;
  /** Lets go of the file in hand; the others stay. */
  forget: () => void;
  line: (files: { path: string; name: string }[]) => void;
  looked: (path: string, result: { look: Look } | { error: unknown }) => void;
  over: (path: string, state: 'done' | 'left') => void;
  clear: () => void;
}

const nothing = { path: null, look: null, mapping: null, decisions: {}, importId: null, task: null };

/**
 * People first: sales then find whose they are. Items before payments, so that a receipt's lines are there when its totals come.
 * What somebody must still explain comes after what goes by itself, what cannot be used last.
 */
export function orderOf(f: QueuedFile): number {
  if (f.state === 'wrong') return 9;
  if (!f.look) return 8;
  const asked = f.look.profile ? 0 : 4;
  const { kind, columns } = f.look.suggestion;
  return asked + (kind === 'customers' ? 0 : columns.item?.length ? 1 : 2);
}

export const canTake = (f: QueuedFile): boolean => f.state === 'known' || f.state === 'unknown';

export const useImportUi = create<ImportUi>((set) => ({
  ...nothing,
  queue: [],
  take: (path, look) => set({ ...nothing, path, look, mapping: look.profile ? null : look.suggestion }),
  map: (mapping) => set({ mapping }),
  decide: (decisions) => set({ decisions }),
  started: (importId, task, path) => set({ importId, task, path }),
  forget: () => set(nothing),
  line: (files) => set({ queue: files.map((f) => ({ ...f, state: 'waiting', look: null, error: undefined })) }),
  looked: (path, result) =>
    set(({ queue }) => ({
      queue: queue
        .map((f): QueuedFile => {
          if (f.path !== path || f.state !== 'waiting') return f;
          if ('error' in result) return { ...f, state: 'wrong', error: result.error };
          return { ...f, state: result.look.profile ? 'known' : 'unknown', look: result.look };
        })
        .sort((a, b) => orderOf(a) - orderOf(b) || a.name.localeCompare(b.name, undefined, { numeric: true })),
    })),
  over: (path, state) => set(({ queue }) => ({ queue: queue.map((f) => (f.path === path && canTake(f) ? { ...f, state } : f)) })),
  clear: () => set({ queue: [] }),
}));
