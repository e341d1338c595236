import { changeMapping, forgetMapping, type StoredMapping, storedMappings } from '@db/queries/sources';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import { type Mapping, mappingGaps } from '@domain/imports/fields';
import type { Ctx, Session } from '../ctx';

/** What the owner said columns mean, newest used first. */
export const listMappings = (ctx: Ctx): StoredMapping[] => storedMappings(ctx.db);

function stored(ctx: Ctx, fingerprint: string): StoredMapping {
  const m = storedMappings(ctx.db).find((x) => x.fingerprint === fingerprint);
  if (!m) throw new AppError('source.not-found');
  return m;
}

/**
 * Another name or other meanings for files with these columns, from the next file on. Past imports stay as they are.
 * @throws AppError source.not-found | import.mapping-incomplete
 */
export function saveStoredMapping(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { fingerprint: string; name: string; mapping: Mapping },
): void {
  const known = stored(ctx, input.fingerprint);
  const missing = mappingGaps(input.mapping)[0];
  if (missing) throw new AppError('import.mapping-incomplete', { missing });
  const width = known.columnNames.length;
  if (width && Object.values(input.mapping.columns).some((at) => at?.some((i) => i >= width))) {
    throw new AppError('import.mapping-incomplete', { missing: 'columns' });
  }
  const at = ctx.clock.now();
  changeMapping(ctx.db, input.fingerprint, { name: input.name.trim() || known.name, mapping: input.mapping }, at);
  audit(ctx.db, { at, staffId: session.staffId, action: 'mapping.changed' });
}

/** Files with these columns are asked about again. */
export function forgetStoredMapping(ctx: Ctx, session: Pick<Session, 'staffId'>, fingerprint: string): void {
  stored(ctx, fingerprint);
  forgetMapping(ctx.db, fingerprint);
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'mapping.forgotten' });
}
