import { Button } from '@mantine/core';
import { type Out, useQuery, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { draws as catalogue, type DrawWords } from '@renderer/strings/draws';
import { Loaded, Screen, Sheet, When } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconPrinter } from '@tabler/icons-react';
import { useSheet } from '../privacy/EvidenceScreen';
import css from './draws.module.css';

type Draw = Out<'draws/get'>;

/** The official rules in both languages with the commitment, or the record of the draw: paper for the wall. */
export function DrawSheet({ id, what }: { id: number; what: 'rules' | 'record' }) {
  const w = useWords(catalogue);
  const query = useQuery('draws/get', { id });
  const sheet = useSheet(`draw-${id}-${what}.pdf`, w.saved);
  const title = query.data ? (what === 'rules' ? w.rulesTitle : w.record.title)(query.data.name) : w.title;
  return (
    <Screen
      title={title}
      up={{ label: query.data?.name ?? w.backToList, onClick: () => void (back() || go({ screen: 'draws', id })) }}
      primary={
        <Button leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />} onClick={sheet.print} disabled={!query.data}>
          {w.print}
        </Button>
      }
      actions={
        <Button variant="default" onClick={sheet.save} disabled={!query.data}>
          {w.pdf}
        </Button>
      }
    >
      <Loaded query={query} lines={12}>
        {(d) => <Sheet label={title}>{what === 'rules' ? <RulesPaper d={d} w={w} /> : <RecordPaper d={d} w={w} />}</Sheet>}
      </Loaded>
    </Screen>
  );
}

function RulesPaper({ d, w }: { d: Draw; w: DrawWords }) {
  return (
    <article className={css.paper}>
      {(['en', 'es'] as const).map((l) => (
        <section key={l} lang={l}>
          <h2>{l === 'en' ? w.rulesTitle(d.name) : `Reglas oficiales: ${d.name}`}</h2>
          <ol>
            {d.rulesText[l].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      ))}
      {d.seedHash && (
        <p className={css.small}>
          {w.record.commitment}: <code>{d.seedHash}</code>
        </p>
      )}
    </article>
  );
}

function RecordPaper({ d, w }: { d: Draw; w: DrawWords }) {
  const { locale } = useShell();
  const r = w.record;
  const query = useQuery('draws/record', { id: d.id });
  const record = query.data;
  if (!record) return <Loaded query={query}>{() => null}</Loaded>;
  return (
    <article className={css.paper}>
      <h2>{r.title(d.name)}</h2>
      <dl className={css.paperFacts}>
        <dt>{r.drawn}</dt>
        <dd>{d.drawnAt && <When at={d.drawnAt} />}</dd>
        <dt>{r.entries}</dt>
        <dd>{count(record.tickets.length, locale)}</dd>
        <dt>{r.commitment}</dt>
        <dd>
          <code>{d.seedHash}</code>
        </dd>
        <dt>{r.seed}</dt>
        <dd>
          <code>{d.seed}</code>
        </dd>
        <dt>{r.list}</dt>
        <dd>
          <code>{d.listHash}</code>
        </dd>
        <dt>{r.rules}</dt>
        <dd>
          <code>{d.rulesHash}</code>
        </dd>
      </dl>
      <h3>{r.picks}</h3>
      <table>
        <thead>
          <tr>
            {r.head.map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {record.picks.map((p) => (
            <tr key={p.place}>
              <td>{p.place}</td>
              <td>
                <code>{p.ticket}</code>
              </td>
              <td>
                <code>{p.lot.slice(0, 24)}…</code>
              </td>
              <td>{p.who}</td>
              <td>
                {p.winner ? r.winner : r.alternate}
                {p.state === 'passed' && `, ${w.pickStates.passed}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{r.methodTitle}</h3>
      <ol>
        {r.method.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <h3>{r.tickets}</h3>
      <p className={css.tickets}>{record.tickets.join('  ')}</p>
    </article>
  );
}
