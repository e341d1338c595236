import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Note, Panel } from '@renderer/ui';
import type { Look } from './import.ui';
import css from './imports.module.css';
import { MappingEditor, mappingReady } from './MappingEditor';
import { TableFields } from './ReadingFields';
import type { useFile } from './useImports';

/** A file no profile knows: each column with values from the file, and what the owner says it means. */
export function MappingPanel({ look, file }: { look: Look; file: ReturnType<typeof useFile> }) {
  const w = useWords(catalogue);
  const m = w.mapping;
  const { ui } = file;
  const mapping = ui.mapping ?? look.suggestion;
  const busy = file.busy || file.looking !== null;
  const { path } = ui;
  return (
    <>
      {look.remembered && <Note tone="good">{m.remembered}</Note>}
      <Panel
        title={look.fileName}
        action={
          <div className={css.sideButtons}>
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                if (path !== null) ui.over(path, 'left');
                ui.forget();
              }}
            >
              {w.plan.leave}
            </Button>
            <Button
              onClick={() => path !== null && void file.check(path, mapping, ui.decisions)}
              disabled={!mappingReady(mapping)}
              loading={busy}
            >
              {m.check}
            </Button>
          </div>
        }
      >
        <MappingEditor columns={look.columns} mapping={mapping} onChange={ui.map} guess={look.remembered ? null : look.suggestion} />
      </Panel>
      <Panel title={w.first.fix}>
        <div className={css.decisions}>
          <TableFields
            form={look}
            fileName={look.fileName}
            disabled={busy}
            onChange={(d) => path !== null && void file.open(path, { ...ui.decisions, ...d })}
          />
        </div>
      </Panel>
    </>
  );
}
