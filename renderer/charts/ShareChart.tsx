import { fileWord } from '@domain/papers/paper';
import { call } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { print } from '@renderer/strings/print';
import { ContextMenu } from '@renderer/ui/ContextMenu';
import { toast } from '@renderer/ui/toast';
import { toastError } from '@renderer/ui/toast-error';
import { IconDots } from '@tabler/icons-react';
import { type RefObject, useCallback, useRef, useState } from 'react';
import { chartCsv } from '../print/csv';
import type { ChartTable } from './ChartFrame';
import css from './charts.module.css';
import { pictureOfFigure } from './picture';

/** A chart leaves as a picture or as its figures. */
export function ShareChart({ figure, table }: { figure: RefObject<HTMLElement | null>; table: ChartTable }) {
  const w = useWords(print);
  const { shop } = useShell();
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const close = useCallback(() => {
    setAt(null);
    button.current?.focus();
  }, []);
  const name = () => fileWord(figure.current?.querySelector('figcaption > :first-child')?.textContent ?? '', 'chart');
  const saved = (done: { path: string } | null) => done && toast({ title: w.save.saved(done.path), tone: 'good' });
  const picture = async (use: (png: string) => Promise<unknown>) => {
    let png: string;
    try {
      if (!figure.current) return;
      png = await pictureOfFigure(figure.current);
    } catch {
      toast({ title: w.chart.failed, tone: 'danger' });
      return;
    }
    await use(png).catch(toastError);
  };
  const copy = async (png: string) => {
    await call('shell/copy-picture', { png });
    toast({ title: w.chart.copied, tone: 'good' });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.switch}
        aria-label={w.chart.more}
        title={w.chart.more}
        aria-haspopup="menu"
        onClick={(e) => {
          const r = e.currentTarget.getBoundingClientRect();
          setAt({ x: r.right - 160, y: r.bottom });
        }}
      >
        <IconDots size={18} stroke={1.75} aria-hidden />
      </button>
      {at && (
        <ContextMenu
          {...at}
          onClose={close}
          entries={[
            { label: w.chart.copy, onClick: () => void picture(copy) },
            {
              label: w.chart.picture,
              onClick: () => void picture(async (png) => saved(await call('shell/save-picture', { name: `${name()}.png`, png }))),
            },
            {
              label: w.chart.csv,
              onClick: () => void call('shell/save-text', { name: `${name()}.csv`, text: chartCsv(table, shop) }).then(saved, toastError),
            },
          ]}
        />
      )}
    </>
  );
}
