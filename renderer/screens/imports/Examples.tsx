import { Tabs } from '@mantine/core';
import { call, type Out, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Chip, type Column, DataTable, Money, Panel, When } from '@renderer/ui';
import { count, money, phone, when } from '@renderer/ui/format';
import { useMemo, useState } from 'react';
import { birthdayWords } from '../customers/words';
import type { Report } from './import.ui';
import css from './imports.module.css';
import { ProblemList } from './Problems';
import own from './wizard.module.css';

type Words = (typeof catalogue)['en'];
type Example = Out<'imports/examples'>[number];
type What = 'sales' | 'people';
type Outcome = 'new' | 'changed';
/** Nobody reads further, and the counter never waits for a page far down a million rows. */
const MOST = 10_000;
type Tab = 'rejected' | 'notes' | 'sales-new' | 'sales-changed' | 'people-new' | 'people-changed';

/** Everything the file does, one by one, in lists by what happens to it; what could not be taken stands first. */
export function Examples({ report: r }: { report: Report }) {
  const w = useWords(catalogue).examples;
  const { locale } = useShell();
  const [chosen, setChosen] = useState<Tab | null>(null);
  const c = r.counts;
  if (!c || r.state === 'undone') return null;
  const all: { tab: Tab; label: string; n: number }[] = [
    { tab: 'rejected', label: w.rejected, n: c.rejected },
    { tab: 'sales-changed', label: w.changedSales, n: c.sales.changed },
    { tab: 'sales-new', label: w.newSales, n: c.sales.new },
    { tab: 'people-changed', label: w.changedPeople, n: c.people.changed },
    { tab: 'people-new', label: w.newPeople, n: c.people.new },
    { tab: 'notes', label: w.notes, n: c.notes },
  ];
  const tabs = all.filter((t) => t.n > 0);
  const tab = tabs.find((t) => t.tab === chosen) ?? tabs[0];
  if (!tab) return null;
  const [what, outcome] = tab.tab.split('-') as [What, Outcome];
  return (
    <Panel title={w.title} padding="flush">
      <Tabs value={tab.tab} onChange={(t) => setChosen(t as Tab)} keepMounted={false}>
        <Tabs.List aria-label={w.title} className={own.tabs ?? ''}>
          {tabs.map((t) => (
            <Tabs.Tab key={t.tab} value={t.tab} rightSection={<span className={own.tabCount}>{count(t.n, locale)}</span>}>
              {t.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab.tab}>
          {tab.n > MOST && <p className={own.most}>{w.most(MOST, tab.n)}</p>}
          {tab.tab === 'rejected' || tab.tab === 'notes' ? (
            <ProblemList key={tab.tab} report={r} kind={tab.tab === 'rejected' ? 'rejected' : 'note'} total={Math.min(tab.n, MOST)} />
          ) : (
            <List
              key={`${r.id}-${r.state}-${tab.tab}`}
              report={r}
              what={what}
              outcome={outcome}
              total={Math.min(tab.n, MOST)}
              label={tab.label}
            />
          )}
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}

/** A short list stands whole: no scrollbar within the page's own. */
const heightOf = (whole: number): number => (whole <= 660 ? whole : 420);

function List(p: { report: Report; what: What; outcome: Outcome; total: number; label: string }) {
  const w = useWords(catalogue);
  const { id, state } = p.report;
  const pages = usePages<Example>(
    `${id}-${state}-${p.what}-${p.outcome}`,
    async (page) => ({ rows: await call('imports/examples', { id, what: p.what, outcome: p.outcome, ...page }), total: p.total }),
    [],
  );
  const columns = useMemo(() => columnsOf(w, p.what, p.outcome), [w, p.what, p.outcome]);
  const rowHeight = p.outcome === 'changed' ? 64 : 48;
  return (
    <DataTable
      bare
      label={p.label}
      columns={columns}
      pages={pages}
      rowKey={(e) => e.key}
      rowHeight={rowHeight}
      quiet={(e) => !e.counted}
      height={heightOf(42 + rowHeight * Math.max(1, p.total))}
    />
  );
}

function columnsOf(words: Words, what: What, outcome: Outcome): Column<Example>[] {
  const w = words.examples;
  const changes: Column<Example> = {
    key: 'changes',
    title: w.what,
    width: 'minmax(280px, 3fr)',
    render: (e) => <Changes example={e} />,
  };
  if (what === 'people') {
    const name: Column<Example> = {
      key: 'name',
      title: w.name,
      width: 'minmax(150px, 1fr)',
      render: (e) => e.title || <span className={css.quiet}>{w.nameless}</span>,
      text: (e) => e.title,
    };
    const reach: Column<Example> = { key: 'reach', title: w.reach, width: 'minmax(200px, 2fr)', render: (e) => e.who, text: (e) => e.who };
    return outcome === 'new' ? [name, reach] : [name, changes];
  }
  const receipt: Column<Example> = {
    key: 'receipt',
    title: w.receipt,
    width: 'minmax(110px, 1fr)',
    render: (e) => e.title || <span className={css.quiet}>{w.noNumber}</span>,
    text: (e) => e.title,
  };
  const at: Column<Example> = {
    key: 'when',
    title: w.when,
    width: '170px',
    render: (e) => (e.at === null ? '–' : <When at={e.at} />),
  };
  if (outcome === 'changed') return [receipt, at, changes];
  return [
    receipt,
    at,
    { key: 'items', title: w.items, width: 'minmax(140px, 2fr)', render: (e) => e.items || '–', text: (e) => e.items },
    {
      key: 'who',
      title: w.who,
      width: 'minmax(110px, 1fr)',
      render: (e) => e.who || <span className={css.quiet}>{w.nobody}</span>,
      text: (e) => e.who,
    },
    {
      key: 'amount',
      title: w.amount,
      width: '150px',
      align: 'right',
      render: (e) => (
        <span className={own.amount}>
          {e.refund && <Chip>{w.refund}</Chip>}
          {!e.counted && <Chip>{w.states[e.status ?? ''] ?? e.status}</Chip>}
          <Money cents={e.cents ?? 0} />
        </span>
      ),
      text: (e) => String((e.cents ?? 0) / 100),
    },
  ];
}

/** "Takings $12.00 → $10.00". */
function Changes({ example: e }: { example: Example }) {
  const w = useWords(catalogue).examples;
  const { shop, locale } = useShell();
  const say = (c: Example['changes'][number], v: string | number | null): string => {
    if (v === null) return w.empty;
    if (c.as === 'money') return money(Number(v), shop.currency, locale);
    if (c.as === 'instant') return when(Number(v), 'day-time', shop.zone, locale, Date.now());
    if (c.as === 'phone') return phone(String(v));
    if (c.field === 'birthday') return birthdayWords(String(v), locale);
    return c.field === 'status' ? (w.states[String(v)] ?? String(v)) : String(v);
  };
  return (
    <span className={own.changes}>
      {e.changes.map((c) => (
        <span key={c.field}>
          {w.changed[c.field] ?? c.field}
          {c.as !== 'flag' && (
            <>
              {' '}
              <span className={own.before}>{say(c, c.before)}</span> → <strong>{say(c, c.after)}</strong>
            </>
          )}
        </span>
      ))}
    </span>
  );
}
