import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { numbers as catalogue } from '@renderer/strings/numbers';
import { Day, Loaded, Note, Panel } from '@renderer/ui';
import { count, when } from '@renderer/ui/format';
import css from './numbers.module.css';

/** How often the carrier was asked, and what left the account without us: another program, or another copy of this shop. */
export function TrafficPanel() {
  const w = useWords(catalogue).traffic;
  const { shop, locale } = useShell();
  const traffic = useQuery('numbers/traffic', {}, { topics: ['outbox', 'settings'] });
  const n = (x: number) => count(x, locale);
  return (
    <Panel title={w.title}>
      <Loaded query={traffic} lines={4}>
        {(t) => {
          const foreign = t.days.reduce((sum, d) => sum + d.foreign.total, 0);
          const ours = t.days.reduce((sum, d) => sum + d.foreign.ours, 0);
          const today = t.days[0]?.asked ?? 0;
          const busy = t.days.filter((d, i) => i === 0 || d.asked + d.sent + d.foreign.total > 0).slice(0, 7);
          return (
            <>
              {t.lastAlikeAt !== null && (
                <Note tone="danger" title={w.alikeTitle} role="alert">
                  <p>{w.alike(when(t.lastAlikeAt, 'day-time', shop.zone, locale, Date.now()))}</p>
                </Note>
              )}
              <p>
                <strong>{w.asked(n(today), today === 1)}.</strong> <span className={css.quiet}>{w.askedNote}</span>
              </p>
              <p className={css.quiet}>{foreign === 0 ? w.none : w.foreignNote(n(foreign), foreign === 1, n(ours))}</p>
              <table className={css.days}>
                <thead>
                  <tr>
                    <th scope="col">{w.day}</th>
                    <th scope="col">{w.questions}</th>
                    <th scope="col">{w.sent}</th>
                    <th scope="col">{w.foreign}</th>
                  </tr>
                </thead>
                <tbody>
                  {busy.map((d) => (
                    <tr key={d.day}>
                      <td>
                        <Day day={d.day} />
                      </td>
                      <td>{n(d.asked)}</td>
                      <td>{n(d.sent)}</td>
                      <td>{n(d.foreign.total)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
