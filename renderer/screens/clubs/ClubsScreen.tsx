import { Button } from '@mantine/core';
import { type Out, useQuery } from '@renderer/api';
import { back, go, usePlace } from '@renderer/nav';
import { TopicDialog } from '@renderer/screens/kit/TopicsSection';
import { useWords } from '@renderer/strings';
import { clubs as catalogue } from '@renderer/strings/clubs';
import { Chip, Count, EmptyState, Loaded, Panel, Screen } from '@renderer/ui';
import { IconHeartHandshake, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ClubDetail } from './ClubDetail';
import css from './clubs.module.css';

export type Club = Out<'clubs/list'>[number];

/** Clubs with their people, or one of them. */
export function ClubsScreen() {
  const place = usePlace();
  return place.screen === 'clubs' && place.club !== undefined && place.club !== '' ? (
    <ClubDetail key={place.club} slug={place.club} />
  ) : (
    <List />
  );
}

function List() {
  const w = useWords(catalogue);
  const query = useQuery('clubs/list', {});
  const [making, setMaking] = useState(false);
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} onClick={() => setMaking(true)}>
      {w.add}
    </Button>
  );
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'customers' })) }}
      primary={make}
    >
      <Loaded query={query} lines={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={<IconHeartHandshake size={28} stroke={1.5} />} title={w.none.title} action={make}>
              {w.none.body}
            </EmptyState>
          ) : (
            <Panel padding="flush">
              <table className={css.table}>
                <thead>
                  <tr>
                    <th scope="col">{w.columns.name}</th>
                    <th scope="col">{w.columns.word}</th>
                    <th scope="col">{w.columns.members}</th>
                    <th scope="col">{w.columns.joined}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((c) => (
                    <Row key={c.slug} club={c} />
                  ))}
                </tbody>
              </table>
            </Panel>
          )
        }
      </Loaded>
      {making && <TopicDialog topic={null} onClose={() => setMaking(false)} onSaved={(club) => go({ screen: 'clubs', club })} />}
    </Screen>
  );
}

function Row({ club: c }: { club: Club }) {
  const w = useWords(catalogue);
  return (
    <tr data-ended={!c.active || undefined}>
      <th scope="row">
        <button type="button" className={css.open} onClick={() => go({ screen: 'clubs', club: c.slug })}>
          <strong>{c.name.en}</strong>
          {!c.active && <Chip>{w.ended}</Chip>}
          <span lang="es" className={css.quiet}>
            {c.name.es}
          </span>
          {c.about.en !== '' && <span className={css.quiet}>{c.about.en}</span>}
        </button>
      </th>
      <td>{c.joinWord === null ? <span className={css.quiet}>{w.noWord}</span> : <code className={css.word}>{c.joinWord}</code>}</td>
      <td>
        <Count n={c.members} />
      </td>
      <td>{c.joined > 0 ? <Count n={c.joined} /> : <span className={css.quiet}>0</span>}</td>
    </tr>
  );
}
