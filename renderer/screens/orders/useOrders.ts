import type { OrderStep } from '@domain/orders/order';
import { useCommand, useShell } from '@renderer/api';
import { useLanguage, useWords } from '@renderer/strings';
import { orders as catalogue } from '@renderer/strings/orders';
import { shell } from '@renderer/strings/shell';
import { toast } from '@renderer/ui';
import { dayText, when, whenNear } from '@renderer/ui/format';
import { newsWords, type StaffOrder } from './order-words';

/** How days and times are said beside an order. */
export function useSaying() {
  const { shop, locale } = useShell();
  const days = useWords(shell).days;
  const now = Date.now();
  return {
    day: (day: string) => dayText(day, locale, now),
    at: (at: number) => when(at, 'day', shop.zone, locale, now),
    near: (at: number) => whenNear(at, shop.zone, locale, now, days),
  };
}

const BACK: Partial<Record<OrderStep, OrderStep>> = { ready: 'not-ready', collected: 'reopened', cancelled: 'reopened' };

/** Steps of an order, each told with what it means and how to take it back. */
export function useSteps() {
  const w = useWords(catalogue);
  const say = useSaying();
  const step = useCommand('orders/step');
  const ask = useCommand('orders/ask');
  const language = useLanguage((s) => s.language);
  const go = async (o: StaffOrder, to: OrderStep): Promise<boolean> => {
    const done = await step.run({ id: o.id, step: to });
    if (!done) return false;
    const back = o.kind === 'hold' && to === 'ready' ? undefined : BACK[to];
    const body = newsWords(done.news, w, say.near);
    toast({
      title: w.done(w.steps[to], o.name || w.kinds[o.kind]),
      ...(body !== null && { body }),
      tone: done.news && !done.news.text ? 'warn' : 'good',
      ...(back && { action: { label: w.undo, onClick: () => void step.run({ id: o.id, step: back }) } }),
    });
    return true;
  };
  return { go, askOnScreen: (id: number) => ask.run({ id, language }), error: step.error ?? ask.error, busy: step.busy || ask.busy };
}
