import { peopleNamed } from '@db/queries/automation-facts';
import { dayIn } from '@domain/ahead/frame';
import type { InTheWay } from '@domain/ahead/load';
import type { CustomerId, ShopDay, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import type { Source } from './collect';
import { type Fated, reckon, type SourceOn } from './reckon';

/** What one of the calendar's lines says of people: who they are. */
export interface WhoAhead {
  day: ShopDay;
  /** The last of several days; null = that one. */
  until: ShopDay | null;
  kind: Source['kind'];
  id: number | null;
  name: string;
  /** Only those who do not get it then. */
  leftOut: boolean;
}

export interface PersonAhead {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  at: UtcMs;
  /** Why they will not get it when it is due, and what is in the way; null = they will. */
  reason: InTheWay['reason'] | null;
  /** When they get it instead. */
  instead: UtcMs | null;
  because: SourceOn | null;
}

const namesOf = (ctx: Ctx, texts: readonly Fated[]) =>
  new Map(
    peopleNamed(
      ctx.db,
      texts.map((t) => t.person as CustomerId),
    ).map((p) => [p.id, p]),
  );

/** The people of one line, worked out anew. */
export async function peopleAhead(
  ctx: Ctx,
  asked: WhoAhead,
  page: { offset: number; limit: number },
): Promise<{ rows: PersonAhead[]; total: number }> {
  const { frame, sources, texts } = await reckon(ctx);
  const day = frame.days.indexOf(asked.day);
  const last = asked.until === null ? day : frame.days.indexOf(asked.until);
  const within = (d: number): boolean => d >= day && d <= last;
  const found = texts.filter((t) => {
    const s = sources[t.source];
    if (!s || s.kind !== asked.kind || s.id !== asked.id || s.name !== asked.name || t.person <= 0) return false;
    return (within(t.day) && (t.verdict !== null || !asked.leftOut)) || (!asked.leftOut && t.leaves !== null && within(t.leaves.day));
  });
  const rows = found.slice(page.offset, page.offset + page.limit);
  const names = namesOf(ctx, rows);
  return {
    total: found.length,
    rows: rows.map((t) => {
      const v = t.verdict;
      const p = names.get(t.person as CustomerId);
      const b = v?.because ?? null;
      const day = b === null ? null : dayIn(frame, b.at);
      const by = b === null ? undefined : sources[b.source];
      return {
        customerId: t.person as CustomerId,
        firstName: p?.firstName ?? '',
        lastName: p?.lastName ?? '',
        company: p?.company ?? '',
        at: t.at,
        reason: v?.reason ?? null,
        instead: v?.instead ?? null,
        because: by && day !== null ? { kind: by.kind, id: by.id, name: by.name, day: frame.days[day] as ShopDay } : null,
      };
    }),
  };
}

/** Somebody who hears from the shop so and so often in these days, and by what. */
export interface LoadedPerson {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  texts: SourceOn[];
}

/** Who gets exactly so many texts and e-mails in these days; who stands for a shared number speaks for all at it. */
export async function loadedPeople(
  ctx: Ctx,
  asked: { texts: number },
  page: { offset: number; limit: number },
): Promise<{ rows: LoadedPerson[]; total: number }> {
  const { frame, sources, texts } = await reckon(ctx);
  const heard = new Map<number, Fated[]>();
  for (const t of texts) {
    if (t.leaves === null || t.head <= 0 || sources[t.source]?.rank === null) continue;
    const list = heard.get(t.head);
    if (list) list.push(t);
    else heard.set(t.head, [t]);
  }
  const found = [...heard.values()].filter((list) => list.length === asked.texts);
  const rows = found.slice(page.offset, page.offset + page.limit);
  const names = namesOf(ctx, rows.flat());
  return {
    total: found.length,
    rows: rows.map((list) => {
      const id = (list[0] as Fated).person as CustomerId;
      const p = names.get(id);
      return {
        customerId: id,
        firstName: p?.firstName ?? '',
        lastName: p?.lastName ?? '',
        company: p?.company ?? '',
        texts: list
          .map((t) => ({ t, at: t.leaves?.at ?? t.at }))
          .sort((a, b) => a.at - b.at)
          .map(({ t }) => {
            const { kind, id: of, name } = sources[t.source] as Source;
            return { kind, id: of, name, day: frame.days[t.leaves?.day ?? t.day] as ShopDay };
          }),
      };
    }),
  };
}
