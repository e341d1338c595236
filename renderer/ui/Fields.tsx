import { Checkbox, NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { shell as shellWords } from '@renderer/strings/shell';
import { type HTMLInputTypeAttribute, type ReactNode, useState } from 'react';
import css from './fields.module.css';
import { money, parseMoney } from './format';

interface Base {
  label: ReactNode;
  /** One line under the label: what it is for. */
  hint?: ReactNode;
  error?: ReactNode;
  disabled?: boolean;
  required?: boolean;
}

const base = (p: Base) => ({
  label: p.label,
  description: p.hint,
  error: p.error,
  ...(p.disabled !== undefined && { disabled: p.disabled }),
  ...(p.required && { required: true, withAsterisk: false }),
});

interface TextFieldProps extends Base {
  value: string;
  onChange: (text: string) => void;
  placeholder?: string;
  type?: HTMLInputTypeAttribute;
  maxLength?: number;
  autoFocus?: boolean;
  onEnter?: () => void;
  onBlur?: () => void;
  inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'decimal';
  autoComplete?: string;
  spellCheck?: boolean;
}

/** One line of text. */
export function TextField(p: TextFieldProps) {
  return (
    <TextInput
      {...base(p)}
      value={p.value}
      onChange={(e) => p.onChange(e.currentTarget.value)}
      onKeyDown={(e) => e.key === 'Enter' && p.onEnter?.()}
      autoComplete={p.autoComplete ?? 'off'}
      {...(p.onBlur && { onBlur: p.onBlur })}
      {...(p.placeholder !== undefined && { placeholder: p.placeholder })}
      {...(p.type && { type: p.type })}
      {...(p.maxLength && { maxLength: p.maxLength })}
      {...(p.autoFocus && { 'data-autofocus': true, autoFocus: true })}
      {...(p.inputMode && { inputMode: p.inputMode })}
      {...(p.spellCheck !== undefined && { spellCheck: p.spellCheck })}
    />
  );
}

/** A secret: hidden, with an eye to look. */
export function SecretField(p: Base & { value: string; onChange: (text: string) => void; autoFocus?: boolean; onEnter?: () => void }) {
  return (
    <PasswordInput
      {...base(p)}
      size="sm"
      value={p.value}
      onChange={(e) => p.onChange(e.currentTarget.value)}
      onKeyDown={(e) => e.key === 'Enter' && p.onEnter?.()}
      autoComplete="off"
      spellCheck={false}
      {...(p.autoFocus && { 'data-autofocus': true, autoFocus: true })}
    />
  );
}

/** Several lines of text that grow with it. */
export function TextAreaField(
  p: Base & { value: string; onChange: (text: string) => void; minRows?: number; maxLength?: number; placeholder?: string },
) {
  return (
    <Textarea
      {...base(p)}
      autosize
      minRows={p.minRows ?? 3}
      maxRows={14}
      value={p.value}
      onChange={(e) => p.onChange(e.currentTarget.value)}
      {...(p.maxLength && { maxLength: p.maxLength })}
      {...(p.placeholder !== undefined && { placeholder: p.placeholder })}
    />
  );
}

/** A whole number; empty is null. What is not a number is kept in the box and not reported. */
export function NumberField(
  p: Base & { value: number | null; onChange: (n: number | null) => void; min?: number; max?: number; unit?: ReactNode; width?: number },
) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? (p.value === null ? '' : String(p.value));
  const clamp = (n: number) => Math.min(p.max ?? Number.MAX_SAFE_INTEGER, Math.max(p.min ?? Number.MIN_SAFE_INTEGER, n));
  return (
    <TextInput
      {...base(p)}
      value={shown}
      inputMode="numeric"
      autoComplete="off"
      classNames={{ input: css.number ?? '' }}
      style={{ maxWidth: p.width ?? 160 }}
      onChange={(e) => {
        const text = e.currentTarget.value;
        setDraft(text);
        if (text.trim() === '') p.onChange(null);
        else if (/^-?\d+$/.test(text.trim())) p.onChange(Number(text.trim()));
      }}
      onBlur={() => {
        setDraft(null);
        if (p.value !== null && clamp(p.value) !== p.value) p.onChange(clamp(p.value));
      }}
      {...(p.unit !== undefined && { rightSection: <span className={css.unit}>{p.unit}</span>, rightSectionWidth: 'auto' })}
    />
  );
}

/** Money in the shop's currency; reports minor units, null when empty. */
export function MoneyField(
  p: Base & {
    cents: number | null;
    onChange: (cents: number | null) => void;
    placeholder?: string;
    width?: number /** Default: the shop's. */;
    currency?: string;
  },
) {
  const { shop, locale } = useShell();
  const currency = p.currency ?? shop.currency;
  const w = useWords(shellWords);
  const [draft, setDraft] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  return (
    <TextInput
      {...base(p)}
      error={p.error ?? (bad ? w.notMoney : undefined)}
      value={draft ?? (p.cents === null ? '' : money(p.cents, currency, locale))}
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: css.number ?? '' }}
      style={{ maxWidth: p.width ?? 160 }}
      onChange={(e) => {
        const text = e.currentTarget.value;
        setDraft(text);
        const read = text.trim() === '' ? null : parseMoney(text, currency, locale);
        setBad(text.trim() !== '' && read === null);
        if (text.trim() === '' || read !== null) p.onChange(read);
      }}
      onBlur={() => {
        if (!bad) setDraft(null);
      }}
      {...(p.placeholder !== undefined && { placeholder: p.placeholder })}
    />
  );
}

/** One of a few; the platform's own list, so keyboard and touch work everywhere. */
export function SelectField<V extends string>(
  p: Base & { value: V; onChange: (v: V) => void; options: readonly { value: V; label: string; disabled?: boolean }[] },
) {
  return (
    <NativeSelect
      {...base(p)}
      value={p.value}
      onChange={(e) => p.onChange(e.currentTarget.value as V)}
      data={p.options.map((o) => ({ ...o }))}
    />
  );
}

/** A tick. */
export function CheckField(p: Base & { checked: boolean; onChange: (on: boolean) => void }) {
  return <Checkbox {...base(p)} checked={p.checked} onChange={(e) => p.onChange(e.currentTarget.checked)} />;
}

/** Something that is on or off at once, without saving. */
export function SwitchField(p: Base & { checked: boolean; onChange: (on: boolean) => void }) {
  return <Switch {...base(p)} checked={p.checked} onChange={(e) => p.onChange(e.currentTarget.checked)} />;
}

/** Fields side by side; `widths` as grid tracks ("2fr 1fr 120px"). */
export function FieldRow({ widths, children }: { widths?: string; children: ReactNode }) {
  return (
    <div className={css.row} style={widths ? { gridTemplateColumns: widths } : undefined}>
      {children}
    </div>
  );
}

/** A form's fields with the house's distances; Enter in a line submits. */
export function FieldStack({ onSubmit, children }: { onSubmit?: () => void; children: ReactNode }) {
  return (
    <form
      className={css.stack}
      noValidate // our own words, not the platform’s
      onSubmit={(e) => {
        e.preventDefault();
        onSubmit?.();
      }}
    >
      {children}
    </form>
  );
}
