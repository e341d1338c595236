import { readDate } from '@domain/imports/dates';
import { minorDigits, readMoney } from '@domain/imports/money';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { ErrorNote, Note, Panel } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import { useState } from 'react';
import type { Decisions, Report } from './import.ui';
import css from './imports.module.css';
import { dayWords } from './say';
import { useFile } from './useImports';
import own from './wizard.module.css';

type Question = Report['questions'][number];
interface Choice {
  value: string;
  label: string;
  /** Values of the file as they would be read this way. */
  samples: { raw: string; read: string }[];
}

const keyOf = (q: Question): string => `${q.kind}.${q.field}`;

/** What the file leaves open: both readings side by side with the file's own values; the owner says, and it is checked again. */
export function Questions({ report: r }: { report: Report }) {
  const words = useWords(catalogue);
  const w = words.questions;
  const file = useFile();
  const { shop, locale } = useShell();
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const answerOf = (q: Question): string => answers[keyOf(q)] ?? q.suggestion;
  const path = r.path ?? (file.ui.importId === r.id ? file.ui.path : null);
  const again = () => {
    if (path !== null) void file.check(path, r.mapping, decided(r, answerOf));
  };
  const choices = (q: Question): Choice[] => {
    if (q.kind === 'date-order')
      return (['mdy', 'dmy'] as const).map((order) => ({
        value: order,
        label: order === 'mdy' ? w.monthFirst : w.dayFirst,
        samples: q.samples.map((raw) => ({ raw, read: asDay(raw, order, locale) })),
      }));
    if (q.kind === 'pending')
      return (['sale', 'open'] as const).map((value) => ({ value, label: value === 'sale' ? w.pendingSale : w.pendingOpen, samples: [] }));
    return (['.', ','] as const).map((sign) => ({
      value: sign,
      label: words.reading.signs[sign],
      samples: q.samples.map((raw) => ({ raw, read: asMoney(raw, sign, shop.currency, locale) })),
    }));
  };
  const asked = (q: Question): string => {
    if (q.kind === 'pending') return w.pending(q.count, q.samples.join('”, “'));
    return q.kind === 'date-order' ? w.date(q.column) : w.decimal(q.column);
  };
  return (
    <Panel
      tone="warn"
      title={r.questions.length > 1 ? w.titleMany : w.title}
      action={
        path !== null && (
          <Button onClick={again} loading={file.busy}>
            {w.answer}
          </Button>
        )
      }
    >
      <div className={css.questions}>
        {r.questions.map((q) => (
          <fieldset key={keyOf(q)} className={own.question}>
            <legend>{asked(q)}</legend>
            <div className={own.readings}>
              {choices(q).map((c) => (
                <label key={c.value} className={own.reading} data-on={answerOf(q) === c.value || undefined}>
                  <span className={own.readingHead}>
                    <input
                      type="radio"
                      name={keyOf(q)}
                      aria-label={c.label}
                      checked={answerOf(q) === c.value}
                      onChange={() => setAnswers((a) => ({ ...a, [keyOf(q)]: c.value }))}
                    />
                    <strong>{c.label}</strong>
                  </span>
                  {c.samples.slice(0, 3).map((s) => (
                    <span key={s.raw} className={own.readAs}>
                      <span>{s.raw}</span>
                      <span aria-hidden>→</span>
                      <span className="rg-hidden">{w.isRead}</span>
                      <strong>{s.read}</strong>
                    </span>
                  ))}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <ErrorNote error={file.error} />
      {path === null && <Note>{w.again}</Note>}
    </Panel>
  );
}

/** The decisions of the import with the answers added. */
function decided(r: Report, answerOf: (q: Question) => string): Decisions {
  const out: Decisions = { ...r.decisions, dateOrder: { ...r.decisions.dateOrder }, decimal: { ...r.decisions.decimal } };
  for (const q of r.questions) {
    const answer = answerOf(q);
    if (q.kind === 'date-order') out.dateOrder = { ...out.dateOrder, [q.field]: answer as 'mdy' | 'dmy' };
    else if (q.kind === 'pending') out.pending = answer as 'sale' | 'open';
    else out.decimal = { ...out.decimal, [q.field]: answer as '.' | ',' };
  }
  return out;
}

/** The sample as it would be read: an answer one can recognise. */
function asDay(sample: string, order: 'mdy' | 'dmy', locale: string): string {
  const d = readDate(sample, order);
  if (!d || 'instant' in d) return sample;
  return dayWords(new Date(Date.UTC(d.year, d.month - 1, d.day)).toISOString().slice(0, 10), locale);
}

function asMoney(sample: string, sign: '.' | ',', currency: string, locale: string): string {
  const cents = readMoney(sample, sign, minorDigits(currency));
  return cents === null ? sample : money(cents, currency, locale);
}
