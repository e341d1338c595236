import { parseArgs } from 'node:util';
import { control } from '@adapters/practice-carrier/control';
import { startCarrierServer } from '@adapters/practice-carrier/server';
import { SimClock } from '@adapters/practice-carrier/sim-clock';

/**
 * The practice carrier as a process of its own, for tests that kill it or the app:
 * `node out/main/carrier-server.js --port 0 --state FILE --control --seed N [--people] [--any-account] [--now MS]
 * [--rate N] [--latency MS]`.
 * Never shipped (electron-builder.yml): it alone brings the control page along.
 * Prints one line of JSON, {url}, once it listens.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    state: { type: 'string' },
    seed: { type: 'string' },
    control: { type: 'boolean' },
    people: { type: 'boolean' },
    'any-account': { type: 'boolean' },
    now: { type: 'string' },
    rate: { type: 'string' },
    'account-sid': { type: 'string' },
    'key-sid': { type: 'string' },
    'key-secret': { type: 'string' },
    'price-delay': { type: 'string' },
    'max-concurrent': { type: 'string' },
    latency: { type: 'string' },
  },
});
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));

async function main(): Promise<void> {
  const server = await startCarrierServer({
    port: number(values.port),
    stateFile: values.state,
    seed: values.seed,
    control: values.control ? control : undefined,
    customers: values.people,
    clock: new SimClock({ now: number(values.now), rate: number(values.rate) }),
    account: values['any-account'] ? { anyone: true } : {},
    accountSid: values['account-sid'],
    keySid: values['key-sid'],
    keySecret: values['key-secret'],
    priceDelayMs: number(values['price-delay']),
    maxConcurrent: number(values['max-concurrent']),
    switches: values.latency === undefined ? {} : { latencyMs: Number(values.latency) },
    crash: () => process.kill(process.pid, 'SIGKILL'),
  });
  process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
}

void main();
