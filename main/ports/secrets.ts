/**
 * Named secrets of one shop: `hmac-key`, `journal-key` (made at creation), `twilio-key-secret`, `mail-password` (an app password).
 * Behind it: the operating system's store, else a passphrase vault. Values never reach the renderer or a log.
 */
export type SecretName = 'hmac-key' | 'journal-key' | 'twilio-key-secret' | 'mail-password';

export interface SecretStore {
  get(name: SecretName): Promise<string | null>;
  set(name: SecretName, value: string): Promise<void>;
  remove(name: SecretName): Promise<void>;
}
