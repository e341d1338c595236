import type { Mapping } from '@domain/imports/fields';
import type { Decisions, FileLook, PlanSummary } from '@domain/imports/plan';
import type { ImportId, UtcMs, Zone } from '@domain/kernel';

export interface PlanJob {
  importId: ImportId;
  path: string;
  /** Where the plan is written; see db/queries/import-staging.ts. */
  stagingFile: string;
  /** Null = recognise the till; a mapping wins over recognition. */
  mapping: Mapping | null;
  decisions: Decisions;
  shop: { zone: Zone; country: string; currency: string };
  now: UtcMs;
}

/** Reads files and makes plans away from the thread that answers the counter (or in this one, for tests and the command line). */
export interface ImportRunner {
  /** A first look: what file it is, its columns, a few values. Throws AppError import.* */
  look(path: string, decisions: Decisions): Promise<FileLook>;
  /** Reads everything and writes the plan. Aborting leaves no plan behind. Throws AppError import.* */
  plan(job: PlanJob, report: (done: number, total: number) => void, signal: AbortSignal): Promise<PlanSummary>;
  /** A helper for the time something large is written to the shop; null where there is no thread to help (tests). */
  logKeeper(): LogKeeper | null;
}

/** Sees to the database's write-ahead log on a thread of its own; see db/queries/bulk.ts. */
export interface LogKeeper {
  /** Takes what was written to the disk. */
  sync(): Promise<void>;
  /** Copies the log into the shop file; resolves with the pages it held. */
  copy(): Promise<number>;
  end(): Promise<void>;
}
