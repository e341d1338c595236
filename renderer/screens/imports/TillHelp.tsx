import { PROFILES } from '@domain/imports/profiles/index';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Chip, Panel, SelectField } from '@renderer/ui';
import { useState } from 'react';
import css from './imports.module.css';

const TILLS = [...new Set(PROFILES.map((p) => p.till))].sort((a, b) => a.localeCompare(b));
const OTHER = '';

/** The clicks to each export, till by till, as the profiles know them. */
export function TillHelp({ till: first }: { till?: string | undefined }) {
  const w = useWords(catalogue).where;
  const [till, setTill] = useState(first && TILLS.includes(first) ? first : (TILLS[0] ?? OTHER));
  const exports = PROFILES.filter((p) => p.till === till);
  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.where}>
        <SelectField
          label={w.till}
          value={till}
          onChange={setTill}
          options={[...TILLS.map((t) => ({ value: t, label: t })), { value: OTHER, label: w.other }]}
        />
        {till === OTHER ? (
          <p className={css.quiet}>{w.otherBody}</p>
        ) : (
          <ul className={css.clicks}>
            {exports.map((p) => (
              <li key={p.id}>
                <span className={css.clicksHead}>
                  <strong>{p.title}</strong> <Chip>{p.kind === 'sales' ? w.sales : w.customers}</Chip>
                </span>
                <span className={css.quiet}>{p.clicks}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
