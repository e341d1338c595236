// npm test: type-check, lint and import rules, unit/database/service/IPC tests, end to end in real Electron, the packaged app.
// Ends with one line "N passed, N failed" summed over all runners; exits non-zero when anything failed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { at, runBin, say, withDisplay } from './lib/run.mjs';
import { build, setUp } from './setup.mjs';

const results = at('test-results');
fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results, { recursive: true });
let passed = 0;
let failed = 0;
const took = [];
const red = [];

async function step(name, work, count) {
  say(`${name}…`);
  const t = Date.now();
  let ok = true;
  try {
    await work();
  } catch (e) {
    ok = false;
    say(`${name} failed: ${e.message}`);
  }
  const c = count?.() ?? null;
  if (c) {
    passed += c.passed;
    failed += c.failed || (ok ? 0 : 1);
  } else if (ok) passed++;
  else failed++;
  took.push(`${name} ${Math.round((Date.now() - t) / 1000)} s`);
  return ok;
}

const json = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null);
function vitestCount(file) {
  const r = json(file);
  if (!r) return null;
  for (const f of r.testResults.filter((t) => t.status === 'failed')) {
    const where = path.relative(at('.'), f.name);
    const bad = f.assertionResults.filter((a) => a.status === 'failed');
    red.push(...(bad.length ? bad.map((a) => [where, a.fullName, a.failureMessages[0]]) : [[where, 'the file itself', f.message]]));
  }
  return { passed: r.numPassedTests, failed: r.numFailedTests + (r.numFailedTestSuites && !r.numFailedTests ? r.numFailedTestSuites : 0) };
}
function playwrightCount(file) {
  const r = json(file);
  if (!r) return null;
  for (const x of r.suites.flatMap(specsOf)) red.push([x.file, x.title, x.tests[0].results.at(-1)?.error?.message]);
  return { passed: r.stats.expected + r.stats.flaky, failed: r.stats.unexpected };
}
const specsOf = (suite) => [...(suite.specs ?? []).filter((s) => !s.ok), ...(suite.suites ?? []).flatMap(specsOf)];
const playwright = (name, args, env = {}) => {
  const file = at('test-results', `${name}.json`);
  return step(
    name,
    () =>
      withDisplay(
        [
          process.execPath,
          at('node_modules/@playwright/test/cli.js'),
          'test',
          '--reporter=list,json',
          `--output=test-results/${name}`,
          ...args,
        ],
        {
          env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...env },
        },
      ),
    () => playwrightCount(file),
  );
};

await setUp({ built: false });
const [, , built] = await Promise.all([
  step('type-check', () => runBin('tsc', ['-b'])),
  step('lint', () => runBin('biome', ['check', '--error-on-warnings', '.'])),
  step('build', build),
]);
if (!built) finish();
// The killed app mostly waits for its next death: the processor is free for the tests without a window meanwhile.
const unit = at('test-results/vitest.json');
await Promise.all([
  step(
    'tests',
    () => runBin('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`]),
    () => vitestCount(unit),
  ),
  playwright('kills', ['--project=kills']),
]);
// One half beside the other, each on a display of its own; on a single core they would only wait for each other.
const shards = os.availableParallelism() > 1 ? 2 : 1;
await Promise.all(
  Array.from({ length: shards }, (_, i) => playwright(`end-to-end-${i + 1}`, ['--project=app', `--shard=${i + 1}/${shards}`])),
);
if (await step('package', () => runBin('electron-builder', ['--dir', '--publish', 'never'], { quiet: true }))) {
  await playwright('packaged', ['--project=packaged']);
}
finish();

function finish() {
  // What failed, again, where it is found without reading five thousand lines.
  for (const [where, title, why = ''] of red) say(`failed: ${where} › ${title}\n${String(why).slice(0, 1500)}`);
  say(took.join(' · '));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
