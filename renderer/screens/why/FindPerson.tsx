import type { CustomerId } from '@domain/kernel';
import { useQuery } from '@renderer/api';
import type { WhyWords } from '@renderer/strings/why';
import { EmptyState, Loaded, PhoneText, TextField } from '@renderer/ui';
import { useDeferredValue, useState } from 'react';
import css from './why.module.css';

/** Who is meant: by a part of the name, the number or the e-mail. */
export function FindPerson({ words: w, onPick }: { words: WhyWords; onPick: (id: CustomerId) => void }) {
  const [find, setFind] = useState('');
  const asked = useDeferredValue(find.trim());
  const enough = asked.length >= 2;
  const list = useQuery(
    'customers/list',
    { search: asked, permission: 'any', weak: false, sort: 'name', desc: false, offset: 0, limit: 20 },
    { enabled: enough },
  );
  return (
    <>
      <TextField label={w.who} value={find} onChange={setFind} placeholder={w.findPerson} maxLength={80} autoFocus />
      {!enough ? (
        <p className={css.quiet}>{w.typeName}</p>
      ) : (
        <Loaded query={list} lines={5}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState compact title={w.noPeople} />
            ) : (
              <ul className={css.choices}>
                {rows.map((r) => (
                  <li key={r.id}>
                    <button type="button" onClick={() => onPick(r.id)}>
                      <span>{`${r.firstName} ${r.lastName}`.trim() || r.company}</span>
                      {r.phone && <PhoneText phone={r.phone} />}
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </>
  );
}
