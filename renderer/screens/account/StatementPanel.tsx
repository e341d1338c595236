import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { call, type Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import { ErrorNote, Loaded, Panel, toast } from '@renderer/ui';
import { count, micros } from '@renderer/ui/format';
import { useState } from 'react';
import css from './account.module.css';
import { useSay } from './useSay';

type Month = Out<'account/statement'>['months'][number];
const STEP = 3;
const MOST = 13;

/** What left each month, for what and at which price; beside what Twilio counted. */
export function StatementPanel({ currency }: { currency: string }) {
  const w = useWords(catalogue).statement;
  const [shown, setShown] = useState(STEP);
  const query = useQuery('account/statement', { offset: 0, limit: shown }, { topics: ['account', 'campaigns', 'settings'] });
  const [error, setError] = useState<unknown>(undefined);
  const save = async () => {
    setError(undefined);
    try {
      const { name, text } = await call('account/statement-csv', { columns: w.csvColumns, parts: w.parts });
      const saved = await call('shell/save-text', { name, text });
      if (saved) toast({ title: w.saved(saved.path), tone: 'good' });
    } catch (e) {
      setError(e);
    }
  };
  const any = (query.data?.months.length ?? 0) > 0;
  return (
    <Panel
      title={w.title}
      hint={w.hint}
      action={
        any && (
          <Button size="xs" variant="default" onClick={() => void save()}>
            {w.save}
          </Button>
        )
      }
    >
      <ErrorNote error={error} />
      <Loaded query={query} lines={5}>
        {(d) =>
          d.months.length === 0 ? (
            <p className={css.quiet}>{w.none}</p>
          ) : (
            <>
              {d.months.map((m) => (
                <MonthPart key={m.month} month={m} currency={currency} />
              ))}
              {d.total > shown && shown < MOST && (
                <Button variant="subtle" className={css.more ?? ''} onClick={() => setShown((n) => Math.min(MOST, n + STEP))}>
                  {w.more}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

const monthName = (m: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${m}-15T12:00:00Z`));

function MonthPart({ month: m, currency }: { month: Month; currency: string }) {
  const w = useWords(catalogue).statement;
  const { locale } = useShell();
  const n = (x: number) => count(x, locale);
  const money = (x: number, c: string) => (x === 0 ? '—' : micros(Math.round(x / 10_000) * 10_000, c, locale));
  const name = monthName(m.month, locale);
  const main = m.totals[0]?.currency ?? currency;
  return (
    <section className={css.month} aria-label={name}>
      <h3 className={css.monthTitle}>{name}</h3>
      {m.lines.length === 0 && <p className={css.quiet}>{w.noTexts}</p>}
      {m.lines.length > 0 && (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{w.columns.what}</th>
                <th scope="col">{w.columns.texts}</th>
                <th scope="col">{w.columns.parts}</th>
                <th scope="col">{w.columns.paid}</th>
                <th scope="col">{w.columns.expected}</th>
                <th scope="col">{w.columns.sum}</th>
              </tr>
            </thead>
            <tbody>
              {m.lines.map((l) => (
                <tr key={`${l.part} ${l.campaignId} ${l.currency}`}>
                  <th scope="row">{l.part === 'campaigns' ? l.name || w.nameless : w.parts[l.part]}</th>
                  <td>{n(l.texts)}</td>
                  <td>{n(l.segments)}</td>
                  <td>{money(l.real, l.currency)}</td>
                  <td>{money(l.expected, l.currency)}</td>
                  <td>{money(l.real + l.expected, l.currency)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              {m.totals.map((t) => (
                <tr key={t.currency}>
                  <th scope="row">{w.parts.total}</th>
                  <td>{n(t.texts)}</td>
                  <td>{n(t.segments)}</td>
                  <td>{money(t.real, t.currency)}</td>
                  <td>{money(t.expected, t.currency)}</td>
                  <td>{money(t.real + t.expected, t.currency)}</td>
                </tr>
              ))}
            </tfoot>
          </table>
        </div>
      )}
      {m.received.texts > 0 && <p className={css.quiet}>{m.received.texts === 1 ? w.receivedOne : w.received(n(m.received.texts))}</p>}
      {m.lookUps && m.lookUps.count > 0 && (
        <p className={css.quiet}>{w.lookUps(n(m.lookUps.count), m.lookUps.count === 1, micros(m.lookUps.price, main, locale))}</p>
      )}
      <Compare month={m.month} name={name} />
    </section>
  );
}

function Compare({ month, name }: { month: string; name: string }) {
  const w = useWords(catalogue).statement;
  const [open, setOpen] = useState(false);
  const query = useQuery('account/compared', { month }, { enabled: open, topics: ['account', 'outbox'] });
  const ask = useCommand('account/ask-usage');
  const show = async () => {
    setOpen(true);
    await ask.run({ month });
  };
  if (!open) {
    return (
      <div className={css.flush}>
        <Button size="xs" variant="subtle" onClick={() => void show()} aria-label={`${w.compare}: ${name}`}>
          {w.compare}
        </Button>
      </div>
    );
  }
  return (
    <>
      <ErrorNote error={ask.error} />
      <Loaded query={query} lines={3}>
        {(c) => (c === null ? null : <Compared of={c} name={name} busy={ask.busy} again={() => void show()} />)}
      </Loaded>
    </>
  );
}

function Compared(props: { of: NonNullable<Out<'account/compared'>>; name: string; busy: boolean; again: () => void }) {
  const { of: c, name, busy, again } = props;
  const w = useWords(catalogue).statement;
  const say = useSay(c.currency);
  const other = c.other.reduce((sum, o) => sum + o.price, 0);
  const line = (label: string, parts: number | null, price: number) => (
    <>
      <dt>{label}</dt>
      <dd className="rg-num">
        {parts !== null && `${w.partsCount(say.n(Math.round(parts)), Math.round(parts) === 1)} · `}
        {say.money(Math.round(price / 10_000) * 10_000)}
      </dd>
    </>
  );
  return (
    <div className={css.compared}>
      <p className={css.findingTitle}>{w.comparedTitle(name)}</p>
      <dl className={css.facts}>
        {line(w.ours, c.ours.segments, c.ours.price)}
        {line(w.theirs, c.theirs.segments, c.theirs.price)}
        {line(w.inbound, c.inbound.segments, c.inbound.price)}
        {line(w.other, null, other)}
        {line(w.total, null, c.total)}
      </dl>
      <p>
        {w.why[c.why]} {c.foreign > 0 && w.foreign(say.n(c.foreign), c.foreign === 1)}
      </p>
      <p className={css.ends}>
        <span className={css.quiet}>{w.read(say.when(c.readAt))}</span>
        <Button size="xs" variant="default" loading={busy} onClick={again}>
          {w.again}
        </Button>
      </p>
    </div>
  );
}
