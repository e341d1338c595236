import type { PhoneE164 } from '../kernel';

/**
 * The link that opens a phone's messages with our number and the word filled in. `?&body=` is the one form both kinds of phone read:
 * Android takes the query by the standard (RFC 5724), iPhones look for `&body=`. Words are plain capitals, so nothing needs escaping.
 */
export const smsLink = (number: PhoneE164, word: string): string => `sms:${number}?&body=${encodeURIComponent(word)}`;
