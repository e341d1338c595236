import type { NewEntry } from '@db/queries/draws';
import { drawFact } from '@db/queries/replay-draws';
import type { Ctx } from '../ctx';

type Writes = Pick<Ctx, 'db' | 'journal' | 'clock'>;

/** A draw as it now stands, after the commit that made it so: a restored copy must neither commit to another seed nor draw again. */
export function journalDraw(ctx: Writes, id: number): void {
  const row = drawFact(ctx.db, id);
  if (row) ctx.journal.append([{ kind: 'draw', at: ctx.clock.now(), row }]);
}

/** Tickets people hold from here on. */
export function journalEntries(ctx: Writes, entries: readonly NewEntry[]): void {
  if (entries.length > 0) ctx.journal.append([{ kind: 'draw-entries', at: ctx.clock.now(), row: { entries: [...entries] } }]);
}
