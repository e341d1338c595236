/** Where the sign-up words send people: the terms and the privacy page. */
export type PageKind = 'terms' | 'privacy';
export type PageAddresses = Readonly<Record<PageKind, string | null>>;

const BEFORE: Readonly<Record<PageKind, RegExp>> = { terms: /\bt[eé]rm(?:s|inos)\b/i, privacy: /\b(?:privacy|privacidad)\b/i };
const LINK = /(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,24}(?:\/[^\s]*)?/gi;
const tidy = (link: string): string => `https://${link.replace(/^https?:\/\//i, '').replace(/[.,;:)]+$/, '')}`;

/**
 * The two addresses inside a wording, as https. A link belongs to the word nearest before it ("Terms: shop.com/terms Privacy: …"), else to
 * what its own path says. An e-mail address is no link.
 */
export function addressesIn(text: string): PageAddresses {
  const found: Record<PageKind, string | null> = { terms: null, privacy: null };
  let end = 0;
  for (const m of text.matchAll(LINK)) {
    const before = text.slice(end, m.index);
    end = m.index + m[0].length;
    if (text[m.index - 1] === '@' || text[end] === '@') continue;
    const kind = kindOf(before, m[0]);
    if (kind !== null) found[kind] ??= tidy(m[0]);
  }
  return found;
}

function kindOf(before: string, link: string): PageKind | null {
  const at = (k: PageKind) => [...before.matchAll(new RegExp(BEFORE[k], 'gi'))].at(-1)?.index ?? -1;
  const [terms, privacy] = [at('terms'), at('privacy')];
  if (terms !== privacy) return terms > privacy ? 'terms' : 'privacy';
  return BEFORE.privacy.test(link) ? 'privacy' : BEFORE.terms.test(link) ? 'terms' : null;
}
