import { Button, TagsInput } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { notices as catalogue } from '@renderer/strings/notices';
import {
  Chip,
  Columns,
  ErrorNote,
  FieldRow,
  HoldButton,
  Note,
  Panel,
  Rows,
  Screen,
  SelectField,
  SkeletonLines,
  TextAreaField,
  TextField,
  toast,
} from '@renderer/ui';
import { count, dayText, money } from '@renderer/ui/format';
import { useEffect, useState } from 'react';
import { ListButtons } from './ListButtons';
import css from './notices.module.css';

type Notice = Out<'notices/get'>;
type Preview = Out<'notices/preview'>;
/** Above this, holding a button is too easy (ui.md). */
const TYPE_ABOVE = 500;

/** A notice being written: the goods and days, the words, and at once who bought it, who can be texted and who cannot. */
export function NoticeDraft({ notice: n }: { notice: Notice | null }) {
  const w = useWords(catalogue);
  const f = w.form;
  const save = useCommand('notices/save');
  const remove = useCommand('notices/remove');
  const [kind, setKind] = useState<Notice['kind']>(n?.kind ?? 'recall');
  const [what, setWhat] = useState<Notice['goods']['what']>(n?.goods.what ?? 'item');
  const [names, setNames] = useState<string[]>(n?.goods.names ?? []);
  const [variant, setVariant] = useState(n?.goods.variant ?? '');
  const [from, setFrom] = useState<string>(n?.fromDay ?? '');
  const [until, setUntil] = useState<string>(n?.untilDay ?? '');
  const [bodyEn, setEn] = useState(n?.bodyEn ?? f.sample);
  const [bodyEs, setEs] = useState(n?.bodyEs ?? '');
  const ready = names.length > 0 && from !== '' && until !== '';
  const go2 = async () => {
    const done = await save.run({
      id: n?.id ?? null,
      kind,
      name: n?.name ?? '',
      goods: { what, names, variant },
      fromDay: from as never,
      untilDay: until as never,
      bodyEn,
      bodyEs,
    });
    if (done && n === null) go({ screen: 'notices', id: done.id }, { replace: true });
    else if (done) toast({ title: f.saved, tone: 'good' });
  };
  const away = async () => {
    if (n === null || !(await remove.run({ id: n.id }))) return;
    toast({ title: w.removed, tone: 'good' });
    go({ screen: 'notices' }, { replace: true });
  };
  return (
    <Screen
      title={n?.name || w.add}
      up={{ label: w.backToList, onClick: () => void (back() || go({ screen: 'notices' })) }}
      actions={
        n && (
          <Button variant="subtle" color="gray" onClick={() => void away()}>
            {w.remove}
          </Button>
        )
      }
    >
      <ErrorNote error={save.error ?? remove.error} />
      <Columns min={400}>
        <Panel title={f.title}>
          <div className={css.stack}>
            <FieldRow>
              <SelectField
                label={f.kind}
                value={kind}
                onChange={setKind}
                options={[
                  { value: 'recall', label: f.kinds.recall },
                  { value: 'notice', label: f.kinds.notice },
                ]}
              />
              <SelectField
                label={f.what}
                value={what}
                onChange={(v) => {
                  setWhat(v);
                  setNames([]);
                }}
                options={[
                  { value: 'item', label: f.whats.item },
                  { value: 'category', label: f.whats.category },
                ]}
              />
            </FieldRow>
            <Goods what={what} value={names} onChange={setNames} />
            {what === 'item' && <TextField label={f.variant} value={variant} onChange={setVariant} maxLength={80} />}
            <FieldRow>
              <TextField label={f.from} type="date" value={from} onChange={setFrom} />
              <TextField label={f.until} type="date" value={until} onChange={setUntil} />
            </FieldRow>
            <TextAreaField label={f.body} hint={f.bodyHint} value={bodyEn} onChange={setEn} minRows={4} maxLength={640} />
            <TextAreaField label={f.bodyEs} value={bodyEs} onChange={setEs} minRows={3} maxLength={640} />
            <div className={css.buttons}>
              <Button disabled={!ready} loading={save.busy} variant={n === null ? 'filled' : 'default'} onClick={() => void go2()}>
                {f.save}
              </Button>
            </div>
          </div>
        </Panel>
        <Rows>{n && <Review id={n.id} />}</Rows>
      </Columns>
    </Screen>
  );
}

