import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { back, go, usePlace } from '@renderer/nav';
import { useSaying } from '@renderer/screens/offers/useSaying';
import { useSay } from '@renderer/screens/reports/format';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue } from '@renderer/strings/loyalty';
import { Chip, Loaded, Note, Panel, Rows, Screen, StatRow, StatTile } from '@renderer/ui';
import { IconCoffee, IconShoppingBag, IconStars } from '@tabler/icons-react';
import { useState } from 'react';
import css from './loyalty.module.css';
import { MembersPage } from './MembersPage';
import { OffDialog } from './OffDialog';
import { OwedPage } from './OwedPage';
import { SetUp } from './SetUp';
import { promiseOf, type View } from './say';

/** Rewards: what is promised, who collects, what is owed; switched on and off. */
export function LoyaltyScreen() {
  const place = usePlace();
  const part = place.screen === 'loyalty' ? place.part : undefined;
  if (part === 'set-up') return <SetUp />;
  if (part === 'members') return <MembersPage />;
  if (part === 'owed') return <OwedPage />;
  return <Overview />;
}

function Overview() {
  const w = useWords(catalogue);
  const say = useSay();
  const query = useQuery('loyalty/programme', {});
  const [leaving, setLeaving] = useState(false);
  const v = query.data;
  const on = v?.state === 'on';
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      up={{ label: w.up, onClick: () => void (back() || go({ screen: 'offers' })) }}
      badge={
        v &&
        v.state !== 'never' && <Chip tone={on ? 'good' : 'neutral'}>{on && v.since !== null ? w.on(say.day(v.since)) : w.offSince}</Chip>
      }
      primary={
        v &&
        v.state !== 'never' && (
          <Button variant={on ? 'default' : 'filled'} onClick={() => go({ screen: 'loyalty', part: 'set-up' })}>
            {on ? w.change : w.setUp}
          </Button>
        )
      }
      actions={
        v &&
        v.state !== 'never' && (
          <>
            <Button variant="default" onClick={() => go({ screen: 'loyalty', part: 'members' })}>
              {w.members}
            </Button>
            <Button variant="default" onClick={() => go({ screen: 'loyalty', part: 'owed' })}>
              {w.owed}
            </Button>
          </>
        )
      }
    >
      <Loaded query={query} lines={8}>
        {(view) => (view.state === 'never' ? <Start /> : <Running v={view} onOff={() => setLeaving(true)} />)}
      </Loaded>
      {leaving && <OffDialog onClose={() => setLeaving(false)} />}
    </Screen>
  );
}

const ICONS = { visits: IconCoffee, items: IconShoppingBag, points: IconStars } as const;

/** A shop without rewards: what there is, by example. */
function Start() {
  const w = useWords(catalogue);
  return (
    <Panel title={w.start.title} hint={w.start.body}>
      <ul className={css.kinds}>
        {(['visits', 'items', 'points'] as const).map((kind) => {
          const Icon = ICONS[kind];
          const k = w.start.kinds[kind];
          return (
            <li key={kind} className={css.kind}>
              <Icon size={28} stroke={1.6} aria-hidden className={css.kindIcon} />
              <h3>{k.title}</h3>
              <p className={css.example}>{k.example}</p>
              <p className={css.quiet}>{k.fits}</p>
            </li>
          );
        })}
      </ul>
      <Button onClick={() => go({ screen: 'loyalty', part: 'set-up' })}>{w.start.choose}</Button>
    </Panel>
  );
}

function Running({ v, onOff }: { v: View; onOff: () => void }) {
  const w = useWords(catalogue);
  const s = useSaying();
  const say = useSay();
  const nearMost = Math.max(1, Math.round((v.rewards[0]?.cost ?? 0) * 0.1));
  return (
    <Rows>
      {v.counting > 0 && <Note>{w.counting(say.n(v.counting))}</Note>}
      <StatRow>
        <StatTile
          label={w.tiles.members}
          value={say.n(v.members)}
          note={w.tiles.membersNote}
          onClick={() => go({ screen: 'loyalty', part: 'members' })}
        />
        <StatTile label={w.tiles.ready} value={say.n(v.ready)} note={w.tiles.readyNote} />
        <StatTile
          label={w.tiles.near}
          value={say.n(v.near)}
          note={w.tiles.nearNote(w.some(say.n(nearMost), nearMost === 1, v.terms.kind))}
        />
      </StatRow>
      <Panel
        title={w.promise.title}
        action={
          v.state === 'on' && (
            <Button size="xs" variant="default" onClick={onOff}>
              {w.offDialog.open}
            </Button>
          )
        }
      >
        <ul className={css.promise}>
          {promiseOf(v.terms, v.rewards, w, s, say).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Panel>
    </Rows>
  );
}
