import { type DayHours, FEDERAL_ROW, STATE_ROWS, type StateRow } from '@domain/campaigns/state-hours';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { DataTable } from '@renderer/ui/DataTable';
import { Panel } from '@renderer/ui/Screen';

interface Row extends StateRow {
  place: string;
}

/** The rows behind every "not now", with where each comes from. */
export function StateHours() {
  const w = useWords(words).stateHours;
  const { locale } = useShell();
  const hour = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
  const clock = (h: number) => hour.format(Date.UTC(2026, 0, 1, h));
  const span = (d: DayHours | undefined) =>
    d === undefined ? '' : `${clock(d.hours[0])} – ${clock(d.hours[1])}${d.warn ? `, ${w.asks}` : ''}`;
  /** Under the pointer in full where its column is too narrow. */
  const whole = (text: string) => <span title={text}>{text}</span>;
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const rows: Row[] = [
    { ...FEDERAL_ROW, place: w.federal },
    ...Object.entries(STATE_ROWS)
      .map(([code, row]) => ({ ...row, place: code.startsWith('US-') ? code.slice(3) : (names.of(code) ?? code) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1)),
  ];
  return (
    <Panel title={w.title} hint={w.hint} padding="flush">
      <DataTable<Row>
        label={w.title}
        bare
        rows={rows}
        rowKey={(r) => r.place}
        height={360}
        columns={[
          { key: 'place', title: w.columns.place, render: (r) => r.place, width: '136px' },
          { key: 'week', title: w.columns.week, render: (r) => whole(span(r.mon_fri)), width: '112px' },
          { key: 'sat', title: w.columns.sat, render: (r) => whole(span(r.sat)), width: '112px' },
          { key: 'sun', title: w.columns.sun, render: (r) => whole(span(r.sun)), width: 'minmax(112px, 1fr)' },
          { key: 'holiday', title: w.columns.holiday, render: (r) => whole(span(r.holidays)), width: '120px', optional: true },
          { key: 'from', title: w.columns.from, render: (r) => whole(r.cite), width: 'minmax(0, 1fr)' },
        ]}
      />
    </Panel>
  );
}
