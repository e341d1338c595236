import { Button } from '@mantine/core';
import { useShell } from '@renderer/api/useShell';
import frame from '@renderer/frame/frame.module.css';
import { askPin } from '@renderer/frame/frame-state';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { restore as words } from '@renderer/strings/restore';
import { when } from '@renderer/ui/format';
import { IconTruckDelivery } from '@tabler/icons-react';
import css from './restore.module.css';

/** The first page of a shop that went to another computer: nothing leaves here any more. */
export function RetiredPage({ retired, onLook }: { retired: { at: number; finished: boolean }; onLook: () => void }) {
  const w = useWords(words).retired;
  const { shop, locale, role } = useShell();
  const day = when(retired.at, 'day', shop.zone, locale, Date.now());
  const takeBack = () => {
    onLook();
    if (role === 'owner') go({ screen: 'restore' });
    else askPin({ screen: 'restore' });
  };
  return (
    <main className={frame.center}>
      <div className={frame.card}>
        <IconTruckDelivery size={36} stroke={1.5} className={css.quiet} aria-hidden />
        <h1>{retired.finished ? w.title(day) : w.cutOff(day)}</h1>
        <p>{retired.finished ? w.body : w.cutOffBody}</p>
        <div className={frame.buttons}>
          <Button onClick={onLook}>{w.look}</Button>
          <Button variant="default" onClick={takeBack}>
            {w.notMoving}
          </Button>
        </div>
      </div>
    </main>
  );
}
