import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '@domain/errors';
import type { SecretName, SecretStore } from '@ports/secrets';

interface VaultFile {
  v: 1;
  salt: string;
  items: Record<string, { iv: string; tag: string; data: string }>;
}
const CHECK = 'check';

/** The new text or the old one, never half of it: a power cut or a full disk must not cost a shop its keys. Only its owner may read it. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(`${path}.tmp`, 'w', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${path}.tmp`, path);
}

/** Secrets in a file, locked with a passphrase (scrypt + AES-256-GCM): where the system has no store worth the name. */
export class PassphraseVault implements SecretStore {
  private readonly file: VaultFile;
  private readonly key: Buffer;

  /** Opens or makes the vault. Throws secrets.wrong-passphrase. */
  constructor(
    private readonly path: string,
    passphrase: string,
  ) {
    this.file = existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as VaultFile)
      : { v: 1, salt: randomBytes(16).toString('hex'), items: {} };
    this.key = scryptSync(passphrase, Buffer.from(this.file.salt, 'hex'), 32, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
    const check = this.file.items[CHECK];
    if (check) this.open(check);
    else {
      this.file.items[CHECK] = this.seal('ok');
      this.save();
    }
  }

  private seal(value: string) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return { iv: iv.toString('hex'), tag: cipher.getAuthTag().toString('hex'), data: data.toString('hex') };
  }

  private open(item: { iv: string; tag: string; data: string }): string {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, Buffer.from(item.iv, 'hex'));
      decipher.setAuthTag(Buffer.from(item.tag, 'hex'));
      return Buffer.concat([decipher.update(Buffer.from(item.data, 'hex')), decipher.final()]).toString('utf8');
    } catch {
      throw new AppError('secrets.wrong-passphrase');
    }
  }

  private save(): void {
    writeWhole(this.path, JSON.stringify(this.file));
  }

  async get(name: SecretName): Promise<string | null> {
    const item = this.file.items[name];
    return item ? this.open(item) : null;
  }

  async set(name: SecretName, value: string): Promise<void> {
    this.file.items[name] = this.seal(value);
    this.save();
  }

  async remove(name: SecretName): Promise<void> {
    delete this.file.items[name];
    this.save();
  }
}
