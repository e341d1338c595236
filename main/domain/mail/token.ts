import { addressHmac } from '../consent/hmac';

const LENGTH = 20;

/**
 * What a mail's "unsubscribe" carries: stands for one address, tells nobody which, and cannot be made up without the shop's key. Always
 * the same for an address, so that the link in a mail of years ago still works, and a mail that a restored copy has forgotten, too.
 */
export const unsubscribeToken = (key: Uint8Array, email: string): string =>
  addressHmac(key, `unsubscribe\n${email.toLowerCase()}`).slice(0, LENGTH);

/** The subject line a mail program fills in; people see it, so it says what it does. */
export const unsubscribeSubject = (token: string): string => `Unsubscribe ${token}`;

/** The address a press on "unsubscribe" writes to: no web page, no tracking, works in every mail program. */
export const unsubscribeLink = (to: string, token: string): string =>
  `mailto:${inLink(to)}?subject=${encodeURIComponent(unsubscribeSubject(token))}`;

/** What has a meaning of its own in a link is written as its number (RFC 6068 §2). */
const inLink = (address: string): string => address.replace(/[^\w.!$'*+~@-]/gu, encodeURIComponent);

/** Finds the token again in a subject or a text, whatever a mail program put around it (Re:, quotes, line ends). */
export function readToken(text: string): string | null {
  return new RegExp(`unsubscribe[\\s:_+-]*([0-9a-f]{${LENGTH}})(?![0-9a-f])`, 'i').exec(text)?.[1]?.toLowerCase() ?? null;
}
