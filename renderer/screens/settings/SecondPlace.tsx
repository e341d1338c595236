import { Button } from '@mantine/core';
import { call } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { ErrorNote, Note } from '@renderer/ui/States';
import css from './settings.module.css';

/** A USB drive or cloud folder that gets a copy of every backup. */
export function SecondPlace({ path, problem, onChosen }: { path: string | null; problem: string | null; onChosen?: () => void }) {
  const b = useWords(words).backups;
  const save = useCommand('backups/second-place');
  const choose = async () => {
    const folder = await call('shell/pick-folder', {}).catch(() => null);
    if (folder && (await save.run({ path: folder.path }))) onChosen?.();
  };
  return (
    <div className={css.fields}>
      {path === null ? <p className={css.quiet}>{b.secondNone}</p> : <p className={css.path}>{path}</p>}
      {problem && (
        <Note tone="warn" title={b.problem}>
          {problem}
        </Note>
      )}
      <ErrorNote error={save.error} />
      <div className={css.inline}>
        <Button variant="default" loading={save.busy} onClick={() => void choose()}>
          {path === null ? b.choose : b.change}
        </Button>
        {path !== null && (
          <Button variant="subtle" color="gray" onClick={() => void save.run({ path: null })}>
            {b.forget}
          </Button>
        )}
      </div>
    </div>
  );
}
