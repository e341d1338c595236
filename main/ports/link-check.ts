import type { PageTrouble } from '@domain/registration/page-check';

export type PageLook = { kind: 'page'; html: string } | { kind: 'trouble'; why: PageTrouble };

/**
 * Looks at a page of the shop's own, on the owner's click only: https, public addresses, at most one redirect, nothing sent along,
 * limits on size and time. Never throws.
 */
export interface LinkCheck {
  look(url: string): Promise<PageLook>;
}
