import { type Out, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { composer } from '@renderer/strings/composer';
import { Panel } from '@renderer/ui';
import { count, dayText, money, when } from '@renderer/ui/format';
import css from './campaigns.module.css';
import type { Fields } from './useDraft';
import type { Chosen } from './WhenChoice';

type Review = Out<'campaigns/review'>;
const MOST_ZONES = 4;
/** A number that may be anywhere: naming its zones says nothing. */
const NAMED_ZONES = 2;

const zoneName = (zone: string, locale: string, at: number) =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(at).find((p) => p.type === 'timeZoneName')
    ?.value ?? zone;

/** When each text leaves, by where its reader is; what happens if this computer is off; the goal it is judged by. */
export function ReviewLeaves({ review: r, choice, goal }: { review: Review; choice: Chosen; goal: Fields['goal'] }) {
  const w = useWords(composer).review;
  const { locale, shop } = useShell();
  const n = (x: number) => count(x, locale);
  const now = Date.now();
  const at = (t: number) => when(t, 'day-time', shop.zone, locale, now);
  const off = !choice.timed ? w.off.now : choice.viaCarrier ? w.off.carrier : w.off.late[choice.late];
  const target = goal.kind === 'profit' ? money(goal.target ?? 0, shop.currency, locale) : n(goal.target ?? 0);
  const names = (zones: readonly string[], t: number) => [...new Set(zones.map((z) => zoneName(z, locale, t)))];
  return (
    <Panel title={w.zones}>
      {r.people > 0 && (
        <ul className={css.timing}>
          {r.leaves.zones.slice(0, MOST_ZONES).map((z) => {
            const named = names(z.zones, z.from);
            return (
              <li key={z.zones.join()}>
                <strong>{named.length > NAMED_ZONES ? w.everywhere : named.join(', ')}</strong>:{' '}
                {w.zone(z.people, n(z.people), at(z.from), at(z.to))}
              </li>
            );
          })}
          {r.leaves.days.length > 1 &&
            r.leaves.days.map((d) => (
              <li key={d.day} className={css.quiet}>
                {w.days(d.people, n(d.people), dayText(d.day, locale, now))}
              </li>
            ))}
          {r.leaves.never > 0 && <li>{w.never(r.leaves.never, n(r.leaves.never))}</li>}
        </ul>
      )}
      <p className={css.under}>{off}</p>
      <p className={css.under}>{goal.kind === 'none' ? w.goal.none : w.goal[goal.kind](target)}</p>
    </Panel>
  );
}
