// npm run -s call -- CHANNEL 'JSON' [--db FILE] [--now ISO]   any contract channel, without a window (development only).
import { at, runNode } from './lib/run.mjs';
import { setUp } from './setup.mjs';

await setUp();
await runNode(at('out/main/cli.js'), process.argv.slice(2)).catch((e) => process.exit(e.code ?? 1));
