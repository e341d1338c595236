// A lab of test/support (what a bench drives in one process), built so that plain Node can run it: `withLab('offer-lab', async (lab, dir) => …)`.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { at } from '../lib/run.mjs';
import { tempDir } from './backend.mjs';

const FOLDERS = {
  '@domain': 'main/domain',
  '@contract': 'preload/contract',
  '@db': 'db',
  '@ports': 'main/ports',
  '@adapters': 'main/adapters',
  '@services': 'main/services',
  '@backend': 'main/backend',
};

/** `run` gets the lab's exports and an empty folder; both are gone afterwards. */
export async function withLab(name, run) {
  const dir = tempDir();
  // beside the sources, so that the database driver is found
  const out = at('node_modules/.cache', `bench-${name}`);
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      resolve: { alias: Object.fromEntries(Object.entries(FOLDERS).map(([alias, folder]) => [alias, at(folder)])) },
      build: {
        ssr: at(`test/support/${name}.ts`),
        outDir: out,
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: { external: ['better-sqlite3'] },
      },
    });
    await run(await import(pathToFileURL(path.join(out, `${name}.mjs`)).href), dir);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
    fs.rmSync(out, { recursive: true, force: true });
  }
}
