import { TextInput } from '@mantine/core';
import { useShell } from '@renderer/api';
import { money, parseMoney } from '@renderer/ui/format';
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

/** Money inside a sentence, in minor units; nothing typed is nothing. */
export function SmallMoney(p: { label: string; cents: number; onChange: (cents: number) => void }) {
  const { shop, locale } = useShell();
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextInput
      aria-label={p.label}
      className={css.money ?? ''}
      inputMode="decimal"
      autoComplete="off"
      value={draft ?? money(p.cents, shop.currency, locale)}
      onChange={(e) => {
        const text = e.currentTarget.value;
        setDraft(text);
        const read = text.trim() === '' ? 0 : parseMoney(text, shop.currency, locale);
        if (read !== null) p.onChange(read);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
