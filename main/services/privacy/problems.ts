import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WhoGoes } from '@db/queries/erase';
import { Staging } from '@db/queries/import-staging';
import type { Ctx } from '../ctx';

/** Rows an import could not take are kept with their cells to be mended: theirs go. */
export function forgetProblems(ctx: Ctx, who: WhoGoes): number {
  const needles = needlesOf(who);
  const dir = join(ctx.dir, 'imports');
  let gone = 0;
  for (const name of filesIn(dir)) {
    if (!name.endsWith('.sqlite')) continue;
    const staging = Staging.open(join(dir, name));
    if (!staging) continue;
    try {
      gone += staging.forgetProblems((cells) => names(cells, needles));
    } catch (error) {
      ctx.log.error('problems of an import', error);
    } finally {
      staging.close();
    }
  }
  return gone;
}

interface Needles {
  /** The till's own numbers of the person: a whole cell. */
  ids: Set<string>;
  words: string[];
  digits: string[];
  name: string[];
}

function needlesOf(who: WhoGoes): Needles {
  const name = [who.record['first_name'], who.record['last_name']].map((n) => String(n ?? '').toLowerCase()).filter((n) => n.length > 1);
  return {
    ids: new Set(who.tillIds.map((t) => t.id).filter((id) => id.length > 2)),
    words: who.emails.map((e) => e.toLowerCase()),
    digits: who.phones.map((p) => p.replace(/\D/g, '').slice(-10)).filter((d) => d.length >= 7),
    name: name.length === 2 ? name : [],
  };
}

function names(cells: readonly string[], n: Needles): boolean {
  if (cells.some((c) => n.ids.has(c.trim()))) return true;
  const text = cells.join('\n').toLowerCase();
  if (n.words.some((w) => text.includes(w))) return true;
  const digits = cells.map((c) => c.replace(/\D/g, ''));
  if (n.digits.some((d) => digits.some((c) => c.endsWith(d)))) return true;
  return n.name.length === 2 && n.name.every((part) => text.includes(part));
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
