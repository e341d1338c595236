import { Button } from '@mantine/core';
import { call, type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { back, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { draws as catalogue, type DrawWords } from '@renderer/strings/draws';
import {
  Chip,
  type Column,
  ConfirmDialog,
  DataTable,
  ErrorNote,
  Loaded,
  Note,
  Panel,
  PhoneText,
  Rows,
  Screen,
  StateBadge,
  StatRow,
  StatTile,
  toast,
  When,
} from '@renderer/ui';
import { count, dayText } from '@renderer/ui/format';
import { useMemo, useState } from 'react';
import { EnterDraw } from '../counter/EnterDraw';
import { DrawForm } from './DrawForm';
import { phaseChips } from './DrawsScreen';
import css from './draws.module.css';

type Draw = Out<'draws/get'>;
type Pick = Draw['picks'][number];
type Entry = Out<'draws/entries'>['rows'][number];
type Asking = { what: 'open' | 'draw' | 'cancel' | 'remove' } | { what: 'pass'; place: number };

/** One draw: its rules, who entered, and who won. */
export function DrawDetail({ id }: { id: number }) {
  const w = useWords(catalogue);
  const query = useQuery('draws/get', { id });
  const d = query.data;
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  return (
    <Screen
      title={d?.name ?? w.title}
      subtitle={d?.prize}
      badge={d && <StateBadge state={d.phase} states={phaseChips(w)} />}
      up={{ label: w.backToList, onClick: () => void (back() || go({ screen: 'draws' })) }}
      primary={d && <Primary d={d} w={w} ask={setAsking} />}
      actions={
        d && (
          <>
            {d.phase === 'draft' && (
              <>
                <Button variant="subtle" color="brick" onClick={() => setAsking({ what: 'remove' })}>
                  {w.remove}
                </Button>
                <Button variant="default" onClick={() => setEditing(true)}>
                  {w.edit}
                </Button>
              </>
            )}
            {['ahead', 'open', 'over'].includes(d.phase) && (
              <Button variant="subtle" color="brick" onClick={() => setAsking({ what: 'cancel' })}>
                {w.cancelDraw}
              </Button>
            )}
            {d.missing.length === 0 && (
              <Button variant="default" onClick={() => go({ screen: 'draws', id, print: 'rules' })}>
                {w.printRules}
              </Button>
            )}
          </>
        )
      }
    >
      <Loaded query={query} lines={8}>
        {(draw) => (
          <Rows>
            {draw.picks.length > 0 && <Winners d={draw} w={w} ask={setAsking} />}
            <Standing d={draw} w={w} onFill={() => setEditing(true)} />
            {draw.missing.length === 0 && (
              <Panel title={w.form.rules}>
                <ol className={css.rules}>
                  {draw.rulesText.en.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ol>
              </Panel>
            )}
            {draw.phase !== 'draft' && <Entries d={draw} w={w} />}
          </Rows>
        )}
      </Loaded>
      {editing && d && <DrawForm draw={d} onClose={() => setEditing(false)} onSaved={() => query.refetch()} />}
      {asking && d && <Asked d={d} w={w} asking={asking} onClose={() => setAsking(null)} />}
    </Screen>
  );
}

function Primary({ d, w, ask }: { d: Draw; w: DrawWords; ask: (a: Asking) => void }) {
  if (d.phase === 'draft')
    return (
      <Button disabled={d.missing.length > 0} onClick={() => ask({ what: 'open' })}>
        {w.open}
      </Button>
    );
  if (d.phase === 'over')
    return (
      <Button disabled={!d.repliesRead || d.counts.total === 0} onClick={() => ask({ what: 'draw' })}>
        {w.drawNow}
      </Button>
    );
  if (d.phase === 'open') return <EnterDraw customerId={null} label={w.addEntry} only={d.id} />;
  if (d.phase === 'drawn') return <Button onClick={() => go({ screen: 'draws', id: d.id, print: 'record' })}>{w.printRecord}</Button>;
  return null;
}

function Standing({ d, w, onFill }: { d: Draw; w: DrawWords; onFill: () => void }) {
  const { locale } = useShell();
  if (d.phase === 'draft' && d.missing.length > 0)
    return (
      <Note
        tone="warn"
        title={w.missingTitle}
        action={
          <Button size="xs" variant="default" onClick={onFill}>
            {w.fill}
          </Button>
        }
      >
        <p>{w.missingBody}</p>
        <ul className={css.missing}>
          {d.missing.map((f) => (
            <li key={f}>{w.form.fields[f]}</li>
          ))}
        </ul>
      </Note>
    );
  if (d.phase === 'draft' || d.phase === 'cancelled') return null;
  const title =
    d.phase === 'ahead'
      ? w.aheadTitle(dayText(d.opensOn, locale, Date.now()))
      : d.phase === 'open'
        ? w.runningTitle(dayText(d.closesOn, locale, Date.now()))
        : w.overTitle;
  return (
    <>
      {d.phase === 'over' && <Note tone={d.repliesRead ? 'info' : 'warn'}>{d.repliesRead ? w.overBody : w.waitReplies}</Note>}
      <Panel title={title} hint={d.phase === 'open' || d.phase === 'ahead' ? w.how(d.word, d.number) : undefined}>
        <StatRow>
          <StatTile label={w.entered} value={count(d.counts.total, locale)} />
          <StatTile label={w.byWord} value={count(d.counts.reply, locale)} />
          <StatTile label={w.atCounter} value={count(d.counts.counter, locale)} />
        </StatRow>
        <dl className={css.facts}>
          <dt>{w.commitment}</dt>
          <dd>
            <code className={css.hash}>{d.seedHash}</code>
            <span className={css.quiet}>{w.commitmentHint}</span>
          </dd>
          {d.seed && (
            <>
              <dt>{w.record.seed}</dt>
              <dd>
                <code className={css.hash}>{d.seed}</code>
              </dd>
              <dt>{w.record.list}</dt>
              <dd>
                <code className={css.hash}>{d.listHash}</code>
              </dd>
            </>
          )}
        </dl>
      </Panel>
    </>
  );
}

function Winners({ d, w, ask }: { d: Draw; w: DrawWords; ask: (a: Asking) => void }) {
  const { locale } = useShell();
  const claim = useCommand('draws/claim');
  const tone = { won: 'good', waiting: 'neutral', claimed: 'info', passed: 'neutral' } as const;
  const name = (p: Pick) => p.name || (p.phone ? <PhoneText phone={p.phone} /> : w.unnamed);
  return (
    <Panel title={w.winnersTitle} hint={d.claimBy && w.claimBy(dayText(d.claimBy, locale, Date.now()))}>
      <ErrorNote error={claim.error} />
      <ol className={css.picks}>
        {d.picks.map((p) => (
          <li key={p.place} data-quiet={p.state === 'waiting' || p.state === 'passed' || undefined}>
            <span className={css.place}>{w.place(p.place)}</span>
            <span className={css.pickWho}>
              {p.customerId !== null && p.customerId > 0 ? (
                <button type="button" className={css.link} onClick={() => go({ screen: 'customers', id: p.customerId as number })}>
                  {name(p)}
                </button>
              ) : (
                name(p)
              )}
              <span className={css.quiet}>{p.ticket}</span>
            </span>
            <Chip tone={tone[p.state]}>{w.pickStates[p.state]}</Chip>
            {p.state === 'won' && (
              <span className={css.pickDo}>
                <Button size="xs" variant="default" onClick={() => ask({ what: 'pass', place: p.place })}>
                  {w.pass}
                </Button>
                <Button size="xs" loading={claim.busy} onClick={() => void claim.run({ id: d.id, place: p.place })}>
                  {w.claim}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const TOPICS = ['campaigns', 'inbox'] as const;

function Entries({ d, w }: { d: Draw; w: DrawWords }) {
  const pages = usePages<Entry>(`draw ${d.id}`, (page) => call('draws/entries', { id: d.id, page }), TOPICS);
  const columns = useMemo((): Column<Entry>[] => {
    const c = w.entryColumns;
    return [
      { key: 'name', title: c.name, width: 'minmax(140px, 2fr)', always: true, render: (e) => e.name || w.unnamed, text: (e) => e.name },
      { key: 'phone', title: c.phone, width: '150px', render: (e) => (e.phone ? <PhoneText phone={e.phone} /> : '') },
      { key: 'how', title: c.how, width: '110px', render: (e) => w.hows[e.how], text: (e) => w.hows[e.how] },
      { key: 'at', title: c.at, width: '150px', render: (e) => <When at={e.at} near /> },
      { key: 'ticket', title: c.ticket, width: '120px', render: (e) => <code>{e.ticket}</code>, text: (e) => e.ticket },
    ];
  }, [w]);
  return (
    <Panel title={w.entries} padding="flush">
      <DataTable
        label={w.entries}
        columns={columns}
        pages={pages}
        rowKey={(e) => e.id}
        height={360}
        empty={<p className={css.none}>{w.noEntries}</p>}
      />
    </Panel>
  );
}

/** What cannot be undone is asked once more. */
function Asked({ d, w, asking, onClose }: { d: Draw; w: DrawWords; asking: Asking; onClose: () => void }) {
  const { locale } = useShell();
  const open = useCommand('draws/open');
  const draw = useCommand('draws/draw');
  const cancel = useCommand('draws/cancel');
  const remove = useCommand('draws/remove');
  const pass = useCommand('draws/pass');
  const all = { open, draw, cancel, remove, pass };
  const { busy, error } = all[asking.what];
  const words = {
    open: [w.openTitle, w.openBody, w.open],
    draw: [w.drawTitle, w.drawBody(count(d.counts.total, locale), d.counts.total === 1), w.drawNow],
    cancel: [w.cancelTitle, w.cancelBody, w.cancelDraw],
    remove: [w.remove, d.name, w.remove],
    pass: [w.passTitle, w.passBody, w.pass],
  }[asking.what];
  const act = async () => {
    if (asking.what === 'pass') {
      const done = await pass.run({ id: d.id, place: asking.place });
      if (!done) return;
      toast({ title: done.next === null ? w.passedToNobody : w.passedTo(done.next), tone: done.next === null ? 'warn' : 'good' });
      onClose();
      return;
    }
    if (!(await all[asking.what].run({ id: d.id }))) return;
    onClose();
    if (asking.what === 'remove') go({ screen: 'draws' }, { replace: true });
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={words[0]}
      confirm={words[2] ?? ''}
      {...(asking.what === 'cancel' && { keep: w.keep })}
      danger={asking.what === 'cancel' || asking.what === 'remove'}
      busy={busy}
      onConfirm={() => void act()}
    >
      <p>{words[1]}</p>
      <ErrorNote error={error} />
    </ConfirmDialog>
  );
}
