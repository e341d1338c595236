import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const N = 16_384;
const derive = (pin: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => scrypt(pin, salt, 32, { N, r: 8, p: 1 }, (e, key) => (e ? reject(e) : resolve(key))));

/** `scrypt$salt$key`, both hex. Asynchronous: it takes some 30 ms, which would be felt on the backend's loop. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('hex')}$${(await derive(pin, salt)).toString('hex')}`;
}

export async function pinMatches(pin: string, stored: string | null): Promise<boolean> {
  const [kind, salt, key] = (stored ?? '').split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'hex')), Buffer.from(key, 'hex'));
}
