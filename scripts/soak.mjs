// npm run soak -- NAME [--runs N]: a long suite at its full count. npm test runs a seeded slice of the same suites.
import fs from 'node:fs';
import os from 'node:os';
import { at, options, runBin, say, withDisplay } from './lib/run.mjs';
import { setUp } from './setup.mjs';

const SUITES = {
  'outbox-kill': { runs: 500, unit: 'kills of the backend as a plain process', vitest: ['test/services/outbox-kill.test.ts'] },
  'outbox-crash': { runs: 2000, unit: 'generated deaths and bad lines in one process', vitest: ['test/services/outbox-crash.test.ts'] },
  'outbox-model': {
    runs: 2000,
    unit: 'stories of outbox, carrier and owner in any order',
    vitest: ['test/services/outbox-model.test.ts'],
  },
  'app-kill': { runs: 200, unit: 'kills of the real app', playwright: ['app-kill'] },
  'import-kill': { runs: 500, unit: 'kills of a backend that imports and takes back', vitest: ['test/services/imports-kill.test.ts'] },
  'import-fuzz': { runs: 20_000, unit: 'broken files through whole imports', vitest: ['test/services/import-fuzz.test.ts'] },
  consent: {
    runs: 2000,
    unit: 'sequences of everything that can happen to a permission',
    vitest: ['test/services/consent-ways.test.ts', 'test/services/consent-sending.test.ts'],
  },
  groups: { runs: 5000, unit: 'generated shops, each asked 20 to 40 rules by both readers', vitest: ['test/db/segment-parity.test.ts'] },
  verdicts: { runs: 20_000, unit: 'campaigns with a known truth', vitest: ['test/domain/verdicts-simulated.test.ts'] },
  shops: {
    runs: 40,
    unit: 'whole shops with a known truth, and stories of credit',
    vitest: ['test/services/shops-known.test.ts', 'test/services/attribution-story.test.ts'],
  },
  ladders: { runs: 200, unit: 'paths of follow-ups with a death a day', vitest: ['test/services/ladders-crash.test.ts'] },
  year: { runs: 3, unit: 'years of a shop, each with a copy brought back in the middle', vitest: ['test/services/year.test.ts'] },
  cases: { runs: 1, unit: 'new seed for every property of npm test', vitest: propertyTests() },
  rules: { runs: 20_000, unit: 'generated cases per property', vitest: ['test/domain', 'test/db'] },
};

/** Every test of generated cases that needs no window. */
function propertyTests() {
  return fs
    .readdirSync(at('test'), { recursive: true })
    .map((f) => `test/${f.replaceAll('\\', '/')}`)
    .filter((f) => f.endsWith('.test.ts') && fs.readFileSync(at(f), 'utf8').includes("from 'fast-check'"));
}

const { _: names, ...given } = options(process.argv.slice(2));
const [name] = names;
const suite = SUITES[name];
if (!suite) {
  say(`which suite? ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}
await setUp();
const runs = Number(given.runs ?? suite.runs);
// Suites that count what happened write it there, line by line.
const tallyFile = at('test-results', `soak-${name}.txt`);
fs.mkdirSync(at('test-results'), { recursive: true });
fs.rmSync(tallyFile, { force: true });
const env = { SOAK: name, SOAK_RUNS: String(runs), SOAK_TALLY: tallyFile };
const started = Date.now();
let ok = true;
try {
  if (suite.vitest)
    await runBin('vitest', ['run', '--project', 'node', '--project', 'domain', '--testTimeout', '7200000', ...suite.vitest], { env });
  else
    await withDisplay(
      [process.execPath, at('node_modules/@playwright/test/cli.js'), 'test', '--project=kills', '--timeout=7200000', ...suite.playwright],
      { env },
    );
} catch {
  ok = false;
}
const minutes = ((Date.now() - started) / 60_000).toFixed(1);
const told = fs.existsSync(tallyFile) ? fs.readFileSync(tallyFile, 'utf8').trim().split('\n').join('; ').replaceAll('|', '/') : '';
const machine = `${os.cpus().length} cores, ${os.platform()}`;
const result = `${ok ? 'passed' : 'FAILED'}${told === '' ? '' : `: ${told}`}`;
const line = `| ${new Date().toISOString().slice(0, 10)} | ${name} | ${runs} ${suite.unit} | ${minutes} min, ${machine} | ${result} |`;
say(line);
// The tally is kept where people look for figures.
const file = at('docs/BENCH.md');
const text = fs.readFileSync(file, 'utf8');
fs.writeFileSync(file, text.replace('<!-- soak tally: newest last -->', `${line}\n<!-- soak tally: newest last -->`));
process.exit(ok ? 0 : 1);
