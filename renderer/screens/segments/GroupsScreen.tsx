import type { SegmentId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { segments as catalogue, type SegmentWords } from '@renderer/strings/segments';
import { Chip, type Column, ConfirmDialog, Count, DataTable, EmptyState, ErrorNote, Loaded, Screen } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { GroupEditor } from './GroupEditor';
import css from './segments.module.css';
import { useTextGroup } from './useTextGroup';

type Group = Out<'segments/list'>[number];

/** Groups: the list, one of them (id), or a new one (id 0). */
export function GroupsScreen() {
  const place = usePlace();
  const id = place.screen === 'groups' ? place.id : undefined;
  if (id === undefined) return <GroupList />;
  if (id === 0) return <GroupEditor key="new" group={null} />;
  return <OneGroup key={id} id={id as SegmentId} />;
}

function OneGroup({ id }: { id: SegmentId }) {
  const w = useWords(catalogue);
  const query = useQuery('segments/get', { id });
  if (query.data) return <GroupEditor key={query.data.updatedAt} group={query.data} />;
  return (
    <Screen title={w.title} up={{ label: w.title, onClick: () => go({ screen: 'groups' }) }}>
      <Loaded query={query}>{() => null}</Loaded>
    </Screen>
  );
}

function columnsOf(w: SegmentWords, locale: string): Column<Group>[] {
  return [
    {
      key: 'name',
      title: w.columns.name,
      width: 'minmax(260px, 1fr)',
      always: true,
      render: (g) => (
        <span className={css.nameCell}>
          <span className={css.nameLine}>
            <span>{g.name}</span>
            {g.readyMade && <Chip>{w.readyMade}</Chip>}
            {g.fixedAt !== null && <Chip>{w.fixedList}</Chip>}
          </span>
          <span className={css.muted}>{g.sentence}</span>
        </span>
      ),
      text: (g) => g.name,
    },
    {
      key: 'count',
      title: w.columns.count,
      width: '110px',
      align: 'right',
      render: (g) => <Count n={g.count} />,
      text: (g) => count(g.count, locale),
    },
    {
      key: 'permitted',
      title: w.columns.permitted,
      width: '140px',
      align: 'right',
      render: (g) => <Count n={g.permitted} />,
      text: (g) => count(g.permitted, locale),
    },
  ];
}

function GroupList() {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const query = useQuery('segments/list', {});
  const remove = useCommand('segments/remove');
  const copy = useCommand('segments/save');
  const text = useTextGroup();
  const [removing, setRemoving] = useState<Group | null>(null);
  const columns = useMemo(() => columnsOf(w, locale), [w, locale]);
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} onClick={() => go({ screen: 'groups', id: 0 })}>
      {w.add}
    </Button>
  );
  return (
    <Screen fill title={w.title} subtitle={w.subtitle} primary={make}>
      {(remove.error ?? copy.error ?? text.error) && <ErrorNote error={remove.error ?? copy.error ?? text.error} />}
      <div className={css.table}>
        <DataTable
          label={w.title}
          columns={columns}
          rows={query.data}
          loading={query.loading}
          error={query.error}
          onRetry={query.refetch}
          rowKey={(g) => g.id}
          rowHeight={60}
          height="fill"
          onOpen={(g) => go({ screen: 'groups', id: g.id })}
          menu={(g) => [
            { label: w.menu.open, onClick: () => go({ screen: 'groups', id: g.id }) },
            { label: w.menu.text, onClick: () => void text.start(g.id, g.name) },
            {
              label: w.menu.copy,
              onClick: () =>
                void copy
                  .run({ id: null, name: w.copyName(g.name), rule: g.rule })
                  .then((done) => done && go({ screen: 'groups', id: done.id })),
            },
            { label: w.menu.remove, disabled: g.readyMade !== null, onClick: () => setRemoving(g) },
          ]}
          empty={
            <EmptyState icon={<IconUsersGroup size={28} stroke={1.5} />} title={w.empty.title} action={make}>
              {w.empty.body}
            </EmptyState>
          }
        />
      </div>
      {removing && (
        <ConfirmDialog
          open
          onClose={() => setRemoving(null)}
          title={w.removeTitle(removing.name)}
          confirm={w.remove}
          danger
          busy={remove.busy}
          onConfirm={async () => {
            await remove.run({ id: removing.id });
            setRemoving(null);
          }}
        >
          {w.removeBody}
        </ConfirmDialog>
      )}
    </Screen>
  );
}
