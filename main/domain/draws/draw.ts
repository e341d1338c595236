import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256Hex } from '../consent/hmac';

/**
 * A draw anybody can recompute. The seed is 64 hex characters; its SHA-256 is shown before the first entry. When entries are closed
 * the tickets are sorted as bytes, each followed by a line feed, and hashed: the list. Each ticket's lot is
 * HMAC-SHA256(key = the seed's characters, message = list hash + line feed + ticket), in hex; lots ascend, the lowest wins.
 * With standard tools: `LC_ALL=C sort tickets.txt | sha256sum`, `printf '%s\n%s' LIST TICKET | openssl dgst -sha256 -hmac SEED`.
 * Who knows the seed cannot choose a winner without another ticket, and every ticket that comes or goes changes every lot.
 */
export interface DrawnTickets {
  listHash: string;
  /** All tickets in the order they were drawn. */
  order: { ticket: string; lot: string }[];
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** SHA-256 of the seed's characters, hex. */
export const commitmentOf = (seed: string): string => sha256Hex(seed);

export const listHashOf = (tickets: readonly string[]): string =>
  sha256Hex(
    [...tickets]
      .sort(byBytes)
      .map((t) => `${t}\n`)
      .join(''),
  );

export function drawTickets(seed: string, tickets: readonly string[]): DrawnTickets {
  const listHash = listHashOf(tickets);
  const base = hmac.create(sha256, utf8ToBytes(seed));
  const order = tickets.map((ticket) => ({
    ticket,
    lot: bytesToHex(
      base
        .clone()
        .update(utf8ToBytes(`${listHash}\n${ticket}`))
        .digest(),
    ),
  }));
  order.sort((a, b) => byBytes(a.lot, b.lot) || byBytes(a.ticket, b.ticket));
  return { listHash, order };
}

/** No letters or digits that are read as others. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const TICKET_LENGTH = 8;

/** A ticket such as "K7M4-Q9XA" (32⁸ of them), from random bytes; 256 is a multiple of 32, so all are as likely. */
export function ticketOf(randomBytes: (n: number) => Uint8Array): string {
  const t = [...randomBytes(TICKET_LENGTH)].map((b) => LETTERS[b % LETTERS.length]).join('');
  return `${t.slice(0, 4)}-${t.slice(4)}`;
}

/** A person on paper others may see: "Ana R.", number by its last two digits. */
export function shownWinner(name: string, phone: string | null): string {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  const last = rest.at(-1)?.[0];
  const who = [first, last === undefined ? '' : `${last.toUpperCase()}.`].filter(Boolean).join(' ');
  return [who, phone === null ? '' : `(…${phone.slice(-2)})`].filter(Boolean).join(' ');
}
