import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { makeImportRunner } from '@backend/imports/runner';
import { makeTasks } from '@backend/tasks';
import { migrate } from '@db/migrate';
import { openDb } from '@db/open';
import { importsIn } from '@db/queries/imports';
import { commitImport } from '@services/imports/commit';
import { previewImport } from '@services/imports/preview';
import { recoverImports, undoImport } from '@services/imports/undo';
import { aCtx, owner } from './test-ctx';

/**
 * One life of a backend that does nothing but import, for tests that kill it: brings to its end what the last life left, then (with a
 * file) takes the import that stands back, or imports the file, again and again. Tells each step before it begins.
 */
const [dir = '', workerFile = '', file] = process.argv.slice(2);
const say = (step: string) => process.stdout.write(`${step}\n`);
const db = openDb(join(dir, 'shop.sqlite'));
migrate(db.raw);
const base = aCtx({ db });
const { clock, log, changed } = base;
const ctx = {
  ...base,
  dir,
  importRunner: makeImportRunner({ db, workerFile }),
  tasks: makeTasks({ db, clock, log, changed, newId: randomUUID }),
};

say('recover');
await recoverImports(ctx);
say('recovered');
while (file) {
  const standing = importsIn(db, ['done']).find((i) => i.fileName !== 'before.csv');
  if (standing) {
    say('undo');
    await ctx.tasks.finished(undoImport(ctx, owner, { id: standing.id }).task);
  } else {
    say('preview');
    const { id, task } = previewImport(ctx, owner, { path: file });
    await ctx.tasks.finished(task);
    say('commit');
    await ctx.tasks.finished(commitImport(ctx, owner, { id }).task);
  }
}
db.close();
