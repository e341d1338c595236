// The practice carrier as a process of its own, for benches that send.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { at, root, toolEnv, toolNode } from '../lib/run.mjs';

/** Tuesday 11:00 in New York: the recipients are awake. */
export const OPENING = Date.parse('2026-11-17T16:00:00Z');

export async function carrier(args = []) {
  const child = spawn(toolNode(), [at('out/main/carrier-server.js'), '--control', '--any-account', '--now', String(OPENING), ...args], {
    cwd: root,
    env: toolEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`carrier left with ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line).url));
  });
  const control = async (path, body) => {
    const r = await fetch(`${url}/__sim/${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
    if (!r.ok) throw new Error(`carrier ${path}: ${r.status}`);
    return r.json();
  };
  return {
    url,
    pid: child.pid,
    control,
    /** What the app is told to talk to it. */
    env: { REGULARS_TWILIO_URL: url, REGULARS_CLOCK_URL: `${url}/__sim/clock` },
    /** Texts accepted so far. */
    texts: async () => Object.values((await control('state')).statuses).reduce((a, b) => a + b, 0),
    stop: () => child.kill('SIGKILL'),
  };
}

/** A campaign to everybody who agreed, ready to start. `ask(channel, input)` resolves with the value. */
export async function aCampaign(ask, segmentsPerSecond = 1000) {
  await ask('settings/save-texting', {
    segmentsPerSecond,
    pricePerSegment: 8300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });
  const { id: segmentId } = await ask('segments/save', { id: null, name: 'Agreed', rule: { all: [{ is: 'may-text', value: true }] } });
  const { id } = await ask('campaigns/save', {
    id: null,
    fields: {
      name: 'Bench',
      segmentId,
      body: 'Juniper & Main: hi {first name|there}, new boots are in.',
      offerId: null,
      addStopLine: true,
      holdout: 'off',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    },
  });
  const { quoteToken, people, checks } = await ask('campaigns/review', { id });
  if (!quoteToken) throw new Error(`no quote: ${JSON.stringify(checks)}`);
  return { id, quoteToken, people };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(what, test, limitMs = 120_000) {
  const end = Date.now() + limitMs;
  while (!(await test())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${limitMs / 1000} s`);
    await sleep(50);
  }
}
