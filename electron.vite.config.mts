import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The oldest runtime that has to run the output (fallback Electron 33 = Chrome 130 / Node 20.18).
const node = 'node20.18';
const chrome = 'chrome130';
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Same list as tsconfig.base.json "paths". */
const alias = {
  '@domain': at('main/domain'),
  '@contract': at('preload/contract'),
  '@db': at('db'),
  '@ports': at('main/ports'),
  '@adapters': at('main/adapters'),
  '@services': at('main/services'),
  '@backend': at('main/backend'),
  '@renderer': at('renderer'),
};

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: node,
      sourcemap: true,
      minify: true, // the Twilio SDK halves, and less is parsed at start
      externalizeDeps: true, // package.json "dependencies" only
      rolldownOptions: {
        input: {
          index: 'main/index.ts',
          backend: 'main/backend/worker.ts',
          'check-worker': 'main/backend/check-worker.ts',
          'import-worker': 'main/backend/import-worker.ts',
          cli: 'main/backend/cli.ts',
          seed: 'main/backend/seed-cli.ts',
          'carrier-server': 'main/backend/carrier-server.ts',
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: { target: node, sourcemap: true, externalizeDeps: false, rolldownOptions: { input: { index: 'preload/index.ts' } } },
  },
  renderer: {
    root: 'renderer',
    resolve: { alias },
    plugins: [react()],
    build: {
      target: chrome,
      sourcemap: true,
      minify: true,
      rolldownOptions: {
        input: {
          index: 'renderer/index.html',
          display: 'renderer/display.html',
          print: 'renderer/print.html',
          gallery: 'renderer/gallery.html',
        },
      },
    },
  },
});
