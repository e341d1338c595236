import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Db } from '@db/open';
import { readMeta, readSettings, saveSettings, writeMeta } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import type { PhoneE164 } from '@domain/kernel';
import type { AccountFor, CarrierAccount } from '@ports/carrier-account';
import type { Clock } from '@ports/clock';
import type { NumberLookup } from '@ports/number-lookup';
import type { SecretStore } from '@ports/secrets';
import type { SmsGateway } from '@ports/sms-gateway';
import type { GatewayFor } from '@services/settings/texting-account';

const PRACTICE_NUMBER = '+15005550006' as PhoneE164;

export interface Gateways {
  /** The carrier this shop is connected to. */
  current(): Promise<SmsGateway>;
  gatewayFor: GatewayFor;
  /** The account behind the current carrier. */
  account(): Promise<CarrierAccount>;
  accountFor: AccountFor;
  /** Paid questions about numbers, at the current carrier. */
  lookup(): Promise<NumberLookup>;
  stop(): Promise<void>;
}

/**
 * Which carrier this shop talks to. A practice shop only ever talks to the embedded simulator (its own process memory, its own
 * file), a real shop only to Twilio, or in development to the simulator whose loopback address stands in REGULARS_TWILIO_URL.
 * The adapters are loaded on first use: the SDK costs a third of a second.
 */
export function makeGateways(deps: { db: Db; clock: Clock; secrets: SecretStore; dir: string; twilioUrl: string | undefined }): Gateways {
  const { db, clock, secrets, dir, twilioUrl } = deps;
  let carrier: { url: string; close(): Promise<void> } | undefined;
  let built: { key: string; gateway: Promise<SmsGateway> } | undefined;
  let builtAccount: { key: string; account: Promise<CarrierAccount> } | undefined;

  async function practiceUrl(): Promise<string> {
    if (twilioUrl) return twilioUrl;
    if (!carrier) {
      const { startCarrierServer } = await import('@adapters/practice-carrier/server');
      const { accountSid, keySid } = readSettings(db).texting;
      const started = await startCarrierServer({
        stateFile: join(dir, 'practice-carrier.jsonl'),
        clock,
        accountSid,
        keySid,
        keySecret: (await secrets.get('twilio-key-secret')) ?? '',
        customers: true,
      });
      carrier = started;
      return started.url;
    }
    return carrier.url;
  }

  const make = async (credentials: { accountSid: string; keySid: string; keySecret: string }, baseUrl: string | undefined) => {
    const { makeTwilioGateway } = await import('@adapters/twilio/gateway');
    return makeTwilioGateway({ ...credentials, now: () => clock.now(), ...(baseUrl ? { baseUrl } : {}) });
  };

  const makeAccount = async (credentials: { accountSid: string; keySid: string; keySecret: string }, baseUrl: string | undefined) => {
    const { makeTwilioAccount } = await import('@adapters/twilio/account');
    return makeTwilioAccount({ ...credentials, ...(baseUrl ? { baseUrl } : {}) });
  };

  async function stored() {
    const { mode, accountSid, keySid } = readSettings(db).texting;
    if (mode === 'none') throw new AppError('sms.not-connected');
    const keySecret = await secrets.get('twilio-key-secret');
    if (!keySecret) throw new AppError('sms.not-connected');
    const credentials = { accountSid, keySid, keySecret };
    return { credentials, key: Object.values({ mode, ...credentials }).join(' '), mode };
  }
  const urlOf = async (mode: string) => (mode === 'practice' ? practiceUrl() : twilioUrl);

  return {
    async current() {
      const { credentials, key, mode } = await stored();
      if (built?.key !== key) {
        const gateway = (async () => make(credentials, await urlOf(mode)))();
        built = { key, gateway };
        gateway.catch(() => {
          built = undefined;
        });
      }
      return built.gateway;
    },
    async account() {
      const { credentials, key, mode } = await stored();
      if (builtAccount?.key !== key) {
        const account = (async () => makeAccount(credentials, await urlOf(mode)))();
        builtAccount = { key, account };
        account.catch(() => {
          builtAccount = undefined;
        });
      }
      return builtAccount.account;
    },
    async lookup() {
      const { credentials, mode } = await stored();
      const url = await urlOf(mode);
      const { makeTwilioLookup } = await import('@adapters/twilio/lookup');
      return makeTwilioLookup({ ...credentials, ...(url ? { baseUrl: url } : {}) });
    },
    gatewayFor: (credentials) => make(credentials, twilioUrl),
    accountFor: (credentials) => makeAccount(credentials, twilioUrl),
    async stop() {
      await carrier?.close();
    },
  };
}

/** A practice shop is connected from its first second: credentials of its own, one toll-free-like number, approved. */
export async function connectPractice(db: Db, secrets: SecretStore, now: number): Promise<void> {
  if (readMeta(db, 'account_sid')) return;
  const hex = () => randomBytes(16).toString('hex');
  const accountSid = `AC${hex()}`;
  await secrets.set('twilio-key-secret', hex());
  writeMeta(db, 'account_sid', accountSid);
  saveSettings(
    db,
    'texting',
    {
      ...readSettings(db).texting,
      mode: 'practice',
      accountSid,
      keySid: `SK${hex()}`,
      sender: { kind: 'number', number: PRACTICE_NUMBER },
      numbers: [PRACTICE_NUMBER],
      segmentsPerSecond: 10,
      senderApproved: true,
    },
    now as never,
  );
}
