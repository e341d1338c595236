import { Button } from '@mantine/core';
import { call, type Out, useQuery, useShell } from '@renderer/api';
import { WeekBars } from '@renderer/charts/WeekBars';
import { go } from '@renderer/nav';
import { unitColumns } from '@renderer/print/csv';
import { useWords } from '@renderer/strings';
import { signUps as catalogue, type SignUpsWords } from '@renderer/strings/sign-ups';
import { type Column, DataTable, Loaded, Panel, Rows, SelectField, tableCsv, toast, toastError } from '@renderer/ui';
import { IconTableExport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Say } from './format';
import css from './reports.module.css';
import own from './sign-ups.module.css';

type Report = Out<'reports/sign-ups'>;
type Line = Report['sources'][number];
type Staff = Report['staff'][number];
const WEEKS = ['4', '12', '26', '53'] as const;

/** "the counter card (JOIN)", "the customer display". */
function sourceName(l: Pick<Line, 'source' | 'place' | 'label'>, w: SignUpsWords): string {
  if (!l.source.startsWith('word:')) return w.sources[l.source] ?? l.source;
  const word = l.source.slice(5);
  if (l.place === null) return w.unknownWord(word);
  return w.word(l.place === 'custom' && l.label !== '' ? l.label : w.places[l.place], word);
}

/** One decimal while it is small: 0.4 and 3 read better than 0 and 3.2. */
export const perHundred = (rate: number): string => (rate >= 10 ? String(Math.round(rate)) : (Math.round(rate * 10) / 10).toString());

function titleOf(r: Report, w: SignUpsWords, say: Say): string {
  const best = r.sources.find((s) => s.source === r.best);
  const bestWords = best ? w.bestOf(sourceName(best, w), say.n(best.count)) : null;
  if (r.total === 0) return w.title.none;
  if (r.perHundred) {
    const rate = perHundred(r.perHundred.estimate);
    return bestWords ? w.title.rate(rate, bestWords) : w.title.rateOnly(rate);
  }
  return bestWords ? w.title.best(say.n(r.total), bestWords) : w.title.count(say.n(r.total), r.total === 1);
}

/** Where people say yes, how many per 100 sales, and with whom. For the owner. */
export function SignUpSources({ say }: { say: Say }) {
  const w = useWords(catalogue);
  const [weeks, setWeeks] = useState<(typeof WEEKS)[number]>('12');
  const query = useQuery('reports/sign-ups', { weeks: Number(weeks) });
  // another span keeps the earlier figures until its own are here
  const last = useRef<Report>(undefined);
  if (query.data) last.current = query.data;
  return (
    <Loaded query={{ ...query, data: query.data ?? last.current }} lines={8}>
      {(r) => (
        <Rows>
          <Panel
            title={titleOf(r, w, say)}
            hint={<Honest r={r} say={say} />}
            action={
              <div className={own.actions}>
                <SelectField
                  label={<span className="rg-hidden">{w.over}</span>}
                  value={weeks}
                  onChange={setWeeks}
                  options={WEEKS.map((value) => ({ value, label: w.weeks[Number(value)] ?? value }))}
                />
                {r.total + r.imported > 0 && <Save r={r} say={say} />}
              </div>
            }
          >
            {r.total === 0 && r.imported === 0 ? (
              <>
                <p className={css.quiet}>{w.nothing}</p>
                <Button className={css.more ?? ''} size="xs" variant="default" onClick={() => go({ screen: 'kit' })}>
                  {w.kit}
                </Button>
              </>
            ) : (
              <Rows>
                <DataTable
                  label={w.columns.source}
                  columns={sourceColumns(r, w, say)}
                  rows={r.sources}
                  rowKey={(l) => l.source}
                  quiet={(l) => l.source === 'import'}
                />
                <Weeks r={r} say={say} />
              </Rows>
            )}
          </Panel>
          {r.staff.length > 0 && (
            <Panel title={w.staffTitle} hint={w.staffHint}>
              <DataTable
                label={w.staffTitle}
                columns={staffColumns(w, say)}
                rows={r.staff}
                rowKey={(s) => s.staffId ?? 0}
                quiet={(s) => s.staffId === null}
              />
              {r.staff.some((s) => s.signedUp + s.asked < 10) && <p className={`${css.quiet} ${css.more}`}>{w.fewStaff}</p>}
            </Panel>
          )}
        </Rows>
      )}
    </Loaded>
  );
}

