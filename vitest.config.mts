import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const resolve = {
  alias: {
    '@domain': at('main/domain'),
    '@contract': at('preload/contract'),
    '@db': at('db'),
    '@ports': at('main/ports'),
    '@adapters': at('main/adapters'),
    '@services': at('main/services'),
    '@backend': at('main/backend'),
    '@renderer': at('renderer'),
  },
};

export default defineConfig({
  resolve,
  test: {
    maxWorkers: '100%', // much of a test is waiting for a disk or a carrier; one core left idle would only make it longer
    projects: [
      {
        resolve,
        test: {
          name: 'domain',
          environment: 'node',
          include: ['test/domain/**/*.test.ts'],
          setupFiles: ['test/support/setup-node.ts'],
          isolate: false, // pure: nothing is left behind that another file could see
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/domain/**'],
          setupFiles: ['test/support/setup-node.ts'],
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        plugins: [react()],
        test: {
          name: 'ui',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.tsx'],
          setupFiles: ['test/support/setup-ui.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
