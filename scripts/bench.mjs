// npm run bench [-- NAME …]: one JSON line per figure {name, value, unit, target, ok, baseline?}; baselines from the same run.
import { at, options, runNode, say, withDisplay } from './lib/run.mjs';
import { setUp } from './setup.mjs';

const ALL = [
  'startup',
  'loop',
  'queries',
  'counter',
  'import',
  'send',
  'replies',
  'ledger',
  'freeze',
  'offers',
  'results',
  'automations',
  'practice-carrier',
];
const { _: asked } = options(process.argv.slice(2));
for (const name of asked) {
  if (!ALL.includes(name)) {
    say(`there is no bench "${name}": ${ALL.join(', ')}`);
    process.exit(2);
  }
}
await setUp();
let failed = false;
for (const name of asked.length ? asked : ALL) {
  const script = at('scripts/bench', `${name}.mjs`);
  const windowed = ['startup', 'loop', 'results'].includes(name);
  await (windowed ? withDisplay([process.execPath, script]) : runNode(script)).catch(() => {
    failed = true;
  });
}
process.exit(failed ? 1 : 0);
