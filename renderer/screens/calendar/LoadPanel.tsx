import { Button } from '@mantine/core';
import { call, type Out } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { type Column, DataTable, Dialog, Panel } from '@renderer/ui';
import { useMemo } from 'react';
import css from './calendar.module.css';
import type { Ahead, Say } from './say';

type Row = Out<'ahead/loaded'>['rows'][number];
const TOPICS = ['campaigns', 'outbox', 'customers', 'consent', 'imports'] as const;

/** How often people hear from the shop in these days: once, twice, three times. */
export function LoadPanel({ load, say, onWho }: { load: Ahead['load']; say: Say; onWho: (texts: number) => void }) {
  const { load: w } = say.w;
  const most = Math.max(...load);
  const last = load.at(-1) ?? 0;
  return (
    <Panel title={w.title(load.length, last, say.n(last))} hint={w.hint}>
      <ul className={css.load}>
        {load.map((people, i) => {
          const row = w.row(i + 1);
          return people === 0 ? null : (
            <li key={row}>
              <span>{row}</span>
              <span aria-hidden>
                <span className={css.bar} style={{ width: `${Math.max(1, (people / most) * 100)}%`, display: 'block' }} />
              </span>
              <span className={css.num}>{say.w.people(people, say.n(people))}</span>
              <Button size="xs" variant="subtle" aria-label={w.who(row)} onClick={() => onWho(i + 1)}>
                {say.w.who}
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** The people behind one of these numbers, with what they get. */
export function LoadedDialog({ texts, say, onClose }: { texts: number; say: Say; onClose: () => void }) {
  const { w } = say;
  const pages = usePages<Row>(String(texts), (page) => call('ahead/loaded', { texts, page }), TOPICS);
  const columns = useMemo((): Column<Row>[] => {
    const what = (r: Row): string => r.texts.map((t) => w.load.item(say.name(t), say.day(t.day))).join(', ');
    return [
      { key: 'name', title: w.columns.name, width: 'minmax(160px, 0.7fr)', always: true, render: say.person, text: say.person },
      { key: 'what', title: w.columns.what, width: 'minmax(240px, 1.6fr)', render: what, text: what },
    ];
  }, [w, say]);
  return (
    <Dialog open onClose={onClose} title={w.load.dialog(w.load.row(texts))} width={760}>
      <DataTable
        label={w.load.dialog(w.load.row(texts))}
        columns={columns}
        pages={pages}
        height={400}
        rowKey={(r) => r.customerId}
        onRetry={pages.refetch}
        onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
        empty={<p>{w.dialogNone}</p>}
      />
    </Dialog>
  );
}
