import type { AutomationId } from '@domain/kernel';
import { Button, Radio } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { type AutomationWords, automations as catalogue } from '@renderer/strings/automations';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { Dialog, ErrorNote, Loaded, Note, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './automations.module.css';
import { usePartNames } from './PathDrawing';
import { plainWords } from './ReadyMade';
import { type DaySay, nameOf, type One, type Quote, saysOf, toCents, todayWords, useDaySay, whyWords } from './say';
import { useClubs } from './useClubs';

/**
 * Everything an owner should know before one runs: what it follows, what people read, who is inside already, how many a month and what
 * they cost. One button.
 */
export function SwitchOnDialog({ id, onClose, onMend }: { id: AutomationId; onClose: () => void; onMend: () => void }) {
  const w = useWords(catalogue);
  const one = useQuery('automations/one', { id });
  const quote = useQuery('automations/quote', { id }, { fresh: true });
  const turn = useCommand('automations/switch-on');
  const say = useDaySay();
  const [inside, setInside] = useState(false);
  const q = quote.data;
  const gets = q ? q.inside.reachable - q.inside.held : 0;
  const also = inside && gets > 0;
  const confirm = async () => {
    if (!q?.quoteToken) return;
    const name = one.data?.name ?? '';
    if (!(await turn.run({ id, quoteToken: q.quoteToken, inside: also }))) return quote.refetch();
    toast({ title: w.sheet.done(name), body: w.sheet.doneBody, tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width={680}
      title={w.sheet.title(one.data?.name ?? '…')}
      actions={
        <>
          <Button variant="default" onClick={onMend}>
            {w.sheet.mend}
          </Button>
          <Button loading={turn.busy} disabled={!q || q.quoteToken === null} onClick={() => void confirm()}>
            {also ? w.sheet.confirmAlso(say.n(gets), gets === 1) : w.sheet.confirm}
          </Button>
        </>
      }
    >
      <ErrorNote error={turn.error} />
      <Loaded query={one} lines={3}>
        {(a) => (
          <>
            <Says a={a} words={w} say={say} />
            <Loaded query={quote} lines={6}>
              {(read) => <Read q={read} a={a} words={w} say={say} inside={inside} onInside={setInside} />}
            </Loaded>
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

interface Props {
  a: One;
  words: AutomationWords;
  say: DaySay;
}

/** What each group reads, in the order in which they are asked. */
function Says({ a, words: w, say }: Props) {
  const { shop } = useShell();
  const club = useClubs();
  const parts = usePartNames(a);
  return (
    <div className={css.says}>
      <p>
        {w.sheet.when}: <strong>{w.kinds[a.kind].trigger(a.terms, { money: say.cents, club })}</strong>
      </p>
      {parts.map((p, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <div key={i}>
          {(parts.length > 1 || p.name !== null) && (
            <p className={css.quiet}>{p.name === null ? w.path.forRest : w.path.forGroup(p.name)}</p>
          )}
          <p className={css.bubble}>{plainWords(saysOf(a.pattern, i + 1, p.body), shop.name) || w.path.noWords}</p>
        </div>
      ))}
    </div>
  );
}

function Read({ q, a, words: w, say, inside, onInside }: Props & { q: Quote; inside: boolean; onInside: (on: boolean) => void }) {
  const c = useWords(campaignWords);
  const { month } = q;
  const stops = q.checks.filter((x) => x.level === 'stop');
  const warns = q.checks.filter((x) => x.level === 'warn');
  const checks = (of: Quote['checks']) => (
    <ul className={css.lines}>
      {of.map((x) => (
        <li key={`${x.code} ${x.part ?? ''} ${x.words ?? ''}`}>
          <strong>{c.checks[x.code].title}</strong> {c.checks[x.code].next}
        </li>
      ))}
    </ul>
  );
  return (
    <div className={css.sheet}>
      {q.missing !== null && <Note tone="danger">{w.notes.missing(w.missing[q.missing] ?? w.terms[q.missing].toLowerCase())}</Note>}
      {stops.length > 0 && (
        <Note tone="danger" title={w.sheet.stop}>
          {checks(stops)}
        </Note>
      )}
      <section aria-label={w.sheet.month(say.n(month.reachable), month.reachable === 1)}>
        <p className={css.big}>
          {month.reachable === 0 ? w.sheet.monthNone : w.sheet.month(say.n(month.reachable), month.reachable === 1)}
        </p>
        {month.reachable > 0 && (
          <p className={css.quiet}>
            {w.sheet.cost(say.n(q.texts), q.texts === 1, say.micros(toCents(q.price), q.currency))}
            {month.held > 0 && `; ${w.sheet.held(say.n(month.held), month.held === 1)}`}
          </p>
        )}
        <Cannot of={month} words={w} say={say} />
        {month.people > 0 && (
          <details className={css.fold}>
            <summary>{w.sheet.soon}</summary>
            <People of={month} a={a} words={w} say={say} when label={w.sheet.soon} />
          </details>
        )}
      </section>
      <Inside q={q} a={a} words={w} say={say} inside={inside} onInside={onInside} />
      {warns.length > 0 && (
        <Note tone="warn" title={w.sheet.warn}>
          {checks(warns)}
        </Note>
      )}
      <p className={css.quiet}>
        {a.promised ? w.sheet.promised : q.holdoutPercent > 0 ? w.sheet.holdout(q.holdoutPercent) : w.sheet.noHoldout} {w.sheet.courtesy}
      </p>
    </div>
  );
}

/** Those who cannot be texted, by reason. */
function Cannot({ of, words: w, say }: Omit<Props, 'a'> & { of: Quote['inside'] }) {
  const c = useWords(campaignWords);
  const n = of.people - of.reachable;
  if (n === 0) return null;
  return (
    <p className={css.quiet}>
      {w.sheet.cannot(say.n(n), n === 1)} {of.excluded.map((e) => `${whyWords(e.reason, w, c)} (${say.n(e.count)})`).join(', ')}
    </p>
  );
}

/** By name, with why and what keeps somebody from it; `when`: with the day. */
function People({ of, a, words: w, say, when, label }: Props & { of: Quote['inside']; when?: boolean; label: string }) {
  const c = useWords(campaignWords);
  return (
    <>
      <ul className={css.people} aria-label={label}>
        {of.rows.map((r) => (
          <li key={`${r.customerId} ${r.cause}`}>
            <span>{nameOf(r, w.now.noName)}</span>
            <span className={css.quiet}>{todayWords(r, a.kind, w, say)}</span>
            <span className={css.quiet}>
              {[when && say.dayAt(r.dueAt), r.reason !== null && whyWords(r.reason, w, c)].filter(Boolean).join(': ')}
            </span>
          </li>
        ))}
      </ul>
      {of.rows.length < of.people && <p className={css.quiet}>{w.sheet.shown(say.n(of.rows.length), say.n(of.people))}</p>}
    </>
  );
}

/** Exactly who is inside already, by name and with the reason, and whether they are meant. */
function Inside({ q, a, words: w, say, inside, onInside }: Props & { q: Quote; inside: boolean; onInside: (on: boolean) => void }) {
  const { inside: of } = q;
  const n = of.people;
  if (n === 0) return <p>{w.sheet.insideNone}</p>;
  const gets = of.reachable - of.held;
  return (
    <section aria-label={w.sheet.insideLabel}>
      <p className={css.big}>{w.sheet.inside(say.n(n), n === 1)}</p>
      <Cannot of={of} words={w} say={say} />
      <People of={of} a={a} words={w} say={say} label={w.sheet.insideLabel} />
      {gets > 0 && (
        <Radio.Group value={inside ? 'also' : 'leave'} onChange={(v) => onInside(v === 'also')} aria-label={w.sheet.insideLabel}>
          <div className={css.choice}>
            <Radio value="leave" label={w.sheet.leave} />
            <Radio
              value="also"
              label={w.sheet.also(say.n(of.reachable), of.reachable === 1)}
              description={of.held > 0 ? w.sheet.alsoHeld(say.n(gets), gets === 1, say.n(of.held)) : undefined}
            />
          </div>
        </Radio.Group>
      )}
    </section>
  );
}
