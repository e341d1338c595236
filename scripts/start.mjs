// npm start: Regulars on the owner's own shop (empty at first: onboarding). REGULARS_DATA_DIR says where it lives.
import { at, hasDisplay, runNode, say, withDisplay } from './lib/run.mjs';
import { setUp } from './setup.mjs';

await setUp();
if (!hasDisplay()) say('no display here: starting under a virtual one');
const electron = at('node_modules/electron/cli.js');
const args = ['.', ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...process.argv.slice(2)];
await (hasDisplay() ? runNode(electron, args) : withDisplay([process.execPath, electron, ...args])).catch((e) => process.exit(e.code ?? 1));
