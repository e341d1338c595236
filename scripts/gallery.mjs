// npm run gallery: every component in every state, in a window, without a shop.
import { at, hasDisplay, runNode, withDisplay } from './lib/run.mjs';
import { setUp } from './setup.mjs';

await setUp();
const args = ['.', ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const env = { REGULARS_PAGE: 'gallery', REGULARS_DATA_DIR: at('node_modules/.cache/gallery') };
const electron = at('node_modules/electron/cli.js');
await (hasDisplay() ? runNode(electron, args, { env }) : withDisplay([process.execPath, electron, ...args], { env })).catch((e) =>
  process.exit(e.code ?? 1),
);
