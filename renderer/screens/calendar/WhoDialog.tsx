import { call, type In, type Out } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { type Column, DataTable, Dialog, When } from '@renderer/ui';
import { useMemo } from 'react';
import type { Say } from './say';

export type Who = Omit<In<'ahead/people'>, 'page'> & { until: string | null };
type Row = Out<'ahead/people'>['rows'][number];
const TOPICS = ['campaigns', 'outbox', 'customers', 'consent', 'imports'] as const;

/** The people of one line, with what keeps some of them from getting it. */
export function WhoDialog({ who, say, onClose }: { who: Who; say: Say; onClose: () => void }) {
  const { w } = say;
  const pages = usePages<Row>(JSON.stringify(who), (page) => call('ahead/people', { ...who, page }), TOPICS);
  const columns = useMemo((): Column<Row>[] => {
    const why = (r: Row): string => {
      if (r.reason === null) return '';
      const because =
        r.reason === 'month-used' ? w.reasonMonth : r.because ? w.reasonNear(say.name(r.because), say.day(r.because.day)) : w.reasonLeft;
      return r.instead === null ? w.out(because) : w.postponed(say.at(r.instead), because);
    };
    return [
      { key: 'name', title: w.columns.name, width: 'minmax(160px, 1fr)', always: true, render: say.person, text: say.person },
      { key: 'at', title: w.columns.when, width: '200px', render: (r) => <When at={r.at} /> },
      { key: 'why', title: w.columns.why, width: 'minmax(240px, 2fr)', render: why, text: why },
    ];
  }, [w, say]);
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.whoOf(
        say.name({ kind: who.kind, id: who.id, name: who.name }),
        say.day(who.day) + (who.until === null || who.until === who.day ? '' : ` – ${say.day(who.until)}`),
      )}
      width={900}
    >
      <DataTable
        label={w.who}
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
