import { practiceAccount } from '@adapters/practice-carrier/account';
import { type CarrierServer, type CarrierServerOptions, startCarrierServer } from '@adapters/practice-carrier/server';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { makeTwilioAccount } from '@adapters/twilio/account';
import { makeTwilioGateway } from '@adapters/twilio/gateway';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { CarrierAccount } from '@ports/carrier-account';
import type { SendRequest, SmsGateway } from '@ports/sms-gateway';
import { NOON } from './test-ctx';
import { offSpec } from './twilio-spec';

export const { accountSid: ACCOUNT, keySid: KEY, keySecret: SECRET } = practiceAccount();
/** A single number, two numbers in a service, the service. */
export const SENDER = '+12125550140' as PhoneE164;
export const SERVICE = practiceAccount().services[0]?.sid ?? '';

export const aPhone = (n: number): PhoneE164 => `+1310${String(5_550_000 + n).padStart(7, '0')}` as PhoneE164;
export const aText = (over: Partial<Omit<SendRequest, 'sendAt'>> = {}): SendRequest => ({
  to: aPhone(1),
  sender: { kind: 'number', number: SENDER },
  body: 'Corner Shoes: 20% off boots this week. STOP to end',
  validitySeconds: 3600,
  ...over,
});

export interface TestCarrier extends CarrierServer {
  gateway: SmsGateway;
  account: CarrierAccount;
  /** Moves time on for carrier (and nothing else). */
  advance(ms: number): void;
  now(): UtcMs;
  /** Differences from Twilio's specification seen so far; `close` throws when there are any. */
  problems: string[];
}

/** The practice carrier over real HTTP and the real SDK talking to it, every exchange held against Twilio's specification. */
export async function aCarrier(
  options: CarrierServerOptions & { timeouts?: { postMs: number; getMs: number }; now?: number } = {},
): Promise<TestCarrier> {
  const problems: string[] = [];
  const server = await startCarrierServer({
    seed: 1,
    clock: new SimClock({ now: options.now ?? NOON, rate: 0 }),
    ...options,
    observe: (request, answer) => problems.push(...offSpec(request, answer)),
  });
  const credentials = {
    accountSid: server.sim.account.accountSid,
    keySid: server.sim.account.keySid,
    keySecret: server.sim.account.keySecret,
    baseUrl: server.url,
    retryPausesMs: [5, 20],
    ...(options.timeouts ? { timeouts: options.timeouts } : {}),
  };
  const gateway = makeTwilioGateway(credentials);
  return {
    ...server,
    gateway,
    account: makeTwilioAccount(credentials),
    problems,
    advance: (ms) => server.sim.changeClock({ advance: ms }),
    now: () => server.sim.now() as UtcMs,
    async close() {
      await server.close();
      if (problems.length) throw new Error(`off Twilio's specification:\n${[...new Set(problems)].slice(0, 10).join('\n')}`);
    },
  };
}
