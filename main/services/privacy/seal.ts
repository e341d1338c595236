import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** What stood beside a ledger event: enough to prove it again, its hash included. */
export interface SealedProof {
  salt: string;
  address: string | null;
  name: string | null;
  inboundSid: string | null;
  inboundText: string | null;
  /** base64 */
  photo: string | null;
}

/**
 * Proof of an erased number is locked under the shop's key and the number itself: nobody who leafs through the file finds it, and
 * the app cannot show it by itself. Who is shown a complaint with the number on it can open it (the owner, with the recovery code).
 */
const keyFor = (hmacKey: Uint8Array, address: string): Buffer => createHmac('sha256', hmacKey).update(`proof-seal\n${address}`).digest();

export function sealProof(hmacKey: Uint8Array, address: string, proof: SealedProof, randomBytes: (n: number) => Uint8Array): Buffer {
  const iv = Buffer.from(randomBytes(12));
  const cipher = createCipheriv('aes-256-gcm', keyFor(hmacKey, address), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(proof), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), data]);
}

/** Null when it was sealed under another number or key. */
export function openProof(hmacKey: Uint8Array, address: string, box: Uint8Array): SealedProof | null {
  try {
    const raw = Buffer.from(box);
    const decipher = createDecipheriv('aes-256-gcm', keyFor(hmacKey, address), raw.subarray(0, 12));
    decipher.setAuthTag(raw.subarray(12, 28));
    return JSON.parse(Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')) as SealedProof;
  } catch {
    return null;
  }
}
