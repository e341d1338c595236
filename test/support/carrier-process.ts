import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const alias = (name: string, path: string) => ({ find: name, replacement: join(ROOT, path) });
const bundles = new Map<string, Promise<string>>();

/** Bundles a backend entry as the app's build does, so that a test can run it as a process of its own. Once per test file. */
export function bundled(entry: string): Promise<string> {
  let made = bundles.get(entry);
  if (!made) {
    made = (async () => {
      const outDir = join(ROOT, 'node_modules/.cache/regulars-test', String(process.pid));
      mkdirSync(outDir, { recursive: true });
      const name = `${entry.replaceAll('/', '-').replace(/\.ts$/, '')}.cjs`;
      await build({
        root: ROOT,
        configFile: false,
        logLevel: 'error',
        resolve: {
          alias: [
            alias('@domain', 'main/domain'),
            alias('@contract', 'preload/contract'),
            alias('@db', 'db'),
            alias('@ports', 'main/ports'),
            alias('@adapters', 'main/adapters'),
            alias('@services', 'main/services'),
            alias('@backend', 'main/backend'),
          ],
        },
        build: {
          ssr: join(ROOT, entry),
          outDir,
          emptyOutDir: false,
          minify: false,
          target: 'node20.18',
          rolldownOptions: { output: { format: 'cjs', entryFileNames: name, chunkFileNames: `${name}-[hash].cjs` } },
        },
        ssr: { external: ['better-sqlite3', 'twilio'], noExternal: true },
      });
      process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
      return join(outDir, name);
    })();
    bundles.set(entry, made);
  }
  return made;
}

export interface CarrierProcess {
  url: string;
  process: ChildProcess;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  control<T = unknown>(method: string, what: string, body?: object): Promise<T>;
}

/** The practice carrier as a separate process, as the kill suites and the end-to-end tests run it. */
export async function carrierProcess(args: readonly string[] = []): Promise<CarrierProcess> {
  const file = await bundled('main/backend/carrier-server.ts');
  if (!existsSync(file)) throw new Error('bundle missing');
  const child = spawn(process.execPath, [file, '--control', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`carrier ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    process: child,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async control<T>(method: string, what: string, body?: object) {
      const response = await fetch(`${url}/__sim/${what}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
      if (!response.ok) throw new Error(`${method} ${what}: ${response.status}`);
      return (await response.json()) as T;
    },
  };
}
