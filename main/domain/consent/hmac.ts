import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The name under which the ledger knows a number or an e-mail: HMAC-SHA256(shop key, address) in hex. A plain hash of a phone
 * number can be guessed in hours; without the shop's key this one cannot (rules.md §1, erasing a person).
 */
export function addressHmac(key: Uint8Array, address: string): string {
  return bytesToHex(hmac(sha256, key, utf8ToBytes(address)));
}

/** HMAC-SHA256(shop key, text) in hex, for sealing the head of the ledger. */
export function keyedSeal(key: Uint8Array, text: string): string {
  return bytesToHex(hmac(sha256, key, utf8ToBytes(`consent-head\n${text}`)));
}

/** SHA-256 of a text, hex. */
export function sha256Hex(text: string | Uint8Array): string {
  return bytesToHex(sha256(typeof text === 'string' ? utf8ToBytes(text) : text));
}
