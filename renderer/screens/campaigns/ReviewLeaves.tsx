import { type Out, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { schedule } from '@renderer/strings/schedule';
import { Panel } from '@renderer/ui';
import { count, dayText, duration, when } from '@renderer/ui/format';
import { useFinish } from '../account/useFinish';
import css from './campaigns.module.css';
import type { Chosen } from './WhenChoice';

type Review = Out<'campaigns/review'>;
const MOST_ZONES = 4;
/** A number that may be anywhere: naming its zones says nothing. */
const NAMED_ZONES = 2;

const zoneName = (zone: string, locale: string, at: number) =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(at).find((p) => p.type === 'timeZoneName')
    ?.value ?? zone;

/** How many leave when, where their readers are and on which day, until when it takes; what happens if this computer is off. */
export function ReviewLeaves({ review: r, choice }: { review: Review; choice: Chosen }) {
  const w = useWords(composer).review;
  const k = useWords(catalogue);
  const s = useWords(schedule);
  const finish = useFinish();
  const { locale, shop } = useShell();
  const n = (x: number) => count(x, locale);
  const now = Date.now();
  const at = (t: number) => when(t, 'day-time', shop.zone, locale, now);
  const off = !choice.timed ? w.off.now : choice.viaCarrier ? w.off.carrier : w.off.late[choice.late];
  const places = byName(r.leaves.zones, (zones, t) => {
    const named = [...new Set(zones.map((z) => zoneName(z, locale, t)))].sort();
    return named.length > NAMED_ZONES ? w.everywhere : named.join(w.or);
  });
  const shown = places.slice(0, MOST_ZONES);
  // the lines add up to everybody who gets one
  const rest = r.people - r.leaves.never - shown.reduce((sum, z) => sum + z.people, 0);
  return (
    <Panel title={w.zones}>
      <ul className={css.timing}>
        {r.leaving.now > 0 && <li>{(choice.timed ? s.atThatTime : k.timingNow)(r.leaving.now, n(r.leaving.now))}</li>}
        {r.leaving.later > 0 && r.leaving.firstAt !== null && (
          <li>{k.timingLater(r.leaving.later, n(r.leaving.later), at(r.leaving.firstAt))}</li>
        )}
        {r.leaving.needReason > 0 && <li>{k.timingSome(r.leaving.needReason, n(r.leaving.needReason))}</li>}
        {r.leaves.never > 0 && <li>{w.never(r.leaves.never, n(r.leaves.never))}</li>}
        <li className={css.quiet}>{k.lasts(duration(r.lasts, locale))}</li>
        {r.finish && <li className={css.quiet}>{finish(r.finish)}</li>}
      </ul>
      {places.length > 1 && (
        <ul className={css.timing}>
          {shown.map((z) => (
            <li key={z.name}>
              <strong>{z.name}</strong>: {w.zone(z.people, n(z.people), at(z.from), at(z.to))}
            </li>
          ))}
          {rest > 0 && (
            <li>
              <strong>{w.elsewhere}</strong>: {w.others(rest, n(rest))}
            </li>
          )}
        </ul>
      )}
      {r.leaves.days.length > 1 && (
        <ul className={css.timing}>
          {r.leaves.days.map((d) => (
            <li key={d.day} className={css.quiet}>
              {w.days(d.people, n(d.people), dayText(d.day, locale, now))}
            </li>
          ))}
        </ul>
      )}
      <p className={css.under}>{off}</p>
    </Panel>
  );
}

interface Place {
  name: string;
  people: number;
  from: number;
  to: number;
}

/** Places that are called alike are one line, most people first. */
function byName(zones: Review['leaves']['zones'], nameOf: (zones: readonly string[], at: number) => string): Place[] {
  const places = new Map<string, Place>();
  for (const z of zones) {
    const name = nameOf(z.zones, z.from);
    const known = places.get(name);
    if (!known) places.set(name, { name, people: z.people, from: z.from, to: z.to });
    else {
      known.people += z.people;
      known.from = Math.min(known.from, z.from);
      known.to = Math.max(known.to, z.to);
    }
  }
  return [...places.values()].sort((a, b) => b.people - a.people);
}
