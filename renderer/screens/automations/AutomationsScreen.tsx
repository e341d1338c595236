import { FIRST_ONES, PURPOSES, type Purpose, purposeOf } from '@domain/automations/ready';
import type { AutomationId } from '@domain/kernel';
import { Button, Switch } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { Chip, Loaded, Panel, Rows, Screen } from '@renderer/ui';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import css from './automations.module.css';
import { ChooseDialog } from './ChooseDialog';
import { OffDialog } from './OffDialog';
import { ReadyMade } from './ReadyMade';
import { SwitchOnDialog } from './SwitchOnDialog';
import { type Row, useDaySay, waitsFor } from './say';
import { useClubs } from './useClubs';

/** What runs by itself: by what it is for, with whether it does, whose day it is, and what it waits for. */
export function AutomationsScreen() {
  const w = useWords(catalogue);
  const query = useQuery('automations/list', {});
  const [choosing, setChoosing] = useState(false);
  const [turning, setTurning] = useState<{ row: Row; on: boolean } | null>(null);
  const data = query.data;
  const done = () => setTurning(null);
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      primary={
        data &&
        data.rows.length > 0 && (
          <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} onClick={() => setChoosing(true)}>
            {w.add}
          </Button>
        )
      }
    >
      <Loaded query={query} lines={10}>
        {({ rows, kinds }) => {
          const offered = kinds.filter((k) => k.offered).map((k) => k.kind);
          const there = new Set(rows.map((r) => r.kind));
          const first = FIRST_ONES.filter((k) => offered.includes(k) && !there.has(k));
          return (
            <Rows>
              {(Object.keys(PURPOSES) as Purpose[]).map((p) => (
                <Group
                  key={p}
                  purpose={p}
                  rows={rows.filter((r) => purposeOf(r.kind) === p)}
                  onTurn={(row, on) => setTurning({ row, on })}
                />
              ))}
              {(first.length > 0 || rows.length === 0) && (
                <ReadyMade kinds={first} empty={rows.length === 0} onAll={() => setChoosing(true)} />
              )}
            </Rows>
          );
        }}
      </Loaded>
      {choosing && data && <ChooseDialog kinds={data.kinds} rows={data.rows} onClose={() => setChoosing(false)} />}
      {turning?.on === true && <SwitchOnDialog id={turning.row.id} onClose={done} onMend={() => edit(turning.row.id)} />}
      {turning?.on === false && <OffDialog id={turning.row.id} name={turning.row.name} onClose={done} />}
    </Screen>
  );
}

const edit = (id: AutomationId) => go({ screen: 'automations', id, part: 'edit' });

function Group({ purpose, rows, onTurn }: { purpose: Purpose; rows: readonly Row[]; onTurn: (row: Row, on: boolean) => void }) {
  const w = useWords(catalogue);
  if (rows.length === 0) return null;
  return (
    <Panel title={w.purposes[purpose]} padding="flush">
      <ul className={css.list}>
        {rows.map((r) => (
          <Line key={r.id} row={r} onTurn={onTurn} />
        ))}
      </ul>
    </Panel>
  );
}

function Line({ row: r, onTurn }: { row: Row; onTurn: (row: Row, on: boolean) => void }) {
  const w = useWords(catalogue);
  const say = useDaySay();
  const club = useClubs();
  const waits = waitsFor(r, w);
  return (
    <li className={css.row} data-off={r.state === 'off' || undefined}>
      <Switch
        checked={r.state !== 'off'}
        onChange={() => onTurn(r, r.state === 'off')}
        aria-label={w.toggle(r.name)}
        size="md"
        classNames={{ root: css.switch ?? '' }}
      />
      <button type="button" className={css.main} onClick={() => go({ screen: 'automations', id: r.id })}>
        <span className={css.name}>
          {r.name} {r.state === 'paused' && <Chip tone="warn">{w.state.paused}</Chip>}
        </span>
        <span className={css.quiet}>{w.kinds[r.kind].trigger(r.terms, { money: say.cents, club })}</span>
        {waits && (
          <span className={css.waits}>
            <IconAlertTriangle size={16} stroke={1.75} aria-hidden /> {waits}
          </span>
        )}
      </button>
      <div className={css.figure}>
        <span className={css.quiet}>{w.columns.today}</span>
        <span className={css.number} data-none={r.today === 0 || undefined}>
          {r.state === 'off'
            ? w.state.off
            : r.counting
              ? w.counting
              : r.today === 0
                ? w.nobodyToday
                : w.today(say.n(r.today), r.today === 1)}
        </span>
      </div>
      <div className={css.figure}>
        <span className={css.quiet}>{w.columns.month}</span>
        <span className={css.number} data-none={r.texts === 0 || undefined}>
          {r.texts === 0 ? w.none30 : w.last30(say.n(r.texts), r.texts === 1)}
        </span>
        {(r.came > 0 || r.leftOut > 0) && (
          <span className={css.quiet}>
            {[r.came > 0 && w.came30(say.n(r.came)), r.leftOut > 0 && w.left30(say.n(r.leftOut))].filter(Boolean).join(', ')}
          </span>
        )}
      </div>
    </li>
  );
}
