import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassphraseVault, writeWhole } from '@adapters/disk/vault';
import type { SecretName, SecretStore } from '@ports/secrets';
import { safeStorage } from 'electron';

export type VaultKind = 'system' | 'passphrase' | 'new';

/** Linux without a keyring "encrypts" with a fixed password: that is no store (rules.md §9). */
function systemStoreWorks(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/** Secrets encrypted by the operating system (Keychain, DPAPI, libsecret), one small file beside the shop. */
class SystemStore implements SecretStore {
  private readonly items: Record<string, string>;

  constructor(private readonly path: string) {
    this.items = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
  }

  private save(): void {
    writeWhole(this.path, JSON.stringify(this.items));
  }

  async get(name: SecretName): Promise<string | null> {
    const sealed = this.items[name];
    return sealed ? safeStorage.decryptString(Buffer.from(sealed, 'base64')) : null;
  }

  async set(name: SecretName, value: string): Promise<void> {
    this.items[name] = safeStorage.encryptString(value).toString('base64');
    this.save();
  }

  async remove(name: SecretName): Promise<void> {
    delete this.items[name];
    this.save();
  }
}

const vaultFile = (dir: string) => join(dir, 'vault.json');

export function vaultKind(dir: string): VaultKind {
  if (existsSync(vaultFile(dir))) return 'passphrase';
  return systemStoreWorks() ? 'system' : 'new';
}

/** The shop's secret store, or null when a passphrase is needed first. Throws secrets.wrong-passphrase. */
export function openSecrets(dir: string, passphrase: string | undefined): SecretStore | null {
  if (vaultKind(dir) === 'system') return new SystemStore(join(dir, 'secrets.json'));
  return passphrase ? new PassphraseVault(vaultFile(dir), passphrase) : null;
}
