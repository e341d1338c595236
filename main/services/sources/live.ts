import type { Db } from '@db/open';
import type { Ctx } from '../ctx';

/** Why a file is not looked at yet: still being written, in use by another program, behind another import. */
export type Delay = 'writing' | 'locked' | 'queued';

/** What is true just now and is not worth a place in the shop file. */
export interface Live {
  /** The folder is watched by this very process; a read-only second copy of Regulars does not. */
  running: boolean;
  folder: 'fine' | 'gone' | 'unreadable';
  delayed: Map<string, { fileName: string; why: Delay }>;
  /** Look again now. */
  wake: () => void;
}

const lives = new WeakMap<Db, Live>();

/** The one memory of an open shop. */
export function liveOf(ctx: Pick<Ctx, 'db'>): Live {
  let live = lives.get(ctx.db);
  if (!live) {
    live = { running: false, folder: 'fine', delayed: new Map(), wake: () => {} };
    lives.set(ctx.db, live);
  }
  return live;
}
