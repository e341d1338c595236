import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Each rule of the house is broken on purpose: the linter (or the compiler) must object. */
const root = process.cwd();

let house: string;
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'regulars-house-'));
  for (const f of ['biome.json', 'scripts/lib/lint/pure-domain.grit']) cpSync(join(root, f), join(house, f), { recursive: true });
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** What the linter says of one file at one place of the tree. */
function lint(path: string, source: string): string {
  const file = join(house, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  const r = spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', '--colors=off', path], { cwd: house, encoding: 'utf8' });
  rmSync(file);
  return r.stdout + r.stderr;
}

const broken: [string, string, string][] = [
  ['main/domain/x.ts', "import { openDb } from '@db/open';\nexport const x = openDb;\n", 'main/domain is pure'],
  ['main/domain/x.ts', "import fs from 'node:fs';\nexport const x = fs;\n", 'main/domain is pure'],
  ['main/domain/x.ts', "import { z } from 'zod';\nexport const x = z;\n", 'main/domain is pure'],
  ['main/domain/x.ts', 'export const x = Date.now();\n', 'pass `now`'],
  ['main/domain/x.ts', 'export const x = new Date();\n', 'pass `now`'],
  ['main/domain/x.ts', 'export const x = Math.random();\n', 'pass `now`'],
  ['preload/contract/x.ts', "import { openDb } from '@db/open';\nexport const x = openDb;\n", 'The contract knows'],
  ['db/x.ts', "import { makeTwilioGateway } from '@adapters/twilio/gateway';\nexport const x = makeTwilioGateway;\n", 'db/ knows'],
  ['db/x.ts', "import { contract } from '@contract/index';\nexport const x = contract;\n", 'db/ knows'],
  ['main/ports/x.ts', "import { openDb } from '@db/open';\nexport const x = openDb;\n", 'Ports know'],
  ['main/adapters/csv/x.ts', "import { Db } from '@db/open';\nexport const x = Db;\n", 'Adapters know'],
  ['main/adapters/csv/x.ts', "import twilio from 'twilio';\nexport const x = twilio;\n", 'Adapters know'],
  ['main/services/x.ts', "import Sqlite from 'better-sqlite3';\nexport const x = Sqlite;\n", 'Services reach'],
  ['main/services/x.ts', "import { realClock } from '@adapters/clock/real-clock';\nexport const x = realClock;\n", 'Services reach'],
  ['main/backend/x.ts', "import { app } from 'electron';\nexport const x = app;\n", 'runs in plain Node'],
  ['main/shell/x.ts', "import { openDb } from '@db/open';\nexport const x = openDb;\n", 'The shell is thin'],
  ['renderer/x.ts', "import { openDb } from '@db/open';\nexport const x = openDb;\n", 'The renderer knows'],
  ['renderer/x.ts', "import { app } from 'electron';\nexport const x = app;\n", 'The renderer knows'],
  ['main/services/x.ts', "import { aCtx } from '../../test/support/test-ctx';\nexport const x = aCtx;\n", 'Nothing imports test'],
];

describe('who may import whom', () => {
  it.each(broken)('%s refuses %j', (path, source, message) => {
    expect(lint(path, source)).toContain(message);
  });

  it('lets the allowed edges through', () => {
    expect(lint('main/services/x.ts', "import { Db } from '@db/open';\nexport const x = Db;\n")).not.toContain('noRestrictedImports');
    expect(lint('main/adapters/twilio/x.ts', "import twilio from 'twilio';\nexport const x = twilio;\n")).not.toContain(
      'noRestrictedImports',
    );
  });
});

describe('purity is a compiler setting', () => {
  const dir = join(root, 'node_modules/.cache/purity');
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each(['window.location', 'process.env', 'setTimeout(() => 0, 1)'])('main/domain cannot name %s', (expression) => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'x.ts'), `export const x = ${expression};\n`);
    writeFileSync(
      join(dir, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'main/domain/tsconfig.json'),
        compilerOptions: { rootDir: dir, outDir: dir },
        include: ['x.ts'],
      }),
    );
    const r = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', join(dir, 'tsconfig.json')], { encoding: 'utf8' });
    expect(r.stdout).toMatch(/error TS(2304|2584|2591|2580)/);
  });
});
