/**
 * Named secrets of one shop: `hmac-key`, `journal-key` (made at creation), `twilio-key-secret`.
 * Behind it: the operating system's store, else a passphrase vault. Values never reach the renderer or a log.
 */
export type SecretName = 'hmac-key' | 'journal-key' | 'twilio-key-secret';

export interface SecretStore {
  get(name: SecretName): Promise<string | null>;
  set(name: SecretName, value: string): Promise<void>;
  remove(name: SecretName): Promise<void>;
}
