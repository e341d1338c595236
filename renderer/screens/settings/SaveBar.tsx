import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { IconCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import css from './settings.module.css';

/** "Save changes", and a quiet "Saved" after it. */
export function SaveBar({ dirty, busy, onSave, saves }: { dirty: boolean; busy: boolean; onSave: () => void; saves: number }) {
  const w = useWords(words);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (saves === 0) return;
    setShown(true);
    const t = setTimeout(() => setShown(false), 3000);
    return () => clearTimeout(t);
  }, [saves]);
  return (
    <div className={css.saveBar}>
      <Button onClick={onSave} disabled={!dirty} loading={busy}>
        {w.saveChanges}
      </Button>
      <span role="status" className={css.saved}>
        {shown && !dirty && (
          <>
            <IconCheck size={18} aria-hidden /> {w.saved}
          </>
        )}
      </span>
    </div>
  );
}
