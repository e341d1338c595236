import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { reasonWords } from '@renderer/screens/campaigns/words';
import { useWords } from '@renderer/strings';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { deliveries as catalogue } from '@renderer/strings/deliveries';
import { Chip, Columns, ErrorNote, HoldButton, Panel, Rows, Screen, SkeletonLines, TextAreaField, TextField, toast } from '@renderer/ui';
import { count, dayText, money } from '@renderer/ui/format';
import { useState } from 'react';
import { DeliveryLines, type Line } from './DeliveryLines';
import { SeemsBought } from './SeemsBought';
import css from './wishes.module.css';

type Delivery = Out<'deliveries/get'>;
/** Above this, a button is too easy (ui.md). */
const TYPE_ABOVE = 500;
const HOLD_ABOVE = 50;

/** A delivery nobody was told of yet: what came, who waits for it, what they read, and the one button. */
export function DeliveryDetail({ delivery: d }: { delivery: Delivery }) {
  const w = useWords(catalogue);
  const save = useCommand('deliveries/save');
  const remove = useCommand('deliveries/remove');
  const preview = useQuery('deliveries/preview', { id: d.id });
  const keep = (part: Partial<Pick<Delivery, 'name' | 'bodyEn' | 'bodyEs'> & { lines: Line[] }>) =>
    save.run({ id: d.id, name: d.name, bodyEn: d.bodyEn, bodyEs: d.bodyEs, lines: d.lines.map(plain), ...part });
  const [name, setName] = useState(d.name);
  const away = async () => {
    if (!(await remove.run({ id: d.id }))) return;
    toast({ title: w.removed, tone: 'good' });
    go({ screen: 'deliveries' }, { replace: true });
  };
  return (
    <Screen
      title={d.name || d.lines[0]?.item || w.unnamed}
      up={{ label: w.backToList, onClick: () => void (back() || go({ screen: 'deliveries' })) }}
      primary={preview.data && preview.data.total > 0 && <Tell id={d.id} preview={preview.data} />}
      actions={
        <Button variant="subtle" color="gray" onClick={() => void away()}>
          {w.remove}
        </Button>
      }
    >
      <ErrorNote error={save.error ?? remove.error ?? preview.error} />
      <Columns min={400}>
        <Rows>
          <DeliveryLines lines={d.lines} busy={save.busy} onChange={(lines) => keep({ lines })} />
          <Panel>
            <TextField
              label={w.name}
              value={name}
              onChange={setName}
              placeholder={w.namePlaceholder}
              maxLength={80}
              onBlur={() => name !== d.name && void keep({ name })}
              onEnter={() => void keep({ name })}
            />
          </Panel>
        </Rows>
        <Rows>
          <Who preview={preview.data} empty={d.lines.length === 0} />
          {preview.data && preview.data.has.length > 0 && (
            <Panel title={w.seems.has(preview.data.has.length)} hint={w.seems.hasHint}>
              <SeemsBought rows={preview.data.has} />
            </Panel>
          )}
          <Words key={`${d.bodyEn} ${d.bodyEs}`} delivery={d} preview={preview.data} onKeep={(part) => void keep(part)} />
        </Rows>
      </Columns>
    </Screen>
  );
}

const plain = ({ item, size, price, barcode, qty }: Line): Line => ({ item, size, price, barcode, qty });

type Preview = Out<'deliveries/preview'>;

