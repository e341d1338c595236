import type { CampaignId } from '@domain/kernel';
import { call, type In, type Out, usePages } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns } from '@renderer/strings/campaigns';
import type { LadderWords } from '@renderer/strings/ladder';
import { type Column, DataTable, Dialog, EmptyState, PhoneText } from '@renderer/ui';
import { phone } from '@renderer/ui/format';
import { useMemo } from 'react';
import { reasonWords } from '../words';
import { useLadderWords } from './useLadderWords';

type Row = Out<'ladders/people'>['rows'][number];
const TOPICS = ['campaigns', 'outbox', 'offers', 'inbox'] as const;

export interface PathAsk {
  placeId: CampaignId;
  which: In<'ladders/people'>['which'];
  title: string;
}

const nameOf = (r: Row, w: LadderWords) => `${r.firstName} ${r.lastName}`.trim() || r.company || w.noName;

/** The people behind one count of a path. */
export function PathPeople({ campaignId, ask, onClose }: { campaignId: CampaignId; ask: PathAsk; onClose: () => void }) {
  const w = useLadderWords();
  const c = useWords(campaigns);
  const key = JSON.stringify([campaignId, ask.placeId, ask.which]);
  const pages = usePages<Row>(key, (page) => call('ladders/people', { campaignId, placeId: ask.placeId, which: ask.which, page }), TOPICS);
  const columns = useMemo<Column<Row>[]>(() => {
    const why = (r: Row) => (r.reason === null ? '' : (w.why[r.reason] ?? reasonWords(r.reason, c)));
    return [
      {
        key: 'name',
        title: w.peopleColumns.name,
        width: 'minmax(180px, 1.2fr)',
        always: true,
        render: (r) => nameOf(r, w),
        text: (r) => nameOf(r, w),
      },
      {
        key: 'phone',
        title: w.peopleColumns.phone,
        width: '150px',
        render: (r) => (r.phone ? <PhoneText phone={r.phone} /> : ''),
        text: (r) => (r.phone ? phone(r.phone) : ''),
      },
      { key: 'why', title: w.peopleColumns.why, width: 'minmax(160px, 1fr)', render: why, text: why },
    ];
  }, [w, c]);
  return (
    <Dialog open onClose={onClose} title={ask.title} width={720}>
      <DataTable
        label={ask.title}
        columns={columns}
        pages={pages}
        rowKey={(r) => r.customerId}
        height={420}
        onOpen={(r) => r.customerId > 0 && go({ screen: 'customers', id: r.customerId })}
        empty={<EmptyState title={w.peopleEmpty} />}
      />
    </Dialog>
  );
}
