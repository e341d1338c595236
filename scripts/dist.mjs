// npm run dist [-- electron-builder arguments]: packages the app; without arguments an unpacked build for this machine.
import { runBin } from './lib/run.mjs';
import { setUp } from './setup.mjs';

await setUp();
const given = process.argv.slice(2);
await runBin('electron-builder', given.length ? given : ['--dir', '--publish', 'never']).catch((e) => process.exit(e.code ?? 1));
