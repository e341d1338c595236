import type { In, Out } from '@renderer/api/client';
import { create } from 'zustand';

export type Look = Out<'imports/inspect'>;
export type Mapping = Look['suggestion'];
export type Decisions = NonNullable<In<'imports/preview'>['decisions']>;
export type Report = Out<'imports/report'>;

/** The file in hand: where it lies, what it looked like, what the owner said about it. Server data is never kept here. */
export interface ImportUi {
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
  started: (importId: number, task: string) => void;
  forget: () => void;
}

const nothing = { path: null, look: null, mapping: null, decisions: {}, importId: null, task: null };

export const useImportUi = create<ImportUi>((set) => ({
  ...nothing,
  take: (path, look) => set({ ...nothing, path, look, mapping: look.profile ? null : look.suggestion }),
  map: (mapping) => set({ mapping }),
  decide: (decisions) => set({ decisions }),
  started: (importId, task) => set({ importId, task }),
  forget: () => set(nothing),
}));
