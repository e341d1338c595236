import { readPages, savePage } from '@db/queries/registration';
import type { UtcMs } from '@domain/kernel';
import { addressesIn, type PageAddresses, type PageKind } from '@domain/registration/addresses';
import { judgePage, type PageAnswer, troubled } from '@domain/registration/page-check';
import { currentWording } from '../consent';
import type { Ctx } from '../ctx';

export interface CheckedPage {
  kind: PageKind;
  url: string | null;
  /** Null: nobody has looked since the address was last changed. */
  answer: PageAnswer | null;
  checkedAt: UtcMs | null;
}

/** The terms and privacy addresses the wording in force sends people to. */
const pageAddresses = (ctx: Ctx): PageAddresses => addressesIn(currentWording(ctx, 'sign-up', 'en').text);

/** Both pages with the last look at them; a look at another address does not count. */
export function pagesNow(ctx: Ctx): CheckedPage[] {
  const addresses = pageAddresses(ctx);
  const seen = readPages(ctx.db);
  return (['terms', 'privacy'] as const).map((kind) => {
    const url = addresses[kind];
    const last = seen.find((s) => s.kind === kind && s.url === url);
    return { kind, url, answer: last?.answer ?? null, checkedAt: last?.checkedAt ?? null };
  });
}

/** Looks at both pages now. The only thing that leaves this computer is the request for them. */
export async function checkPages(ctx: Ctx): Promise<CheckedPage[]> {
  const addresses = pageAddresses(ctx);
  const { name, phone, email } = ctx.settings().shop;
  for (const kind of ['terms', 'privacy'] as const) {
    const url = addresses[kind];
    if (url === null) continue;
    const look = await ctx.linkCheck.look(url);
    const answer = look.kind === 'trouble' ? troubled(look.why) : judgePage(kind, look.html, { shopName: name, phone, email });
    savePage(ctx.db, { kind, url, answer, checkedAt: ctx.clock.now() });
  }
  return pagesNow(ctx);
}