/** How sure the rate is, or why there is none. */
function Honest({ r, say }: { r: Report; say: Say }) {
  const w = useWords(catalogue);
  const lines: string[] = [];
  if (r.perHundred && r.covered) {
    lines.push(w.range(perHundred(r.perHundred.low), perHundred(r.perHundred.high), say.n(r.sales), say.day(r.covered.through)));
  } else if (r.total > 0) lines.push(r.covered ? w.few(say.n(r.sales), r.sales === 1) : w.noTill);
  if (r.imported > 0) lines.push(w.imported(say.n(r.imported), r.imported === 1));
  return <>{lines.join(' ')}</>;
}

function sourceColumns(r: Report, w: SignUpsWords, say: Say): Column<Line>[] {
  const c = w.columns;
  const rate = (l: Line) => (l.perHundred ? perHundred(l.perHundred.estimate) : '–');
  const range = (l: Line) => (l.perHundred ? `${perHundred(l.perHundred.low)}–${perHundred(l.perHundred.high)}` : '–');
  const share = (l: Line) => (l.source === 'import' || r.total === 0 ? '–' : say.share(l.count / r.total));
  return [
    {
      key: 'source',
      title: c.source,
      width: 'minmax(200px, 2fr)',
      always: true,
      render: (l) => <span className={own.where}>{sourceName(l, w)}</span>,
      text: (l) => sourceName(l, w),
    },
    { key: 'count', title: c.count, align: 'right', width: '110px', render: (l) => say.n(l.count), text: (l) => String(l.count) },
    { key: 'share', title: c.share, align: 'right', width: '90px', render: share, text: share },
    { key: 'rate', title: c.rate, align: 'right', width: '120px', render: rate, text: rate },
    { key: 'range', title: c.range, align: 'right', width: '120px', render: range, text: range },
  ];
}

const staffName = (s: Staff, w: SignUpsWords): string => s.name ?? (s.staffId === null ? w.nobody : w.gone);

function staffColumns(w: SignUpsWords, say: Say): Column<Staff>[] {
  const c = w.staffColumns;
  const number = (key: 'signedUp' | 'asked' | 'answered', title: string): Column<Staff> => ({
    key,
    title,
    align: 'right',
    width: '130px',
    render: (s) => say.n(s[key]),
    text: (s) => String(s[key]),
  });
  const total = (s: Staff) => s.signedUp + s.answered;
  return [
    {
      key: 'name',
      title: c.name,
      width: 'minmax(160px, 2fr)',
      always: true,
      render: (s) => staffName(s, w),
      text: (s) => staffName(s, w),
    },
    number('signedUp', c.signedUp),
    number('asked', c.asked),
    number('answered', c.answered),
    { key: 'total', title: c.total, align: 'right', width: '110px', render: (s) => say.n(total(s)), text: (s) => String(total(s)) },
  ];
}

/** Week by week. */
function Weeks({ r, say }: { r: Report; say: Say }) {
  const w = useWords(catalogue).chart;
  const most = r.weeks.reduce<Report['weeks'][number] | null>((m, p) => (p.signUps > (m?.signUps ?? 0) ? p : m), null);
  if (most === null) return null;
  return (
    <WeekBars
      title={w.title(say.n(most.signUps), say.day(most.week))}
      points={r.weeks.map((p) => ({ week: p.week, count: p.signUps }))}
      name={w.name}
      day={say.day}
      show={say.n}
      table={{ head: w.head, rows: r.weeks.map((p) => [say.day(p.week), say.n(p.signUps), p.sales === null ? '–' : say.n(p.sales)]) }}
    />
  );
}

/** Places, then people, in one file. */
function Save({ r, say }: { r: Report; say: Say }) {
  const w = useWords(catalogue);
  const { shop } = useShell();
  const save = async () => {
    try {
      const text = `${tableCsv([...sourceColumns(r, w, say), ...unitColumns<Line>(shop)], r.sources)}\r\n${tableCsv([...staffColumns(w, say), ...unitColumns<Report['staff'][number]>(shop)], r.staff)}`;
      const saved = await call('shell/save-text', { name: w.file, text });
      if (saved) toast({ title: w.savedAt(saved.path), tone: 'good' });
    } catch (e) {
      toastError(e);
    }
  };
  return (
    <Button variant="default" leftSection={<IconTableExport size={18} stroke={1.75} aria-hidden />} onClick={() => void save()}>
      {w.save}
    </Button>
  );
}
