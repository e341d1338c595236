import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import css from './imports.module.css';
import { nextOf, type useFile } from './useImports';

/** Drop or choose one file, or a desktop full of them. */
export function DropZone({ file, slim, onWhere }: { file: ReturnType<typeof useFile>; slim?: boolean; onWhere: () => void }) {
  const w = useWords(catalogue).drop;
  // While files wait in the line, the way on is theirs.
  const waiting = nextOf(file.ui.queue, null) !== undefined;
  const [over, setOver] = useState(false);
  const handle = (e: DragEvent) => {
    e.preventDefault();
    setOver(e.type === 'dragover' || e.type === 'dragenter');
    if (e.type === 'drop') file.drop([...e.dataTransfer.files]);
  };
  return (
    <section
      className={css.drop}
      data-over={over || undefined}
      data-slim={slim || undefined}
      aria-label={w.title}
      onDragEnter={handle}
      onDragOver={handle}
      onDragLeave={handle}
      onDrop={handle}
    >
      <IconFileImport className={css.dropIcon} size={slim ? 28 : 36} stroke={1.5} aria-hidden />
      <div className={css.dropWords}>
        <p className={css.dropTitle} aria-live="polite">
          {file.looking ? w.reading(file.looking) : over ? w.over : w.title}
        </p>
        <p className={css.quiet}>{w.body}</p>
      </div>
      <div className={css.dropButtons}>
        <Button variant={waiting ? 'default' : 'filled'} onClick={() => void file.pick()} loading={file.looking !== null || file.busy}>
          {w.choose}
        </Button>
        <Button variant="subtle" onClick={onWhere}>
          {w.where}
        </Button>
      </div>
    </section>
  );
}