/** Names as the till says them, offered while typing. */
function Goods({ what, value, onChange }: { what: 'item' | 'category'; value: string[]; onChange: (v: string[]) => void }) {
  const f = useWords(catalogue).form;
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const t = setTimeout(() => setAsked(typed), 150);
    return () => clearTimeout(t);
  }, [typed]);
  const { data } = useQuery('segments/names', { what, beginning: asked });
  return (
    <TagsInput
      label={f.name}
      description={f.nameHint}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[...new Set(data ?? [])]}
      maxTags={50}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

function Review({ id }: { id: number }) {
  const w = useWords(catalogue);
  const query = useQuery('notices/preview', { id });
  const p = query.data;
  if (!p) {
    return (
      <Panel>
        <ErrorNote error={query.error} />
        <SkeletonLines lines={6} />
      </Panel>
    );
  }
  return (
    <>
      <Problems preview={p} />
      {p.buyers > 0 && p.problems.length === 0 && <Send id={id} preview={p} />}
      <Buyers preview={p} />
      {p.listed > 0 && <ListButtons id={id} />}
      {p.sample && p.problems.length === 0 && (
        <Panel title={w.text.title}>
          <p className={css.quiet}>
            {w.text.to(p.sample.name)} · {w.text.parts(p.sample.segments)}
          </p>
          <p className={css.bubble}>{p.sample.text}</p>
        </Panel>
      )}
    </>
  );
}

function Buyers({ preview: p }: { preview: Preview }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  return (
    <Panel title={w.who.title(p.buyers)} hint={p.buyers === 0 ? w.who.none : w.who.returned}>
      <div className={css.stack}>
        <ul className={css.facts}>
          {p.texts > 0 && <li>{w.who.text(p.texts)}</li>}
          {p.listed > 0 && <li>{w.who.list(p.listed)}</li>}
          {p.gifts > 0 && <li className={css.quiet}>{w.who.gifts(p.gifts)}</li>}
          {p.unknown > 0 && <li className={css.quiet}>{w.who.unknown(p.unknown)}</li>}
        </ul>
        {p.people.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
          <ul className={css.people} tabIndex={0}>
            {p.people.map((x) => (
              <li key={x.customerId}>
                <span className={css.grow}>
                  <strong>{x.name || '—'}</strong>
                  <span className={css.quiet}>
                    {w.who.bought(dayText(x.boughtOn, locale, Date.now()))}
                    {x.gift && ` · ${w.who.gift}`}
                  </span>
                </span>
                <Chip tone={x.reason === null ? 'good' : 'warn'} dot>
                  {x.reason === null ? w.sent.byText : (w.reasons[x.reason] ?? w.reasons['other'])}
                </Chip>
              </li>
            ))}
          </ul>
        )}
        {p.buyers > p.people.length && <p className={css.quiet}>{w.who.more(p.buyers - p.people.length)}</p>}
      </div>
    </Panel>
  );
}

/** What stands in the way, each with the words themselves. */
function Problems({ preview: p }: { preview: Preview }) {
  const w = useWords(catalogue);
  if (p.problems.length === 0) return null;
  return (
    <Note tone="warn" role="status" title={w.problems.title}>
      <ul className={css.facts}>
        {p.problems.map((x) => (
          <li key={`${x.language} ${x.what} ${x.found ?? ''}`}>
            {x.language === 'es' && w.problems.es}
            {x.what === 'promo' ? w.problems.promo(x.found ?? '', x.why ? w.why[x.why] : '') : w.problems[x.what]}
          </li>
        ))}
      </ul>
      {p.problems.some((x) => x.what === 'promo') && (
        <p className={css.instead}>
          {w.problems.instead}{' '}
          <Button size="compact-sm" variant="subtle" onClick={() => go({ screen: 'campaigns' })}>
            {w.problems.campaign}
          </Button>
        </p>
      )}
    </Note>
  );
}

function Send({ id, preview: p }: { id: number; preview: Preview }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const send = useCommand('notices/send');
  const [typed, setTyped] = useState('');
  const all = count(p.texts, locale);
  const many = p.texts > TYPE_ABOVE;
  const run = async () => {
    const done = await send.run({ id, token: p.token });
    if (done) toast({ title: w.sentToast(done.texts), tone: 'good' });
  };
  return (
    <div className={css.stack}>
      <ErrorNote error={send.error} />
      {many && <TextField label={w.type(all)} value={typed} onChange={setTyped} inputMode="numeric" />}
      {p.texts === 0 ? (
        <Button variant="default" loading={send.busy} onClick={() => void run()}>
          {w.sendList}
        </Button>
      ) : (
        <HoldButton busy={send.busy} disabled={many && typed.replace(/\D/g, '') !== String(p.texts)} onDone={() => void run()}>
          {w.send(all, money(Math.round(p.price / 10_000), p.currency, locale))}
        </HoldButton>
      )}
    </div>
  );
}
