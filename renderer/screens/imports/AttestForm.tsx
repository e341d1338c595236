import type { AttestMethod } from '@domain/consent/attest';
import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { CheckField, ErrorNote, FieldRow, FieldStack, Note, SelectField, TextAreaField, TextField } from '@renderer/ui';
import { useState } from 'react';
import { type AttestWords, Names, type View } from './Attest';
import css from './attest.module.css';

type Method = AttestMethod | 'spoken';
const METHODS: readonly Method[] = ['paper', 'website', 'till', 'keyword', 'other', 'spoken'];

interface AttestFormProps {
  importId: number;
  view: View;
  words: AttestWords;
  onCancel: () => void;
  onStarted: (task: string) => void;
}

/** The owner's statement: how, when, with which words, and a tick under it. Spoken permission is not taken. */
export function AttestForm({ importId, view, words: w, onCancel, onStarted }: AttestFormProps) {
  const { shop } = useShell();
  const attest = useCommand('consent/attest');
  const [method, setMethod] = useState<Method>('paper');
  const [detail, setDetail] = useState('');
  const [fromDay, setFrom] = useState('');
  const [toDay, setTo] = useState('');
  const [wording, setWording] = useState('');
  const [signed, setSigned] = useState(false);
  const field = attest.error?.code === 'input.invalid' ? String(attest.error.params['field'] ?? '') : '';
  const bad = (f: string) => (field === f ? w.bad[f] : undefined);
  const known = field in w.bad;
  const day = (s: string) => /^\d{4}-\d\d-\d\d$/.test(s.trim());
  const ready = method !== 'spoken' && signed && detail.trim() !== '' && wording.trim() !== '' && day(fromDay) && day(toDay);
  const submit = async () => {
    if (!ready) return;
    const statement = { method, detail, fromDay: fromDay.trim() as never, toDay: toDay.trim() as never, wording };
    const started = await attest.run({ importId: importId as never, statement, signed: true });
    if (started) onStarted(started.taskId);
  };
  return (
    <section className={css.form} aria-label={w.question(view.may)}>
      <h3 className={css.heading}>{w.question(view.may)}</h3>
      <p className={css.quiet}>{w.hint}</p>
      <details className={css.details}>
        <summary>{w.who(view.may)}</summary>
        <Names people={view.examples} count={view.may} words={w} />
      </details>
      <FieldStack onSubmit={() => void submit()}>
        <SelectField
          label={w.method}
          value={method}
          onChange={setMethod}
          options={METHODS.map((m) => ({ value: m, label: w.methods[m] }))}
        />
        {method === 'spoken' ? (
          <Note tone="warn" role="status">
            <p>{w.spoken}</p>
          </Note>
        ) : (
          <>
            <TextField
              label={w.detail}
              value={detail}
              onChange={setDetail}
              placeholder={w.detailExample}
              error={bad('detail')}
              maxLength={300}
            />
            <FieldRow>
              <TextField
                label={`${w.days} ${w.from}`}
                hint={w.dayHint}
                value={fromDay}
                onChange={setFrom}
                placeholder="2025-03-01"
                error={bad('fromDay')}
                maxLength={10}
              />
              <TextField
                label={w.to}
                hint={w.dayHint}
                value={toDay}
                onChange={setTo}
                placeholder="2026-02-28"
                error={bad('toDay')}
                maxLength={10}
              />
            </FieldRow>
            <TextAreaField
              label={w.wording}
              hint={w.wordingHint}
              value={wording}
              onChange={setWording}
              error={bad('wording')}
              minRows={2}
              maxLength={2000}
            />
            <CheckField label={w.sign(shop.name)} checked={signed} onChange={setSigned} />
          </>
        )}
        {!known && <ErrorNote error={attest.error} />}
        <div className={css.actions}>
          <Button type="submit" disabled={!ready} loading={attest.busy}>
            {w.confirm(view.may)}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {w.cancel}
          </Button>
        </div>
      </FieldStack>
    </section>
  );
}
