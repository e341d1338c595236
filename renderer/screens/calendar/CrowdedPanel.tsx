import { Button } from '@mantine/core';
import { Panel } from '@renderer/ui';
import { useState } from 'react';
import css from './calendar.module.css';
import type { Ahead, Say } from './say';

type Clash = Ahead['clashes'][number];
const SHOWN = 5;

/** Whose texts are in each other's way: who will be left out of what, and why. */
export function CrowdedPanel({ ahead, say, onWho }: { ahead: Ahead; say: Say; onWho: (clash: Clash) => void }) {
  const { w } = say;
  const [all, setAll] = useState(false);
  const { clashes, crowded } = ahead;
  const why = (c: Clash): string => {
    if (c.reason === 'month-used') return c.because ? w.clash.monthBy(say.name(c.because), say.day(c.because.day)) : w.clash.month;
    if (c.because && c.severalDays) return w.clash.tooNear(say.name(c.because));
    return c.because ? w.clash.because(say.name(c.because), say.day(c.because.day)) : w.clash.left;
  };
  return (
    <Panel
      title={w.crowdedTitle(crowded, say.n(crowded), ahead.spacingDays)}
      hint={crowded === 0 ? undefined : w.crowdedHint(ahead.spacingDays, ahead.promise)}
    >
      {crowded === 0 ? (
        <p className={css.quiet}>{w.crowdedNone(ahead.spacingDays)}</p>
      ) : (
        <>
          <ul className={css.lines}>
            {clashes.slice(0, all ? clashes.length : SHOWN).map((c) => (
              <li key={JSON.stringify(c)}>
                <span className={css.grow}>
                  <span>
                    {(c.later ? w.clash.later : w.clash.near)(
                      c.people,
                      say.n(c.people),
                      say.name(c.source),
                      say.day(c.source.day),
                      c.until === c.source.day ? '' : say.day(c.until),
                    )}
                  </span>
                  <span className={css.quiet}>{why(c)}</span>
                </span>
                <Button size="xs" variant="subtle" onClick={() => onWho(c)}>
                  {w.who}
                </Button>
              </li>
            ))}
          </ul>
          {!all && clashes.length > SHOWN && (
            <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
              {w.showAll(say.n(clashes.length))}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}
