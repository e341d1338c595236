import { OTHER_TILLS } from '@domain/imports/other-tills';
import { PROFILES } from '@domain/imports/profiles/index';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Chip, Panel, SelectField } from '@renderer/ui';
import { useState } from 'react';
import css from './imports.module.css';

const TILLS = [...new Set([...PROFILES, ...OTHER_TILLS].map((p) => p.till))].sort((a, b) => a.localeCompare(b));
const OTHER = '';

/** The clicks to each export, till by till, as the profiles know them; of tills never seen, what to do with theirs. */
export function TillHelp({ till: first }: { till?: string | undefined }) {
  const w = useWords(catalogue).where;
  const [till, setTill] = useState(first && TILLS.includes(first) ? first : 'Square');
  const exports = PROFILES.filter((p) => p.till === till);
  const unseen = till === OTHER ? w.otherBody : OTHER_TILLS.find((o) => o.till === till)?.says;
  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.where}>
        <SelectField
          label={w.till}
          value={till}
          onChange={setTill}
          options={[...TILLS.map((t) => ({ value: t, label: t })), { value: OTHER, label: w.other }]}
        />
        {unseen !== undefined ? (
          <p className={css.quiet}>{unseen}</p>
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
