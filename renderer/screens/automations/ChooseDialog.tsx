import { PURPOSES, type Purpose } from '@domain/automations/ready';
import { Button } from '@mantine/core';
import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { Dialog, ErrorNote } from '@renderer/ui';
import css from './automations.module.css';
import type { Row } from './say';
import { useMake } from './useMake';

/** Everything that can run by itself, by what it is for; taking one makes it, switched off. */
export function ChooseDialog({
  kinds,
  rows,
  onClose,
}: {
  kinds: Out<'automations/list'>['kinds'];
  rows: readonly Row[];
  onClose: () => void;
}) {
  const w = useWords(catalogue);
  const make = useMake();
  const offered = new Set(kinds.filter((k) => k.offered).map((k) => k.kind));
  const count = (kind: Row['kind']) => rows.filter((r) => r.kind === kind).length;
  return (
    <Dialog open onClose={onClose} title={w.choose.title} width={720}>
      <ErrorNote error={make.error} />
      {(Object.keys(PURPOSES) as Purpose[]).map((p) => {
        const some = PURPOSES[p].filter((k) => offered.has(k));
        if (some.length === 0) return null;
        return (
          <section key={p} className={css.purpose}>
            <h3>{w.purposes[p]}</h3>
            <ul>
              {some.map((kind) => (
                <li key={kind}>
                  <div>
                    <strong>{w.kinds[kind].name}</strong>
                    {count(kind) > 0 && <span className={css.quiet}> · {w.choose.have(count(kind))}</span>}
                    <p className={css.quiet}>{w.kinds[kind].what}</p>
                  </div>
                  <Button
                    size="xs"
                    className={css.take ?? ''}
                    variant="default"
                    loading={make.busy === kind}
                    aria-label={w.choose.asked(w.kinds[kind].name)}
                    onClick={() => make.run(kind)}
                  >
                    {w.choose.take}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Dialog>
  );
}
