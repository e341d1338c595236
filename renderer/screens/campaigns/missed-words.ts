import type { ScheduleWords } from '@renderer/strings/schedule';
import { count, micros } from '@renderer/ui/format';

/**
 * Why a planned campaign did not leave, in a line and in full, from the code the backend stored (main/services/campaigns/plan.ts,
 * schedule-run.ts): `missed`, `people:16/15`, `price:900000/170000` (micros), `words`, `check:sales-behind`, `failed`, `restored`,
 * `second-copy` (main/services/outbox/foreign.ts).
 */
export function missedWords(w: ScheduleWords, reason: string, currency: string, locale: string): { title: string; body: string } {
  const [kind = '', rest = ''] = reason.split(':');
  const [now = '', approved = ''] = rest.split('/');
  if (kind === 'people') {
    const people = (x: string) => count(Number(x), locale);
    return { title: w.missed.people.title, body: w.missed.people.body(people(now), people(approved)) };
  }
  if (kind === 'price') {
    const money = (x: string) => (x === '' ? '' : micros(Number(x), currency, locale));
    return { title: w.missed.price.title, body: w.missed.price.body(money(now), money(approved)) };
  }
  if (kind === 'second-copy') return w.missed.secondCopy;
  if (kind === 'missed' || kind === 'words' || kind === 'check' || kind === 'failed' || kind === 'restored') return w.missed[kind];
  return w.missed.check;
}

/** The line alone: for a list, where nobody has asked what its money is. */
export function missedTitle(w: ScheduleWords, reason: string): string {
  const [kind = ''] = reason.split(':');
  return kind === 'price' || kind === 'people' ? w.missed[kind].title : missedWords(w, kind, '', '').title;
}
