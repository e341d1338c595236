import css from './till-check.module.css';

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; label: string; count?: string }[];
  onChange: (v: V) => void;
}

/** One of a few, as a row of pills. */
export function Choice<V extends string>({ label, value, options, onChange }: ChoiceProps<V>) {
  return (
    <fieldset className="rg-pills">
      <legend className="rg-hidden">{label}</legend>
      {options.map((o) => (
        <button key={o.value} type="button" aria-pressed={o.value === value} onClick={() => onChange(o.value)}>
          {o.label}
          {o.count !== undefined && <span className={css.count}>{o.count}</span>}
        </button>
      ))}
    </fieldset>
  );
}
