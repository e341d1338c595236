import type { OfferId } from '@domain/kernel';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { results, sayLeak } from '@renderer/strings/results';
import { tillCheck } from '@renderer/strings/till-check';
import { useSay } from '../reports/format';
import css from './till-check.module.css';

/** On an offer's page: how far its codes travelled beyond the people they were sent to. Nothing where no text told of it. */
export function LeakLine({ offerId }: { offerId: OfferId }) {
  const w = useWords(results);
  const own = useWords(tillCheck);
  const say = useSay();
  const { data } = useQuery('costs/leak', { offerId });
  const line = data?.leak ? sayLeak(data.leak, { ...w, leak: { ...w.leak, none: own.leakNone } }, say) : null;
  return line === null ? null : <p className={css.quiet}>{line}</p>;
}
