import { Button } from '@mantine/core';
import { call, type Out } from '@renderer/api/client';
import { usePages } from '@renderer/api/usePages';
import { useQuery } from '@renderer/api/useQuery';
import { useShell } from '@renderer/api/useShell';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { actionWords, activity as words } from '@renderer/strings/activity';
import { DataTable } from '@renderer/ui/DataTable';
import { FieldRow, SelectField } from '@renderer/ui/Fields';
import { when } from '@renderer/ui/format';
import { Panel } from '@renderer/ui/Screen';
import { EmptyState } from '@renderer/ui/States';
import { type Column, tableCsv } from '@renderer/ui/table';
import { toast } from '@renderer/ui/toast';
import { useMemo, useState } from 'react';
import { useStaff } from './useSettings';

type Page = Out<'staff/activity'>;
type Row = Page['rows'][number];
const TOPICS = ['settings', 'session', 'customers', 'offers', 'imports', 'consent'] as const;
const ALL = '';
/** As many as one saved sheet holds; more is for the full export. */
const MOST_SAVED = 20_000;

/** The owner's record of who did what. */
export function ActivitySection() {
  const w = useWords(words);
  const { shop, locale } = useShell();
  const staff = useStaff();
  const [who, setWho] = useState(ALL);
  const [area, setArea] = useState(ALL);
  const filter = { staffId: who === ALL ? null : (Number(who) as never), area: area === ALL ? null : area };
  const first = useQuery('staff/activity', { limit: 1 }, { topics: [...TOPICS] });
  const pages = usePages<Row>(`${who} ${area}`, (page) => call('staff/activity', { ...filter, ...page }), TOPICS);
  const columns = useMemo((): Column<Row>[] => {
    const at = (r: Row) => when(r.at, 'day-time', shop.zone, locale, Date.now());
    // Before anybody signed in somebody at the counter did it; the rest the app did by itself.
    const by = (r: Row) => r.staffName ?? (/^(watch|sheet|import|backups|session)\./.test(r.action) ? w.itself : w.counter);
    const did = (r: Row) => actionWords(r.action, r.detail);
    return [
      { key: 'at', title: w.when, render: at, text: at, width: '176px', always: true },
      { key: 'who', title: w.who, render: by, text: by, width: 'minmax(0, 1fr)' },
      { key: 'what', title: w.what, render: did, text: did, width: 'minmax(0, 2.2fr)' },
      { key: 'about', title: w.about, render: (r) => r.about, text: (r) => r.about, width: 'minmax(0, 1.2fr)' },
    ];
  }, [w, shop.zone, locale]);

  const save = async () => {
    const rows: Row[] = [];
    for (let offset = 0; offset < MOST_SAVED; offset += 200) {
      const page = await call('staff/activity', { ...filter, offset, limit: 200 });
      rows.push(...page.rows);
      if (rows.length >= page.total || page.rows.length === 0) break;
    }
    const saved = await call('shell/save-text', { name: 'who-did-what.csv', text: tableCsv(columns, rows) });
    if (saved) toast({ title: w.saved });
  };

  return (
    <Panel
      title={w.title}
      hint={w.hint}
      padding="flush"
      action={
        <Button variant="default" onClick={() => void save().catch(() => undefined)} disabled={!pages.total}>
          {w.save}
        </Button>
      }
    >
      <div style={{ padding: '0 16px 16px' }}>
        <FieldRow widths="repeat(2, minmax(0, 240px))">
          <SelectField
            label={w.who}
            value={who}
            onChange={setWho}
            options={[{ value: ALL, label: w.everybody }, ...(staff.data ?? []).map((s) => ({ value: String(s.id), label: s.name }))]}
          />
          <SelectField
            label={w.what}
            value={area}
            onChange={setArea}
            options={[
              { value: ALL, label: w.everything },
              ...(first.data?.areas ?? []).map((a) => ({ value: a.area, label: w.areas[a.area] ?? a.area })),
            ]}
          />
        </FieldRow>
      </div>
      <DataTable<Row>
        label={w.title}
        bare
        pages={pages}
        rowKey={(r) => r.id}
        onOpen={(r) => r.customerId !== null && go({ screen: 'customers', id: r.customerId })}
        columns={columns}
        empty={
          who === ALL && area === ALL ? (
            <EmptyState title={w.empty} compact>
              {w.emptyBody}
            </EmptyState>
          ) : (
            <EmptyState title={w.none} compact />
          )
        }
      />
    </Panel>
  );
}
