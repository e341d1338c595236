import { makeTwilioGateway } from '@adapters/twilio/gateway';
import type { UtcMs } from '@domain/kernel';
import { aSendingShop, type SendingShop } from './sending-shop';

/** A shop whose gateway compares clocks, on a computer with a counter that nobody can set. */
export async function aWatchedShop(): Promise<SendingShop & { steady: { ms: number } }> {
  const steady = { ms: 1000 };
  let now = () => 0 as UtcMs;
  const s = await aSendingShop({
    wrap: (plain) => {
      let own: ReturnType<typeof makeTwilioGateway> | undefined;
      const gateway = () => {
        const { account } = carrierOf().sim;
        own ??= makeTwilioGateway({ ...account, baseUrl: carrierOf().url, retryPausesMs: [1, 1], now: () => now() });
        return own;
      };
      const carrierOf = () => s.carrier;
      return new Proxy(plain, { get: (_t, key) => Reflect.get(gateway(), key) });
    },
  });
  now = () => s.ctx.clock.now();
  Object.assign(s.ctx.clock, { steady: () => steady.ms });
  return { ...s, steady };
}
