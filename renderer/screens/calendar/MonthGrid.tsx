import { type DragEvent, type KeyboardEvent, useState } from 'react';
import css from './calendar.module.css';
import { type DayAhead, type Item, keyOf, lead, type Say } from './say';

const SHOWN = 3;
/** Any week, Sunday first. */
const WEEK = [22, 23, 24, 25, 26, 27, 28].map((d) => `2026-11-${d}`);
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

interface Held {
  item: Item;
  from: number;
  to: number;
}

/** Five weeks of days; planned campaigns can be dragged to another one, or taken there with the arrow keys. */
export function MonthGrid(p: {
  days: readonly DayAhead[];
  chosen: number;
  say: Say;
  onDay: (day: number) => void;
  onOpen: (item: Item) => void;
  onMove: (item: Item, day: number) => void;
}) {
  const { days, say } = p;
  const { w } = say;
  const [held, setHeld] = useState<Held | null>(null);
  const [dragged, setDragged] = useState<{ item: Item; from: number } | null>(null);
  const [over, setOver] = useState<number | null>(null);
  /** Why what somebody tried to take stays where it is. */
  const [refused, setRefused] = useState<string | null>(null);
  const first = days[0];
  if (!first) return null;
  const said = held && held.to !== held.from ? w.picked(say.name(held.item), say.day(days[held.to]?.day ?? '')) : (refused ?? '');
  const target = held?.to ?? (dragged ? over : null);

  const onKey = (e: KeyboardEvent, item: Item, from: number) => {
    const step = STEPS[e.key];
    if (step !== undefined) {
      e.preventDefault();
      setRefused(say.stays(item));
      if (item.fixed !== null) return;
      const at = held && held.item === item ? held.to : from;
      setHeld({ item, from, to: Math.min(days.length - 1, Math.max(0, at + step)) });
    } else if (e.key === 'Escape' && held) {
      e.preventDefault();
      e.stopPropagation();
      setHeld(null);
    } else if (e.key === 'Enter' && held && held.to !== from) {
      e.preventDefault();
      setHeld(null);
      p.onMove(item, held.to);
    }
  };
  const drop = (e: DragEvent, day: number) => {
    e.preventDefault();
    setOver(null);
    if (dragged && dragged.from !== day) p.onMove(dragged.item, day);
    setDragged(null);
  };
  const chip = (item: Item, day: number) => {
    const name = say.name(item);
    const amount = item.atMost ? w.atMost(say.n(item.people)) : say.n(item.people - item.leftOut);
    return (
      <li key={keyOf(item, String(day))}>
        <button
          type="button"
          className={css.chip}
          data-kind={item.kind}
          data-held={held?.item === item || dragged?.item === item || undefined}
          data-nobody={(item.people > 0 && item.people === item.leftOut) || undefined}
          data-fixed={item.fixed !== null || undefined}
          draggable
          title={`${say.kind(item)}: ${name}`}
          {...(item.fixed === null && { 'aria-describedby': 'calendar-keys' })}
          onDragStart={(e) => {
            setRefused(say.stays(item));
            if (item.fixed !== null) {
              e.preventDefault();
              return;
            }
            e.dataTransfer.effectAllowed = 'move';
            e.dataTransfer.setData('text/plain', name);
            setDragged({ item, from: day });
          }}
          onDragEnd={() => {
            setDragged(null);
            setOver(null);
          }}
          onKeyDown={(e) => onKey(e, item, day)}
          onBlur={() => {
            setHeld(null);
            setRefused(null);
          }}
          onClick={() => p.onOpen(item)}
        >
          <span>{name}</span>
          {item.people > 0 && <b>{amount}</b>}
        </button>
      </li>
    );
  };
  return (
    <>
      <div className={css.said}>
        <p role="status" aria-live="polite">
          {said}
        </p>
        {said === '' && days.some((d) => d.items.some((i) => i.fixed === null)) && <p id="calendar-keys">{w.keys}</p>}
      </div>
      <div className={css.weekdays} aria-hidden>
        {WEEK.map((day) => (
          <span key={day}>{say.weekday(day)}</span>
        ))}
      </div>
      <ol className={css.grid} aria-label={w.label}>
        {days.map((d, i) => (
          <li
            key={d.day}
            className={css.cell}
            style={i === 0 ? { gridColumnStart: lead(d.day) + 1 } : undefined}
            data-chosen={p.chosen === i || undefined}
            data-target={target === i || undefined}
            data-law={d.law}
            onDragOver={(e) => {
              if (!dragged) return;
              e.preventDefault();
              setOver(i);
            }}
            onDrop={(e) => drop(e, i)}
          >
            <button type="button" className={css.day} aria-pressed={p.chosen === i} onClick={() => p.onDay(i)}>
              <span className={css.number} data-today={i === 0 || undefined} aria-hidden>
                {say.number(d.day)}
                {(i === 0 || d.day.endsWith('-01')) && <small>{say.month(d.day)}</small>}
              </span>
              {(d.holidays[0] ?? d.law !== 'open') && (
                <span className={css.holiday} data-law={d.holidays[0] === undefined || undefined}>
                  {d.holidays[0] ? say.holidays[d.holidays[0]] : w.lawShort[d.law]}
                </span>
              )}
              <span className="rg-hidden">{w.daySays(say.day(d.day), d.people, say.n(d.people))}</span>
            </button>
            <ul className={css.chips}>{d.items.slice(0, d.items.length > SHOWN ? SHOWN - 1 : SHOWN).map((item) => chip(item, i))}</ul>
            {d.items.length > SHOWN && (
              <button type="button" className={css.more} onClick={() => p.onDay(i)}>
                {w.more(d.items.length - SHOWN + 1)}
              </button>
            )}
            {d.people > 0 && (
              <span className={css.sum} aria-hidden>
                <span>{w.people(d.people, say.n(d.people))}</span>
                {d.price > 0 && <span>{say.money(d.price)}</span>}
              </span>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
