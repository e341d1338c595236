import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

/** 29 symbols nobody mistakes for another; the same set as offer codes. */
const SYMBOLS = '23456789ABCDEFGHJKMNPQRTVWXYZ';

export interface ShopKeys {
  hmac: string;
  journal: string;
}

/** Six groups of four: 24 symbols of 29, some 116 bits. */
export function makeRecoveryCode(bytes: (n: number) => Uint8Array = randomBytes): string {
  let out = '';
  while (out.length < 24) {
    for (const b of bytes(32)) {
      if (b < 29 * 8 && out.length < 24) out += SYMBOLS[b % 29]; // rejection keeps every symbol equally likely
    }
  }
  return (out.match(/.{4}/g) ?? []).join('-');
}

const normal = (code: string) => code.toUpperCase().replace(/[^0-9A-Z]/g, '');
const derive = (code: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => scrypt(normal(code), salt, 32, { N: 16_384, r: 8, p: 1 }, (e, k) => (e ? reject(e) : resolve(k))));

/** A key of 32 bytes from the printed code, for a file that only its holder may read. */
export const keyFromCode = (code: string, salt: Uint8Array): Promise<Buffer> => derive(code, Buffer.from(salt));

/** The shop's keys, readable only with the printed code. Stands in the file's meta, so in every backup. */
export async function wrapKeys(keys: ShopKeys, code: string): Promise<string> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(code, salt), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(keys), 'utf8'), cipher.final()]);
  return JSON.stringify({
    v: 1,
    salt: salt.toString('hex'),
    iv: iv.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
    data: data.toString('hex'),
  });
}

/** Null when the code is wrong or the text damaged. */
export async function unwrapKeys(wrapped: string, code: string): Promise<ShopKeys | null> {
  try {
    const w = JSON.parse(wrapped) as { salt: string; iv: string; tag: string; data: string };
    const decipher = createDecipheriv('aes-256-gcm', await derive(code, Buffer.from(w.salt, 'hex')), Buffer.from(w.iv, 'hex'));
    decipher.setAuthTag(Buffer.from(w.tag, 'hex'));
    const text = Buffer.concat([decipher.update(Buffer.from(w.data, 'hex')), decipher.final()]).toString('utf8');
    return JSON.parse(text) as ShopKeys;
  } catch {
    return null;
  }
}
