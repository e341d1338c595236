import { AppError } from '../errors';

export type ImportState = 'previewing' | 'previewed' | 'committing' | 'done' | 'cancelled' | 'failed' | 'undone';
export type ImportAction = 'planned' | 'could-not-read' | 'cancel' | 'commit' | 'committed' | 'undo';

const MOVES: { readonly [S in ImportState]: { readonly [A in ImportAction]?: ImportState } } = {
  previewing: { planned: 'previewed', 'could-not-read': 'failed', cancel: 'cancelled' },
  previewed: { commit: 'committing', cancel: 'cancelled' },
  committing: { committed: 'done', cancel: 'cancelled' },
  done: { undo: 'undone' },
  cancelled: {},
  failed: {},
  undone: {},
};

/** The one place where an import moves on; a move that is not in the table is refused. */
export function advanceImport(state: ImportState, action: ImportAction): ImportState {
  const next = MOVES[state][action];
  if (next) return next;
  throw new AppError(action === 'undo' ? 'import.not-undoable' : 'import.not-found');
}
