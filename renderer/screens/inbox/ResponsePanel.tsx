import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { inbox, sayMinutes } from '@renderer/strings/inbox';
import { Loaded, Panel } from '@renderer/ui';
import { phone as phoneText } from '@renderer/ui/format';
import css from './leaving.module.css';

/** How quickly messages that needed a person were answered, and who waits longest. */
export function ResponsePanel() {
  const w = useWords(inbox).response;
  const query = useQuery('inbox/response', {}, { topics: ['inbox', 'settings'] });
  return (
    <Panel title={w.title} hint={query.data && w.hint(query.data.days)}>
      <Loaded query={query} lines={3}>
        {(d) => (
          <div className={css.response}>
            <p className={css.finding}>{d.medianMinutes === null ? w.few : w.median(sayMinutes(d.medianMinutes, w))}</p>
            {d.withinADay.n > 0 && <p>{w.day(d.withinADay.x, d.withinADay.n)}.</p>}
            {d.longest.length === 0 ? (
              <p className={css.quiet}>{w.nobody}</p>
            ) : (
              <>
                <h3>{w.longest}</h3>
                <ul>
                  {d.longest.map((l) => (
                    <li key={l.phone}>
                      <span>
                        {l.name || phoneText(l.phone)} <span className={css.quiet}>{w.waited(sayMinutes(l.minutes, w))}</span>
                      </span>
                      <Button
                        size="xs"
                        variant="default"
                        className="rg-no-print"
                        aria-label={`${w.open}: ${l.name || phoneText(l.phone)}`}
                        onClick={() => go({ screen: 'replies', phone: l.phone })}
                      >
                        {w.open}
                      </Button>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