function Who({ preview, empty }: { preview: Preview | undefined; empty: boolean }) {
  const w = useWords(catalogue).who;
  const c = useWords(campaignWords);
  const { shop, locale } = useShell();
  if (!preview) {
    return (
      <Panel>
        <SkeletonLines lines={4} />
      </Panel>
    );
  }
  const wishWords = (x: Preview['people'][number]['wishes'][number]) =>
    [
      x.item,
      x.size,
      x.under !== null && w.under(money(x.under, shop.currency, locale)),
      x.bought !== null && w.maybe(dayText(x.bought, locale, Date.now())),
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <Panel title={empty ? w.empty : w.title(preview.total)} {...(empty && { hint: w.emptyHint })}>
      <div className={css.stack}>
        {preview.people.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          <div className={css.scroll} tabIndex={0}>
            <ul className={css.people}>
              {preview.people.map((p) => (
                <li key={p.customerId}>
                  <span className={css.grow}>
                    <strong>{p.name}</strong>
                    <span className={css.quiet}>{p.wishes.map(wishWords).join(' · ')}</span>
                  </span>
                  <Chip tone={p.reason === null ? 'good' : 'warn'} dot>
                    {p.reason === null ? w.text : reasonWords(p.reason, c)}
                  </Chip>
                </li>
              ))}
            </ul>
          </div>
        )}
        {preview.total > preview.people.length && <p className={css.quiet}>{w.more(preview.total - preview.people.length)}</p>}
        {preview.people.some((p) => p.reason !== null) && <p className={css.quiet}>{w.call}</p>}
        {preview.otherSize > 0 && <p className={css.quiet}>{w.otherSize(preview.otherSize)}</p>}
        {preview.otherPrice > 0 && <p className={css.quiet}>{w.otherPrice(preview.otherPrice)}</p>}
        {preview.total === 0 && !empty && <p className={css.quiet}>{w.none}</p>}
      </div>
    </Panel>
  );
}

function Words({
  delivery: d,
  preview,
  onKeep,
}: {
  delivery: Delivery;
  preview: Preview | undefined;
  onKeep: (part: { bodyEn: string; bodyEs: string }) => void;
}) {
  const w = useWords(catalogue).words;
  const [open, setOpen] = useState(false);
  const [bodyEn, setEn] = useState(d.bodyEn);
  const [bodyEs, setEs] = useState(d.bodyEs);
  const sample = preview?.sample ?? null;
  if (sample === null && !open && d.bodyEn === '') return null;
  const save = () => {
    onKeep({ bodyEn, bodyEs });
    setOpen(false);
  };
  return (
    <Panel
      title={w.title}
      action={
        !open && (
          <Button variant="subtle" size="compact-md" onClick={() => setOpen(true)}>
            {w.change}
          </Button>
        )
      }
    >
      <div className={css.stack}>
        {sample && (
          <div>
            <p className={css.quiet}>
              {w.to(sample.name)} · {w.parts(sample.segments)}
            </p>
            <p className={css.bubble}>{sample.text}</p>
          </div>
        )}
        {open && (
          <>
            <TextAreaField label={w.en} hint={w.hint} value={bodyEn} onChange={setEn} maxLength={640} minRows={3} />
            <TextAreaField label={w.es} value={bodyEs} onChange={setEs} maxLength={640} minRows={3} />
            <div className={css.buttons}>
              <Button variant="default" onClick={save}>
                OK
              </Button>
            </div>
          </>
        )}
        <p className={css.quiet}>{w.hold}</p>
      </div>
    </Panel>
  );
}

function Tell({ id, preview: p }: { id: number; preview: Preview }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const tell = useCommand('deliveries/tell');
  const [typed, setTyped] = useState('');
  const go2 = async () => {
    const done = await tell.run({ id, token: p.token });
    if (done) toast({ title: w.told.toast(done.texts), tone: 'good' });
  };
  const all = count(p.texts, locale);
  const said = w.tell(p.texts, all, money(Math.round(p.price / 10_000), p.currency, locale));
  const many = p.texts > TYPE_ABOVE;
  if (p.texts === 0) return <Chip tone="warn">{w.nobodyToText}</Chip>;
  return (
    <div className={css.stack}>
      <ErrorNote error={tell.error} />
      {many && <TextField label={w.typeCount(all)} value={typed} onChange={setTyped} inputMode="numeric" />}
      {p.texts > HOLD_ABOVE ? (
        <HoldButton busy={tell.busy} disabled={many && typed.replace(/\D/g, '') !== String(p.texts)} onDone={() => void go2()}>
          {said}
        </HoldButton>
      ) : (
        <Button loading={tell.busy} onClick={() => void go2()}>
          {said}
        </Button>
      )}
    </div>
  );
}
