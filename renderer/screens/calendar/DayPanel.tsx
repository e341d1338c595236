import { Button } from '@mantine/core';
import { go } from '@renderer/nav';
import { Panel } from '@renderer/ui';
import css from './calendar.module.css';
import { type DayAhead, type Item, keyOf, placeOf, type Say } from './say';

/** One day in full: what leaves, how many people, what it costs, who is left out. */
export function DayPanel(p: { day: DayAhead; say: Say; onWho: (item: Item, leftOut: boolean) => void; onMove: (item: Item) => void }) {
  const { day: d, say } = p;
  const { w } = say;
  return (
    <Panel
      title={w.dayOf(say.day(d.day))}
      hint={[...d.holidays.map((h) => say.holidays[h]), w.law[d.law], d.page && w.page].filter(Boolean).join(' · ') || undefined}
      action={
        <Button size="xs" variant="default" onClick={() => go({ screen: 'campaigns', id: 0 })}>
          {w.planHere}
        </Button>
      }
    >
      {d.items.length === 0 ? (
        <p className={css.quiet}>{w.dayNothing}</p>
      ) : (
        <ul className={css.lines}>
          {d.items.map((item) => (
            <Line key={keyOf(item, d.day)} item={item} say={say} onWho={(out) => p.onWho(item, out)} onMove={() => p.onMove(item)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Line({ item, say, onWho, onMove }: { item: Item; say: Say; onWho: (leftOut: boolean) => void; onMove: () => void }) {
  const { w } = say;
  const place = placeOf(item);
  const left = item.people - item.leftOut;
  const gets = left === 0 ? '' : item.atMost ? w.getsAtMost(item.people, say.n(item.people)) : w.gets(left, say.n(left));
  const kind = [item.name !== '' && say.kind(item), item.fixed !== null && w.staysFor[item.fixed]].filter(Boolean).join(', ');
  const soon = item.from === null || item.from <= Date.now();
  const amount = [
    !soon && (item.at === item.from ? w.at(say.time(item.from ?? 0)) : w.from(say.time(item.from ?? 0))),
    item.texts > 0 && w.texts(item.texts, say.n(item.texts)),
    item.mails > 0 && w.mails(item.mails, say.n(item.mails)),
    item.price > 0 && say.money(item.price),
  ].filter(Boolean);
  return (
    <li>
      <span className={css.mark} data-kind={item.kind} aria-hidden />
      <span className={css.grow}>
        <strong>{say.name(item)}</strong>
        <span className={css.quiet}>{[kind, gets, ...amount].filter(Boolean).join(' · ')}</span>
        {(item.leftOut > 0 || item.later > 0) && (
          <button type="button" className={css.link} onClick={() => onWho(true)}>
            {[item.leftOut > 0 && w.leftOut(item.leftOut, say.n(item.leftOut)), item.later > 0 && w.later(item.later, say.n(item.later))]
              .filter(Boolean)
              .join(', ')}
          </button>
        )}
      </span>
      <span className={css.buttons}>
        {item.people > 0 && item.kind !== 'other' && (
          <Button size="xs" variant="subtle" onClick={() => onWho(false)}>
            {w.who}
          </Button>
        )}
        {item.fixed === null && (
          <Button size="xs" variant="subtle" onClick={onMove}>
            {w.move}
          </Button>
        )}
        {place && (
          <Button size="xs" variant="default" onClick={() => go(place)}>
            {w.open}
          </Button>
        )}
      </span>
    </li>
  );
}
