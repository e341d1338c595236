import type { ErrorCode } from '../errors';
import type { ImportId } from '../kernel';
import type { WaitReason } from './watch';

/** Something that happened while nobody was looking; told once, in words of the screen (renderer/strings/sources.ts). */
export type Notice =
  | {
      kind: 'imported';
      file: string;
      importId: ImportId;
      newSales: number;
      newPeople: number;
      changed: number;
      rejected: number;
    }
  | { kind: 'waits'; file: string; why: WaitReason }
  /** A list on the web has something new: it waits for a look. */
  | { kind: 'list-waits'; name: string }
  /** The weekly page could not be put into the owner's folder. */
  | { kind: 'paper-failed'; code: ErrorCode };
