// The practice carrier itself: 20,000 texts over HTTP, what it costs in memory, and how long it needs after kill -9. It has to be
// faster than any sender under test.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { tempDir } from './backend.mjs';
import { carrier } from './carrier.mjs';
import { figure, pssMb } from './lib.mjs';

const TEXTS = 20_000;
const LANES = 8;
const ACCOUNT = `AC${'0'.repeat(32)}`;
const authorization = `Basic ${Buffer.from(`SK${'0'.repeat(32)}:secret`).toString('base64')}`;

const dir = tempDir();
const state = path.join(dir, 'carrier.jsonl');
const sim = await carrier(['--state', state, '--seed', '1', '--rate', '60']);
await sim.control('account', { numbers: [{ number: '+12125550140', mps: 10_000 }], services: [] });
const { hostname, port } = new URL(sim.url);
const agent = new http.Agent({ keepAlive: true, maxSockets: LANES });
const post = (body) =>
  new Promise((resolve, reject) => {
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
    const at = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
    const request = http.request({ hostname, port, method: 'POST', path: at, agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 201 ? resolve() : reject(new Error(`POST: ${answer.statusCode}`))));
    });
    request.on('error', reject);
    request.end(body);
  });

let n = 0;
const lane = async (until) => {
  while (n < until) {
    const To = `+1646${String(5_550_000 + n)}`;
    n += 1;
    await post(
      new URLSearchParams({ To, From: '+12125550140', Body: `Juniper & Main: hi ${n}, new boots are in. Reply STOP to end` }).toString(),
    );
  }
};
const some = async (until) => {
  const started = performance.now();
  const from = n;
  await Promise.all(Array.from({ length: LANES }, () => lane(until)));
  return (n - from) / ((performance.now() - started) / 1000);
};
const first = await some(TEXTS / 4);
const before = pssMb(sim.pid);
const rest = await some(TEXTS);
const perText = ((pssMb(sim.pid) - before) * 1024) / (TEXTS * 0.75);
const rate = Math.min(first, rest);
figure({ name: 'practice-carrier.creates', value: rate, unit: 'texts/s', target: '>= 500', ok: rate >= 500 });
figure({ name: 'practice-carrier.memory', value: perText, unit: 'KB per text', target: '<= 12', ok: perText <= 12 });
sim.stop();
const started = performance.now();
const again = await carrier(['--state', state]);
const kept = await again.texts();
const restart = performance.now() - started;
figure({
  name: 'practice-carrier.restart',
  value: restart,
  unit: 'ms for 20,000 texts',
  target: '<= 3000',
  ok: restart <= 3000 && kept === TEXTS,
});
again.stop();
fs.rmSync(dir, { recursive: true, force: true });
