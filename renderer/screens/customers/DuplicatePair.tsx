import { Button } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { call } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { customers as customerWords } from '@renderer/strings/customers';
import { Chip, ErrorNote, Loaded, Note, Panel, PhoneText, toast, When } from '@renderer/ui';
import { count, money } from '@renderer/ui/format';
import { Fragment, type ReactNode, useState } from 'react';
import css from './duplicates.module.css';
import { type DuplicateWords, mergeNotices, type Pair, type PairField, type PairSide, undoneWords } from './duplicates.words';
import { birthdayWords, fullName, stateChip } from './words';

type Take = 'a' | 'b' | 'both';

interface DuplicatePairProps {
  a: number;
  b: number;
  words: DuplicateWords;
  /** After a merge, or "not the same person": on to the next pair. */
  onDone: () => void;
}

/** Two records side by side. Where they differ one value is chosen; the buttons at the end decide. */
export function DuplicatePair({ a, b, words: w, onDone }: DuplicatePairProps) {
  const pair = useQuery('customers/pair', { a: a as never, b: b as never });
  return (
    <Loaded query={pair} lines={10}>
      {(p) => <Compared pair={p} words={w} onDone={onDone} />}
    </Loaded>
  );
}

function Compared({ pair: p, words: w, onDone }: { pair: Pair; words: DuplicateWords; onDone: () => void }) {
  const cw = useWords(customerWords);
  const { shop, locale } = useShell();
  const [chosen, setChosen] = useState<Partial<Record<PairField, Take>>>({});
  const merge = useCommand('customers/merge');
  const notSame = useCommand('customers/not-same');
  const ids = { a: p.a.customer.id, b: p.b.customer.id };
  const takeOf = (f: PairField): Take => chosen[f] ?? p.defaults[f] ?? 'a';

  const doMerge = async () => {
    const take = Object.fromEntries(p.differ.map((f) => [f, takeOf(f)]));
    const done = await merge.run({ ...ids, take });
    if (!done) return;
    const name = fullName((takeOf('firstName') === 'b' ? p.b : p.a).customer) || fullName(p.a.customer) || w.unnamed;
    const undo = async () => {
      try {
        const back = await call('customers/unmerge', { mergeId: done.mergeId });
        const said = undoneWords(back, w, locale);
        toast({ title: w.undone, tone: 'good', ...(said && { body: said }) });
      } catch {
        go({ screen: 'customers', duplicates: '' });
      }
    };
    mergeNotices.set(
      done.mergeId,
      toast({ title: w.merged, body: w.mergedBody(name), tone: 'good', action: { label: w.undo, onClick: () => void undo() } }),
    );
    onDone();
  };
  const doNotSame = async () => {
    if (!(await notSame.run({ ...ids, same: false }))) return;
    const undo = () => void call('customers/not-same', { ...ids, same: true }).catch(() => undefined);
    toast({ title: w.saidNotSame, action: { label: w.undo, onClick: undo } });
    onDone();
  };

  const stopped = [p.a, p.b].some((s) => s.permission.whyNot === 'opted-out' || s.permission.whyNot === 'carrier-stop');
  const twoNumbers = p.a.customer.phone !== null && p.b.customer.phone !== null && p.a.customer.phone !== p.b.customer.phone;
  const letsGo = p.differ.includes('phone') || p.differ.includes('email');
  const fact = (label: string, of: (s: PairSide) => ReactNode) => (
    <Fragment key={label}>
      <dt>{label}</dt>
      <dd>{of(p.a)}</dd>
      <dd>{of(p.b)}</dd>
    </Fragment>
  );
  const chip = (s: PairSide) => {
    const c = stateChip({ phone: s.customer.phone, permission: s.permission.state }, cw);
    return (
      <Chip tone={c.tone} dot>
        {c.label}
      </Chip>
    );
  };
  return (
    <Panel title={w.question} hint={p.differ.length > 0 ? w.choose : undefined}>
      <p className={css.reasons}>
        {p.reasons.map((r) => (
          <Chip key={r} tone={r.startsWith('other') ? 'warn' : 'neutral'}>
            {w.reasons[r]}
          </Chip>
        ))}
      </p>
      <div className={css.heads}>
        <span />
        {[p.a, p.b].map((s) => (
          <h3 key={s.customer.id} className={css.head}>
            <button type="button" className={css.link} onClick={() => go({ screen: 'customers', id: s.customer.id })}>
              {fullName(s.customer) || w.unnamed}
            </button>
          </h3>
        ))}
      </div>
      {(Object.keys(w.fields) as PairField[]).map((f) => (
        <FieldLine
          key={f}
          field={f}
          pair={p}
          words={w}
          show={(s) => shown(s, f, cw.person.languages, locale)}
          take={p.differ.includes(f) ? takeOf(f) : null}
          onTake={(t) => setChosen((c) => ({ ...c, [f]: t }))}
        />
      ))}
      <dl className={css.facts}>
        {fact(w.tags, (s) => s.customer.tags.join(', ') || w.none)}
        {fact(w.permission, chip)}
        {fact(w.visits, (s) => count(s.customer.visits, locale))}
        {fact(w.spend, (s) => money(s.customer.spend, shop.currency, locale))}
        {fact(w.lastVisit, (s) => (s.customer.lastVisitAt === null ? w.never : <When at={s.customer.lastVisitAt} style="day" />))}
        {p.a.offers.length + p.b.offers.length > 0 && fact(w.codes, (s) => String(s.offers.length))}
      </dl>
      {stopped && twoNumbers && (
        <Note tone="warn" title={w.stopTitle}>
          <p>{w.stopBody}</p>
        </Note>
      )}
      <ErrorNote error={merge.error ?? notSame.error} />
      <div className={css.buttons}>
        <Button onClick={() => void doMerge()} loading={merge.busy}>
          {w.merge}
        </Button>
        <Button variant="default" onClick={() => void doNotSame()} loading={notSame.busy}>
          {w.notSame}
        </Button>
        {letsGo && <p className={css.quiet}>{w.alsoKnown}</p>}
      </div>
    </Panel>
  );
}

