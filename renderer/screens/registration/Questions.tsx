import { TRADE_RULES, TRADES } from '@domain/registration/trades';
import { Button, SegmentedControl } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import { CheckField, ErrorNote, Note, Panel } from '@renderer/ui';
import { IconBarcode, IconBuildingStore, IconMail, IconMailbox } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import css from './registration.module.css';
import type { Guide, Trade } from './types';

const list = (items: readonly string[], and: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;

/** What is sold, and only when the carriers take that: EIN and website. */
export function Questions({ guide, onDone, onCancel }: { guide: Guide; onDone: () => void; onCancel?: () => void }) {
  const w = useWords(catalogue).questions;
  const trades = useWords(catalogue).trades;
  const before = guide.answers;
  const [sells, setSells] = useState<readonly Trade[] | null>(before?.trades ?? null);
  const [ein, setEin] = useState<boolean | null>(before?.ein ?? null);
  const [website, setWebsite] = useState<boolean | null>(before?.website ?? null);
  const answer = useCommand('registration/answer');
  const refused = (sells ?? []).filter((t) => TRADE_RULES[t].rule === 'refused');
  const toggle = (t: Trade, on: boolean) => setSells(on ? [...(sells ?? []), t] : (sells ?? []).filter((x) => x !== t));
  const ready = sells !== null && (refused.length > 0 || (ein !== null && website !== null));
  const save = async () => {
    if (!ready || sells === null) return;
    const done = await answer.run({
      trades: [...sells],
      ein: ein ?? false,
      website: website ?? false,
      tollFree: before?.tollFree ?? false,
    });
    if (done) onDone();
  };
  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.questions}>
        <fieldset className={css.trades}>
          <legend className="rg-hidden">{w.title}</legend>
          {TRADES.map((t) => (
            <CheckField key={t} label={trades[t]} checked={sells?.includes(t) ?? false} onChange={(on) => toggle(t, on)} />
          ))}
          <CheckField label={<strong>{w.none}</strong>} checked={sells?.length === 0} onChange={(on) => setSells(on ? [] : null)} />
        </fieldset>
        {refused.length > 0 && (
          <Refused
            what={list(
              refused.map((t) => trades[t].toLowerCase()),
              'and',
            )}
          />
        )}
        {refused.length === 0 && sells?.includes('alcohol') && (
          <Note tone="warn" title={w.gate}>
            <p>{w.gateBody}</p>
          </Note>
        )}
        {refused.length === 0 && sells !== null && (
          <div className={css.two}>
            <YesNo label={w.ein} hint={w.einHint} value={ein} onChange={setEin} />
            <YesNo label={w.website} hint={w.websiteHint} value={website} onChange={setWebsite} />
          </div>
        )}
        <ErrorNote error={answer.error} />
        <div className={css.buttons}>
          <Button disabled={!ready} loading={answer.busy} onClick={() => void save()}>
            {refused.length > 0 ? w.save : w.show}
          </Button>
          {onCancel && (
            <Button variant="subtle" onClick={onCancel}>
              {w.cancel}
            </Button>
          )}
          {!ready && <span className={css.quiet}>{w.answerAll}</span>}
        </div>
      </div>
    </Panel>
  );
}

const INSTEAD = [IconBuildingStore, IconBarcode, IconMailbox, IconMail];

/** Told before anything is paid: no text will be delivered, and what works instead. */
export function Refused({ what }: { what: string }) {
  const w = useWords(catalogue).questions;
  return (
    <div className={css.refused} role="status">
      <Note tone="danger" title={w.refused(what)}>
        <p>{w.refusedBody}</p>
      </Note>
      <h3 className={css.subtitle}>{w.instead}</h3>
      <ul className={css.instead}>
        {w.insteadList.map((line, i) => {
          const Icon = INSTEAD[i] ?? IconBuildingStore;
          return (
            <li key={line}>
              <Icon size={20} stroke={1.6} aria-hidden />
              <span>{line}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function YesNo({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint: ReactNode;
  value: boolean | null;
  onChange: (yes: boolean) => void;
}) {
  const w = useWords(catalogue).questions;
  const id = useId();
  return (
    <div>
      <p id={id} className={css.question}>
        {label}
      </p>
      <p className={css.quiet}>{hint}</p>
      <SegmentedControl
        className={css.yesNo ?? ''}
        aria-labelledby={id}
        value={value === null ? '' : value ? 'yes' : 'no'}
        onChange={(v) => onChange(v === 'yes')}
        data={[
          { value: 'yes', label: w.yes },
          { value: 'no', label: w.no },
        ]}
      />
    </div>
  );
}

/** The answers in one line, to be changed. */
export function Answered({ guide, onChange }: { guide: Guide; onChange: () => void }) {
  const w = useWords(catalogue);
  const a = guide.answers;
  if (!a) return null;
  const sells =
    a.trades.length === 0
      ? w.answered.sellsNone
      : w.answered.sells(
          list(
            a.trades.map((t) => w.trades[t].toLowerCase()),
            'and',
          ),
        );
  return (
    <Panel
      title={w.answered.title}
      action={
        <Button size="xs" variant="default" onClick={onChange}>
          {w.questions.change}
        </Button>
      }
    >
      <p className={css.quiet}>{[sells, w.answered.ein(a.ein), w.answered.website(a.website)].join(' · ')}</p>
    </Panel>
  );
}
