// npm run shots [-- --out DIR] [--only empty,sample,narrow,large,sending,sending-narrow]: a PNG of every screen, light and dark, of an
// empty shop, the sample shop (also in the smallest window), a shop of 100,000 people, and sending on good and bad days; the real window.
import path from 'node:path';
import { at, options, say, withDisplay } from './lib/run.mjs';
import { setUp } from './setup.mjs';

const { out = 'shots-out', only } = options(process.argv.slice(2));
await setUp();
const env = { REGULARS_SHOTS_OUT: path.resolve(out), ...(only ? { REGULARS_SHOTS_ONLY: only } : {}) };
await withDisplay([process.execPath, at('node_modules/@playwright/test/cli.js'), 'test', '--project=shots', '--reporter=list'], { env });
say(`pictures are in ${path.resolve(out)}`);
