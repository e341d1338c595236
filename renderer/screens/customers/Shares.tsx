import { Button } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { duplicates as catalogue } from '@renderer/strings/duplicates';
import { Panel, PhoneText, Rows } from '@renderer/ui';
import css from './customers.module.css';
import { pairKey } from './duplicates.words';
import { fullName, type Person } from './words';

/** With whom a person shares a number or e-mail, who may be the same person, and what else they are known by. */
export function Shares({ person }: { person: Person }) {
  const t = useWords(catalogue);
  const w = t.shares;
  const { sameNumber, sameEmail, alsoKnownBy, maybeSame, emailStopped, customer } = person;
  if (sameNumber.length + sameEmail.length + alsoKnownBy.length + maybeSame.length === 0 && !emailStopped) return null;
  const names = (people: Person['sameNumber']) => (
    <ul className={css.plainList}>
      {people.map((o) => (
        <li key={o.id}>
          <button type="button" className={css.link} onClick={() => go({ screen: 'customers', id: o.id })}>
            {fullName(o) || t.unnamed}
          </button>
        </li>
      ))}
    </ul>
  );
  const best = maybeSame[0];
  const named = [...sameNumber, ...sameEmail].find((o) => o.id === best);
  const bestName = named ? fullName(named) : '';
  return (
    <Panel
      title={w.title}
      {...(best !== undefined && {
        action: (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'customers', duplicates: pairKey({ a: customer.id, b: best }) })}>
            {w.look}
          </Button>
        ),
      })}
    >
      <Rows gap={16}>
        {best !== undefined && <p>{w.maybe(bestName)}</p>}
        {sameNumber.length > 0 && (
          <div>
            <p className={css.quiet}>{w.phone}</p>
            {names(sameNumber)}
            <p className={css.quiet}>{w.hint}</p>
          </div>
        )}
        {sameEmail.length > 0 && (
          <div>
            <p className={css.quiet}>{w.email}</p>
            {names(sameEmail)}
          </div>
        )}
        {alsoKnownBy.length > 0 && (
          <div>
            <p className={css.quiet}>{w.known}</p>
            <ul className={css.plainList}>
              {alsoKnownBy.map((k) => (
                <li key={`${k.kind} ${k.value}`}>{k.kind === 'phone' ? <PhoneText phone={k.value as never} /> : k.value}</li>
              ))}
            </ul>
          </div>
        )}
        {emailStopped && <p>{w.emailStopped}</p>}
      </Rows>
    </Panel>
  );
}
