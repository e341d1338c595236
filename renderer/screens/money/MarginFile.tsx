import { Button } from '@mantine/core';
import { call, type Out, useCommand } from '@renderer/api';
import type { MarginWords } from '@renderer/strings/margins';
import { Dialog, ErrorNote, SkeletonLines, toast } from '@renderer/ui';
import { useEffect, useRef, useState } from 'react';
import type { Say } from '../reports/format';
import { Choice } from './Choice';
import css from './margins.module.css';
import { percentText } from './percent';

type Preview = Out<'margins/read-file'>;

/** Asks for a file, shows what it would set, and sets it when told to. */
export function MarginFile({ w, say, onClose }: { w: MarginWords; say: Say; onClose: () => void }) {
  const t = w.file;
  const [preview, setPreview] = useState<Preview>();
  const [error, setError] = useState<unknown>();
  const [things, setThings] = useState<'both' | 'category'>('both');
  const save = useCommand('margins/save');
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return; // one dialog of the system, however often this is drawn
    asked.current = true;
    const ask = async () => {
      const picked = await call('shell/pick-file', { kind: 'csv' });
      if (!picked) return onClose();
      setPreview(await call('margins/read-file', { path: picked.path }));
    };
    ask().catch(setError);
  }, [onClose]);
  if (!preview && error === undefined) return null;
  const mine = preview?.proposals.filter((p) => things === 'both' || p.kind === 'category') ?? [];
  const changed = mine.filter((p) => p.was !== p.bp);
  const mixed = preview && new Set(preview.proposals.map((p) => p.kind)).size > 1;
  const take = async () => {
    if (await save.run({ margins: changed.map(({ kind, name, bp }) => ({ kind, name, bp })) })) {
      toast({ title: w.saved, tone: 'good' });
      onClose();
    }
  };
  const [name, is, now, margin] = t.head as [string, string, string, string];
  return (
    <Dialog
      open
      title={preview ? t.title(preview.fileName) : t.open}
      onClose={onClose}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {t.close}
          </Button>
          {preview && (
            <Button disabled={changed.length === 0} loading={save.busy} onClick={() => void take()}>
              {changed.length === 0 ? t.nothing : t.take(say.n(changed.length), changed.length === 1)}
            </Button>
          )}
        </>
      }
    >
      <ErrorNote error={error ?? save.error} />
      {preview ? (
        <>
          <p>{preview.shape === 'cost' ? t.cost : t.percent}</p>
          <p className={css.quiet}>
            {[
              t.count(say.n(mine.length), say.n(changed.length)),
              preview.withoutCost > 0 && t.withoutCost(say.n(preview.withoutCost)),
              preview.unread[0] && t.unread(say.n(preview.unread.length), String(preview.unread[0].row)),
            ]
              .filter(Boolean)
              .join(' ')}
          </p>
          {mixed && (
            <Choice
              label={t.which}
              value={things}
              options={[
                { value: 'both', label: t.both },
                { value: 'category', label: t.onlyCategories },
              ]}
              onChange={setThings}
            />
          )}
          <section className={css.file} aria-label={t.which} tabIndex={-1}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th scope="col">{name}</th>
                  <th scope="col">{is}</th>
                  <th scope="col" className={css.num}>
                    {now}
                  </th>
                  <th scope="col" className={css.num}>
                    {margin}
                  </th>
                </tr>
              </thead>
              <tbody>
                {mine.slice(0, 200).map((p) => (
                  <tr key={`${p.kind} ${p.name}`}>
                    <th scope="row">
                      {p.name}
                      {!p.sold && <span className={css.quiet}> · {t.notSold}</span>}
                    </th>
                    <td>{t.kinds[p.kind]}</td>
                    <td className={css.num}>{p.was === null ? '' : `${percentText(p.was)}%`}</td>
                    <td className={css.num}>{percentText(p.bp)}%</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      ) : (
        error === undefined && <SkeletonLines lines={5} />
      )}
    </Dialog>
  );
}