interface FieldLineProps {
  field: PairField;
  pair: Pair;
  words: DuplicateWords;
  show: (s: PairSide) => ReactNode;
  /** Null = they agree, or only one tells: nothing to choose. */
  take: Take | null;
  onTake: (t: Take) => void;
}

/** One field of both: two values to choose from where they differ, plain words where they do not. */
function FieldLine({ field, pair, words: w, show, take, onTake }: FieldLineProps) {
  const [a, b] = [show(pair.a), show(pair.b)];
  if (!a && !b) return null;
  const label = w.fields[field];
  if (take === null) {
    return (
      <div className={css.line}>
        <span className={css.label}>{label}</span>
        <span>{a || <span className={css.quiet}>{w.none}</span>}</span>
        <span>{b || <span className={css.quiet}>{w.none}</span>}</span>
      </div>
    );
  }
  const radio = (value: Take, words: ReactNode) => (
    <label className={css.choice} data-on={take === value || undefined}>
      <input
        type="radio"
        name={`take-${field}-${pair.a.customer.id}-${pair.b.customer.id}`}
        checked={take === value}
        onChange={() => onTake(value)}
      />
      <span>{words}</span>
    </label>
  );
  return (
    <fieldset className={css.line}>
      <legend className="rg-hidden">{w.keep(label)}</legend>
      <span className={css.label} aria-hidden>
        {label}
      </span>
      {radio('a', a)}
      {radio('b', b)}
      {field === 'note' && <div className={css.bothChoice}>{radio('both', w.both)}</div>}
    </fieldset>
  );
}

function shown(s: PairSide, field: PairField, languages: Record<'en' | 'es', string>, locale: string): ReactNode {
  const c = s.customer;
  switch (field) {
    case 'phone':
      return c.phone ? <PhoneText phone={c.phone} /> : (c.phoneRaw ?? '');
    case 'language':
      return languages[c.language];
    case 'birthday':
      return c.birthday ? birthdayWords(c.birthday, locale) : '';
    case 'address':
      return [c.street, c.city, `${c.region} ${c.postalCode}`.trim()].filter(Boolean).join(', ');
    case 'email': {
      // breaks before the @ rather than anywhere
      const [name, ...host] = (c.email ?? '').split('@');
      return host.length ? (
        <>
          {name}
          <wbr />@{host.join('@')}
        </>
      ) : (
        (c.email ?? '')
      );
    }
    default:
      return c[field] ?? '';
  }
}
