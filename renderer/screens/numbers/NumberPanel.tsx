import { Button } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { numbers as catalogue } from '@renderer/strings/numbers';
import { ErrorNote, Panel, toast, When } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import shared from '../customers/customers.module.css';
import css from './numbers.module.css';

/** What is known about a person's number and how, and whether they can open links. Nothing is claimed that nobody saw. */
export function NumberPanel({ customerId }: { customerId: number }) {
  const all = useWords(catalogue);
  const w = all.person;
  const { shop, locale } = useShell();
  const known = useQuery('numbers/person', { id: customerId as never }, { topics: ['customers', 'outbox'] });
  const links = useCommand('numbers/links');
  const again = useCommand('numbers/try-again');
  const k = known.data;
  if (!k || k.phone === null) return null;
  const how =
    k.how === 'rule'
      ? all.how.rule
      : k.how !== null && k.knownAt !== null
        ? all.how[k.how](when(k.knownAt, 'short-day', shop.zone, locale, Date.now()))
        : k.kind === 'unknown'
          ? ''
          : all.how.none;
  const id = customerId as never;
  return (
    <Panel title={w.title}>
      <dl className={shared.facts}>
        <dt>{w.kind}</dt>
        <dd>
          {k.madeUp && k.kind === 'unknown' ? w.madeUp : w.kinds[k.kind]}
          {how && <span className={css.quiet}> {how}</span>}
        </dd>
        {k.provenAt !== null && (
          <>
            <dt>{w.proven}</dt>
            <dd>
              <When at={k.provenAt} style="day" />
            </dd>
          </>
        )}
        {k.problem && (
          <>
            <dt>{w.problem}</dt>
            <dd>
              <strong>{k.problem.title}.</strong> {k.problem.whatToDo}{' '}
              <Button
                size="compact-xs"
                variant="default"
                loading={again.busy}
                onClick={() =>
                  void again
                    .run({ id, mobile: k.problem?.soft === false })
                    .then((done) => done && toast({ title: all.again.done, tone: 'good' }))
                }
              >
                {all.again.action}
              </Button>
            </dd>
          </>
        )}
        <dt>{w.links}</dt>
        <dd className={css.linkRow}>
          <span>{w.linkWords[k.links]}</span>
          <Button
            size="compact-xs"
            variant="default"
            loading={links.busy}
            onClick={() => void links.run({ id, value: k.links === 'no' ? 'unknown' : 'no' })}
          >
            {k.links === 'no' ? w.hasSmartphone : w.noSmartphone}
          </Button>
        </dd>
      </dl>
      <ErrorNote error={links.error ?? again.error} />
    </Panel>
  );
}
