import { TextInput } from '@mantine/core';
import { useState } from 'react';
import css from './segments.module.css';

/** A whole number inside a sentence; what is not one is put right when the box is left. */
export function SmallNumber(p: { label: string; value: number; min: number; max: number; onChange: (n: number) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextInput
      aria-label={p.label}
      className={css.number ?? ''}
      inputMode="numeric"
      autoComplete="off"
      value={draft ?? String(p.value)}
      onChange={(e) => {
        const text = e.currentTarget.value;
        setDraft(text);
        const n = Number(text);
        if (/^\d+$/.test(text.trim()) && n >= p.min && n <= p.max) p.onChange(n);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
