import type { Out } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import { count, when } from '@renderer/ui/format';

type Finish = NonNullable<Out<'outbox/status'>['finish']>;

/** When waiting texts will have left, as a sentence: with the reason where hours or the carriers' daily limit make it longer. */
export function useFinish(): (f: Finish) => string {
  const w = useWords(catalogue).finish;
  const { shop, locale } = useShell();
  return (f) => {
    if (f.finishesAt === null) return w.never(count(f.left, locale), f.left === 1);
    const at = when(f.finishesAt, 'day-time', shop.zone, locale, Date.now());
    if (f.limitedBy === 'daily') return w.daily(at, w.days(count(f.days, locale), f.days === 1));
    return f.limitedBy === 'hours' ? w.hours(at) : w.at(at);
  };
}
