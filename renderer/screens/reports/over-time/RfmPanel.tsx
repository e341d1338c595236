import { rfmCellRule, rfmFinding } from '@domain/reports/over-time-findings';
import { plain } from '@domain/segments/rule';
import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import { ShadeGrid } from '@renderer/charts/ShadeGrid';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime, sayRfm } from '@renderer/strings/over-time';
import { ErrorNote, HowCounted, Loaded, Panel } from '@renderer/ui';
import { useEffect, useRef, useState } from 'react';
import { PeoplePanel } from '../../segments/PeoplePanel';
import { Nothing } from './Nothing';
import css from './over-time.module.css';
import type { OverTimeSay } from './say';

interface Cell {
  r: number;
  f: number;
}
const TOPICS = ['imports', 'customers', 'reports'] as const;
const SCORES = [1, 2, 3, 4, 5];
/** Best at the top, as on any map of this kind. */
const ROWS = [5, 4, 3, 2, 1];

/** Everybody who came within a year by how lately and how often; a press on a cell shows who they are. */
export function RfmPanel({ say }: { say: OverTimeSay }) {
  const all = useWords(overTime);
  const w = all.rfm;
  const query = useQuery('reports/rfm-map', {}, { topics: TOPICS });
  const [picked, setPicked] = useState<Cell | null>(null);
  return (
    <>
      <Panel>
        <Loaded query={query} lines={8}>
          {({ cells }) => {
            const finding = rfmFinding(cells);
            const at = new Map(cells.map((c) => [c.r * 10 + c.f, c]));
            const top = Math.max(1, ...cells.map((c) => c.people));
            return (
              <>
                <ShadeGrid
                  title={sayRfm(finding, all, say)}
                  note={
                    finding.code === 'map' &&
                    finding.best.people > 0 &&
                    w.money(say.wholeMoney(finding.best.spend), say.wholeMoney(finding.spend))
                  }
                  corner={w.corner}
                  columns={w.recency}
                  rows={ROWS.map((f) => ({
                    name: w.frequency[f - 1] ?? '',
                    cells: SCORES.map((r) => {
                      const c = at.get(r * 10 + f);
                      const n = c?.people ?? 0;
                      const says = w.cell(say.n(n), n === 1, w.recency[r - 1] ?? '', w.frequency[f - 1] ?? '', say.cents(c?.spend ?? 0));
                      return { text: say.n(n), weight: n / top, says };
                    }),
                  }))}
                  foot={
                    <span className={css.screenOnly} data-not-pictured>
                      {w.foot}
                    </span>
                  }
                  picked={picked && { row: ROWS.indexOf(picked.f), column: picked.r - 1 }}
                  onPick={(row, column) => {
                    const cell = { r: column + 1, f: ROWS[row] ?? 1 };
                    setPicked(picked?.r === cell.r && picked.f === cell.f ? null : cell);
                  }}
                  nothing={
                    finding.code === 'none' && (
                      <Nothing action={{ label: all.to.import, onClick: () => go({ screen: 'import' }) }}>{w.empty}</Nothing>
                    )
                  }
                />
                {finding.code === 'map' && <HowCounted lines={w.how} />}
              </>
            );
          }}
        </Loaded>
      </Panel>
      {picked && <CellPeople key={`${picked.r}-${picked.f}`} cell={picked} onClose={() => setPicked(null)} />}
    </>
  );
}

/** The people of one cell, and the group that is made of them or was already. */
function CellPeople({ cell, onClose }: { cell: Cell; onClose: () => void }) {
  const w = useWords(overTime).rfm;
  const box = useRef<HTMLDivElement>(null);
  // below the map, and mostly below the window's edge
  useEffect(() => box.current?.scrollIntoView?.({ block: 'center' }), []);
  const groups = useQuery('segments/list', {});
  const save = useCommand('segments/save');
  const rule = rfmCellRule(cell.r, cell.f);
  const [r, f] = [w.recency[cell.r - 1] ?? '', w.frequency[cell.f - 1] ?? ''];
  const same = JSON.stringify(plain(rule));
  const own = groups.data?.find((g) => JSON.stringify(plain(g.rule)) === same);
  const make = async () => {
    const done = await save.run({ id: null, name: w.name(r, f), rule });
    if (done) go({ screen: 'groups', id: done.id });
  };
  return (
    <>
      <div ref={box} className={css.picked} role="status">
        <div>
          <strong>{w.pickedTitle(r, f)}</strong>
          <p className={css.quiet}>{w.pickedHint}</p>
        </div>
        <div className={css.actions}>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {w.close}
          </Button>
          {own ? (
            <Button variant="default" onClick={() => go({ screen: 'groups', id: own.id })}>
              {w.open}
            </Button>
          ) : (
            <Button variant="default" loading={save.busy} disabled={!groups.data} onClick={() => void make()}>
              {w.make}
            </Button>
          )}
        </div>
      </div>
      <ErrorNote error={save.error} />
      <PeoplePanel rule={rule} />
    </>
  );
}
