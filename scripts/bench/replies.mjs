// Replies read per second by the whole classifier, over all labelled replies of the tests, beside the plainest thing that could be
// done with the same texts (lower case, split into words, one look in a set of stop words).
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { at } from '../lib/run.mjs';
import { tempDir } from './backend.mjs';
import { figure, median } from './lib.mjs';

const out = tempDir();
await build({
  configFile: false,
  logLevel: 'error',
  build: { ssr: at('main/domain/consent/reply.ts'), outDir: out, target: 'node24', minify: false },
});
const { readReply } = await import(pathToFileURL(path.join(out, 'reply.mjs')).href);
fs.rmSync(out, { recursive: true, force: true });

const texts = ['replies.txt', 'replies-fresh.txt', 'replies-holdout.txt'].flatMap((file) =>
  fs
    .readFileSync(at('test/fixtures', file), 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t')[1].replaceAll('\\n', '\n')),
);
const STOPS = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout', 'alto', 'baja']);
const plain = (text) =>
  text
    .toLowerCase()
    .split(/\W+/)
    .some((word) => STOPS.has(word));

/** Texts per second of one processor (what else runs on the machine does not count), the middle of several runs; the result is used so that nothing is left out. */
function perSecond(read) {
  let found = 0;
  for (let i = 0; i < 5; i++) for (const text of texts) found += read(text) ? 1 : 0;
  const runs = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    for (let i = 0; i < 4; i++) for (const text of texts) found += read(text) ? 1 : 0;
    const { user, system } = process.cpuUsage(before);
    return (4 * texts.length) / ((user + system) / 1e6);
  });
  if (found === 0) throw new Error('nothing was read');
  return median(runs);
}

const baseline = perSecond(plain);
const value = perSecond((text) => readReply(text).meaning !== 'message');
figure({ name: 'replies.per-second', value, unit: 'replies/s', target: '>= 50000', ok: value >= 50_000, baseline: Math.round(baseline) });
figure({
  name: 'replies.cost-beside-plain',
  value: baseline / value,
  unit: 'times',
  target: '<= 60',
  ok: baseline / value <= 60,
  baseline: 1,
});
