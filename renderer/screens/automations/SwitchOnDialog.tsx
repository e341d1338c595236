import type { AutomationId } from '@domain/kernel';
import { Button, Radio } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { type AutomationWords, automations as catalogue } from '@renderer/strings/automations';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { Dialog, ErrorNote, Loaded, Note, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './automations.module.css';
import { plainWords } from './ReadyMade';
import { type DaySay, nameOf, type One, type Quote, saysOf, toCents, todayWords, useDaySay, whyWords } from './say';
import { useClubs } from './useClubs';

/** Shown by name; the others are a press away under “Who today”. */
const NAMED = 50;

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
  const also = inside && (q?.inside.reachable ?? 0) > 0;
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
            {also && q ? w.sheet.confirmAlso(say.n(q.inside.reachable)) : w.sheet.confirm}
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

function Says({ a, words: w, say }: Props) {
  const { shop } = useShell();
  const club = useClubs();
  return (
    <div className={css.says}>
      <p>
        {w.sheet.when}: <strong>{w.kinds[a.kind].trigger(a.terms, { money: say.cents, club })}</strong>
      </p>
      <p className={css.bubble}>{plainWords(saysOf(a.pattern, 1, a.pattern.body), shop.name) || w.path.noWords}</p>
    </div>
  );
}

function Read({ q, a, words: w, say, inside, onInside }: Props & { q: Quote; inside: boolean; onInside: (on: boolean) => void }) {
  const c = useWords(campaignWords);
  const { month } = q;
  const cannot = month.people - month.reachable;
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
          <p className={css.quiet}>{w.sheet.cost(say.n(q.texts), q.texts === 1, say.micros(toCents(q.price), q.currency))}</p>
        )}
        {cannot > 0 && (
          <p className={css.quiet}>
            {w.sheet.cannot(say.n(cannot), cannot === 1)}{' '}
            {month.excluded.map((e) => `${whyWords(e.reason, w, c)} (${say.n(e.count)})`).join(', ')}
          </p>
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

/** Exactly who is inside already, by name and with the reason, and whether they are meant. */
function Inside({ q, a, words: w, say, inside, onInside }: Props & { q: Quote; inside: boolean; onInside: (on: boolean) => void }) {
  const c = useWords(campaignWords);
  const people = useQuery(
    'automations/today',
    { id: a.id, page: { offset: 0, limit: NAMED } },
    { enabled: q.inside.people > 0, fresh: true },
  );
  const n = q.inside.people;
  if (n === 0) return <p>{w.sheet.insideNone}</p>;
  const now = Date.now();
  const rows = (people.data?.rows ?? []).filter((r) => r.dueAt <= now);
  return (
    <section aria-label={w.sheet.insideLabel}>
      <p className={css.big}>{w.sheet.inside(say.n(n), n === 1)}</p>
      {q.inside.reachable < n && <p className={css.quiet}>{w.sheet.insideReach(say.n(q.inside.reachable))}</p>}
      <Loaded query={people} lines={3}>
        {() => (
          <>
            <ul className={css.people} aria-label={w.sheet.insideLabel}>
              {rows.map((r) => (
                <li key={`${r.customerId} ${r.cause}`}>
                  <span>{nameOf(r, w.now.noName)}</span>
                  <span className={css.quiet}>{todayWords(r, a.kind, w, say)}</span>
                  <span className={css.quiet}>{r.reason === null ? '' : whyWords(r.reason, w, c)}</span>
                </li>
              ))}
            </ul>
            {rows.length < n && <p className={css.quiet}>{w.sheet.shown(say.n(rows.length), say.n(n))}</p>}
          </>
        )}
      </Loaded>
      {q.inside.reachable > 0 && (
        <Radio.Group value={inside ? 'also' : 'leave'} onChange={(v) => onInside(v === 'also')} aria-label={w.sheet.insideLabel}>
          <div className={css.choice}>
            <Radio value="leave" label={w.sheet.leave} />
            <Radio value="also" label={w.sheet.also(say.n(q.inside.reachable), q.inside.reachable === 1)} />
          </div>
        </Radio.Group>
      )}
    </section>
  );
}
