import { Button } from '@mantine/core';
import { call, type Out, toApiError, useCommand, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { back, go, usePlace } from '@renderer/nav';
import { useSheet } from '@renderer/screens/privacy/EvidenceScreen';
import { useWords } from '@renderer/strings';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { notices as catalogue, type NoticeWords } from '@renderer/strings/notices';
import { type Column, DataTable, ErrorNote, Panel, Rows, Screen, Sheet } from '@renderer/ui';
import { dayText, phone } from '@renderer/ui/format';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { ListButtons } from './ListButtons';
import css from './notices.module.css';

type Notice = Out<'notices/get'>;
type Row = Out<'notices/people'>['rows'][number];
const PAGE = 200;
const TOPICS = ['campaigns', 'outbox', 'customers'] as const;

const contactOf = (r: Row): string => [r.phone && phone(r.phone), r.email, r.street, r.city].filter(Boolean).join(', ');
const reasonOf = (r: Row, w: NoticeWords): string => (r.reason === null ? '' : (w.reasons[r.reason] ?? w.reasons['other'] ?? ''));

/** A notice that went out: who has a text, who stands on the list, and who of those was reached since. */
export function SentNotice({ notice: n }: { notice: Notice }) {
  const place = usePlace();
  if (place.screen === 'notices' && place.print) return <ListSheet notice={n} />;
  return <People notice={n} />;
}

function People({ notice: n }: { notice: Notice }) {
  const w = useWords(catalogue);
  const c = useWords(campaignWords);
  const { locale } = useShell();
  const pages = usePages<Row>(`notice ${n.id}`, (page) => call('notices/people', { id: n.id, page }), TOPICS);
  const mark = useCommand('notices/reached');
  const columns = useMemo<Column<Row>[]>(() => {
    const l = w.list.columns;
    const text = (r: Row) =>
      r.reason !== null
        ? reasonOf(r, w)
        : r.textState === null
          ? w.list.noText
          : (c.textStates[r.textState as keyof typeof c.textStates] ?? '');
    const bought = (r: Row) => `${dayText(r.boughtOn, locale, Date.now())}${r.gift ? ` · ${w.who.gift}` : ''}`;
    return [
      { key: 'name', title: l.name, width: 'minmax(130px, 1fr)', always: true, render: (r) => r.name || '—', text: (r) => r.name },
      { key: 'contact', title: l.contact, width: 'minmax(180px, 1.4fr)', render: contactOf, text: contactOf },
      { key: 'bought', title: l.bought, width: '150px', render: bought, text: bought },
      { key: 'reason', title: l.reason, width: 'minmax(160px, 1fr)', render: text, text },
      {
        key: 'reached',
        title: l.reached,
        width: '120px',
        render: (r) =>
          r.reason === null ? null : (
            <Button
              size="compact-sm"
              variant={r.toldAt === null ? 'default' : 'light'}
              aria-pressed={r.toldAt !== null}
              onClick={() => void mark.run({ id: n.id, customerId: r.customerId, reached: r.toldAt === null })}
            >
              {r.toldAt === null ? w.list.notReached : w.list.reached}
            </Button>
          ),
        text: (r) => (r.toldAt === null ? '' : w.list.reached),
      },
    ];
  }, [w, c, locale, mark, n.id]);
  return (
    <Screen
      title={n.name}
      subtitle={w.days(dayText(n.fromDay, locale, Date.now()), dayText(n.untilDay, locale, Date.now()))}
      up={{ label: w.backToList, onClick: () => void (back() || go({ screen: 'notices' })) }}
      actions={<ListButtons id={n.id} printable />}
    >
      <ErrorNote error={mark.error} />
      <Rows>
        <Panel title={w.text.title}>
          <p className={css.bubble}>{n.said}</p>
        </Panel>
        <DataTable
          label={n.name}
          columns={columns}
          pages={pages}
          rowKey={(r) => r.customerId}
          onRetry={pages.refetch}
          onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
        />
      </Rows>
    </Screen>
  );
}

/** Everybody on the list, page by page: those who were texted come after them, so it ends with the first of these. */
function useListed(id: number): { rows: Row[] | null; error: unknown } {
  const [rows, setRows] = useState<Row[] | null>(null);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const all: Row[] = [];
      for (;;) {
        const page = await call('notices/people', { id, page: { offset: all.length, limit: PAGE } });
        if (gone) return;
        all.push(...page.rows);
        if (page.rows.length < PAGE || page.rows.some((r) => r.reason === null)) break;
      }
      setRows(all.filter((r) => r.reason !== null));
    };
    load().catch((e) => !gone && setError(toApiError(e)));
    return () => {
      gone = true;
    };
  }, [id]);
  return { rows, error };
}

/** Paper for the counter: whom to call, with a box to tick. */
function ListSheet({ notice: n }: { notice: Notice }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const { rows, error } = useListed(n.id);
  const sheet = useSheet(`${n.kind}-${n.fromDay}.pdf`, w.list.saved);
  const title = w.list.sheet(n.name);
  const l = w.list.columns;
  return (
    <Screen
      title={w.list.title}
      up={{ label: n.name, onClick: () => void (back() || go({ screen: 'notices', id: n.id })) }}
      primary={
        <Button leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />} onClick={sheet.print} disabled={rows === null}>
          {w.list.print}
        </Button>
      }
    >
      <ErrorNote error={error} />
      <Sheet label={title}>
        <h2>{title}</h2>
        <p>{n.said}</p>
        <table className={css.sheet}>
          <thead>
            <tr>
              <th>{l.reached}</th>
              <th>{l.name}</th>
              <th>{l.contact}</th>
              <th>{l.bought}</th>
              <th>{l.reason}</th>
            </tr>
          </thead>
          <tbody>
            {(rows ?? []).map((r) => (
              <tr key={r.customerId}>
                <td>
                  <div className={css.tick}>{r.toldAt !== null && '✓'}</div>
                </td>
                <td>{r.name || '—'}</td>
                <td>{contactOf(r)}</td>
                <td>{dayText(r.boughtOn, locale, Date.now())}</td>
                <td>{reasonOf(r, w)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sheet>
    </Screen>
  );
}
