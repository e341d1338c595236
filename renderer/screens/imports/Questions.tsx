import { readDate } from '@domain/imports/dates';
import { minorDigits, readMoney } from '@domain/imports/money';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { ErrorNote, Note, Panel, SelectField } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import { useState } from 'react';
import type { Decisions, Report } from './import.ui';
import css from './imports.module.css';
import { useFile } from './useImports';

/** What the file leaves open: the owner says, and the file is checked again with the answers. */
export function Questions({ report: r }: { report: Report }) {
  const w = useWords(catalogue).questions;
  const file = useFile();
  const { shop, locale } = useShell();
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const answerOf = (q: Report['questions'][number]) => answers[`${q.kind}.${q.field}`] ?? q.suggestion;
  const again = () => {
    const decisions: Decisions = {
      ...r.decisions,
      dateOrder: { ...r.decisions.dateOrder },
      decimal: { ...r.decisions.decimal },
    };
    for (const q of r.questions) {
      const answer = answerOf(q);
      if (q.kind === 'date-order') decisions.dateOrder = { ...decisions.dateOrder, [q.field]: answer as 'mdy' | 'dmy' };
      else decisions.decimal = { ...decisions.decimal, [q.field]: answer as '.' | ',' };
    }
    if (file.ui.path !== null) void file.check(file.ui.path, r.mapping, decisions);
  };
  const known = file.ui.path !== null && file.ui.importId === r.id;
  return (
    <Panel tone="warn" title={r.questions.length > 1 ? w.titleMany : w.title}>
      <div className={css.questions}>
        {r.questions.map((q) => {
          const sample = q.samples[0] ?? '';
          const key = `${q.kind}.${q.field}`;
          const set = (value: string) => setAnswers((a) => ({ ...a, [key]: value }));
          return q.kind === 'date-order' ? (
            <SelectField
              key={key}
              label={w.date(q.column, sample)}
              value={answerOf(q) as string}
              onChange={set}
              options={[
                { value: 'mdy', label: w.monthFirst(asDay(sample, 'mdy', locale)) },
                { value: 'dmy', label: w.dayFirst(asDay(sample, 'dmy', locale)) },
              ]}
            />
          ) : (
            <SelectField
              key={key}
              label={w.decimal(q.column, sample)}
              value={answerOf(q) as string}
              onChange={set}
              options={[
                { value: '.', label: asMoney(sample, '.', shop.currency, locale) },
                { value: ',', label: asMoney(sample, ',', shop.currency, locale) },
              ]}
            />
          );
        })}
      </div>
      <ErrorNote error={file.error} />
      {known ? (
        <div className={css.buttons}>
          <Button onClick={again} loading={file.busy}>
            {w.answer}
          </Button>
        </div>
      ) : (
        <Note>{w.again}</Note>
      )}
    </Panel>
  );
}

/** The sample as it would be read: an answer one can recognise. */
function asDay(sample: string, order: 'mdy' | 'dmy', locale: string): string {
  const d = readDate(sample, order);
  if (!d || 'instant' in d) return sample;
  const at = Date.UTC(d.year, d.month - 1, d.day);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
}

function asMoney(sample: string, sign: '.' | ',', currency: string, locale: string): string {
  const cents = readMoney(sample, sign, minorDigits(currency));
  return cents === null ? sample : money(cents, currency, locale);
}
