// Texts per second through the whole sender (consent, hours, caps, commit before POST, official SDK) against the carrier as a
// process of its own, beside bare POSTs to the same carrier; and how many texts still leave after Pause.
import fs from 'node:fs';
import path from 'node:path';
import { backend, tempDir } from './backend.mjs';
import { aCampaign, carrier, sleep, until } from './carrier.mjs';
import { figure } from './lib.mjs';

/** POSTs under way at one time, as many as the sender allows itself. */
const WINDOW = 8;
const RAW = 1000;

async function rawPosts(sim) {
  const sid = `AC${'0'.repeat(32)}`;
  const authorization = `Basic ${Buffer.from(`SK${'0'.repeat(32)}:secret`).toString('base64')}`;
  let n = 0;
  const lane = async () => {
    while (n < RAW) {
      const To = `+1646555${String(1000 + n++).padStart(4, '0')}`;
      const r = await fetch(`${sim.url}/2010-04-01/Accounts/${sid}/Messages.json`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-host': 'api.twilio.com' },
        body: new URLSearchParams({ To, From: '+15005550006', Body: `Juniper & Main: hi, new boots are in. ${n} Reply STOP to opt out` }),
      });
      if (r.status !== 201) throw new Error(`raw POST: ${r.status} ${await r.text()}`);
      await r.arrayBuffer();
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: WINDOW }, lane));
  return RAW / ((performance.now() - started) / 1000);
}

/** A practice shop talking to a fresh carrier, with a campaign ready to start. */
async function sending(dir, segmentsPerSecond, rate) {
  const sim = await carrier(['--rate', String(rate)]);
  const shop = backend(dir, ['--serve'], sim.env);
  const ask = async (channel, input) => (await shop.ask(channel, input)).value;
  const campaign = await aCampaign(ask, segmentsPerSecond);
  await shop.ask('campaigns/start', { id: campaign.id, quoteToken: campaign.quoteToken }, { task: true });
  return { sim, shop, ask, campaign };
}

const dir = tempDir();
const practice = path.join(dir, 'practice');
const first = await carrier();
// Opening the folder of a practice shop for the first time fills it.
const maker = backend(practice, [], first.env);
await maker.ask('session/state');
await maker.close();
const baseline = await rawPosts(first);
first.stop();
fs.cpSync(practice, path.join(dir, 'again', 'practice'), { recursive: true });

{
  const { sim, shop, campaign } = await sending(practice, 1000, 10);
  await until('the first texts answered', async () => (await sim.texts()) > 30);
  const from = await sim.texts();
  const started = performance.now();
  const goal = Math.floor(campaign.people * 0.9);
  await until('most texts', async () => (await sim.texts()) >= goal);
  const rate = ((await sim.texts()) - from) / ((performance.now() - started) / 1000);
  figure({ name: 'send.texts', value: rate, unit: 'texts/s', target: '>= 40', ok: rate >= 40, baseline: Math.round(baseline) });
  await shop.close();
  sim.stop();
}
{
  // At the pace of a usual account (10 segments a second), in the middle of the campaign.
  const { sim, shop, ask, campaign } = await sending(path.join(dir, 'again', 'practice'), 10, 20);
  await until('the first texts answered', async () => (await sim.texts()) > 20);
  await sim.control('clock', { rate: 1 });
  const running = await sim.texts();
  await until('sending at its pace', async () => (await sim.texts()) >= running + 20);
  const pressed = performance.now();
  const before = await sim.texts();
  await ask('campaigns/pause', { id: campaign.id });
  const answered = performance.now() - pressed;
  await sleep(5000);
  const after = (await sim.texts()) - before;
  figure({ name: 'send.after-pause', value: after, unit: 'texts in 5 s', target: '<= 8', ok: after <= 8 });
  figure({ name: 'send.pause-answered', value: answered, unit: 'ms', target: '<= 250', ok: answered <= 250 });
  await shop.close();
  sim.stop();
}
fs.rmSync(dir, { recursive: true, force: true });
