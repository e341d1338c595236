import type { CampaignId } from '@domain/kernel';
import { useShell } from '@renderer/api';
import { minuteWords } from '@renderer/screens/offers/say';
import { Count } from '@renderer/ui';
import type { Place } from './LadderPath';
import css from './ladder.module.css';
import { type Ladder, ORDER } from './model';
import { useLadderWords } from './useLadderWords';

const COLUMNS = ['texted', 'delivered', 'waiting', 'nothing', 'replied', 'came', 'redeemed', 'notDelivered', 'leftOut', 'done'] as const;

function figureOf(p: Place, c: (typeof COLUMNS)[number]): number {
  const here = (s: string) => p.here.find((h) => h.standing === s)?.count ?? 0;
  const sum = (xs: readonly { count: number }[]) => xs.reduce((n, x) => n + x.count, 0);
  switch (c) {
    case 'texted':
      return p.texts.texts;
    case 'delivered':
      return p.texts.delivered;
    case 'waiting':
      return p.texts.open;
    case 'notDelivered':
      // of the texts: whoever moved on from here because of it is counted too
      return p.texts.notDelivered;
    case 'leftOut':
      return sum(p.leftOut);
    case 'done':
      return sum(p.ended);
    default:
      return here(c);
  }
}

/** A table that scrolls must be reachable by keyboard. */
const SCROLLS = { tabIndex: 0 };

/** The same path in rows: the numbers beside one another. */
export function PathTable({ path, places }: { path: Ladder; places: readonly Place[] }) {
  const w = useLadderWords();
  const { locale } = useShell();
  const k = w.columns;
  const rows: { id: CampaignId; depth: number; name: string; when: string }[] = [
    { id: path.campaignId, depth: 0, name: w.first, when: '' },
  ];
  const walk = (parentId: CampaignId | null, depth: number) => {
    const steps = path.steps.filter((s) => s.parentId === parentId).sort((a, b) => ORDER.indexOf(a.reaction) - ORDER.indexOf(b.reaction));
    for (const s of steps) {
      rows.push({
        id: s.id,
        depth,
        name: s.name,
        when: `${w.reaction[s.reaction]} · ${w.wait(s.reaction, s.afterDays)}, ${w.at(minuteWords(s.atMinute, locale))}`,
      });
      walk(s.id, depth + 1);
    }
  };
  walk(null, 1);
  return (
    <section className={css.scroll} aria-label={w.tableLabel} {...SCROLLS}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{k.step}</th>
            {COLUMNS.map((c) => (
              <th key={c} scope="col">
                {k[c]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => {
            const p = places.find((x) => x.id === r.id);
            return (
              <tr key={r.id}>
                <th scope="row" style={{ paddingLeft: 10 + r.depth * 16 }}>
                  {r.name}
                  {r.when !== '' && <span className={css.when}>{r.when}</span>}
                </th>
                {COLUMNS.map((c) => (
                  <td key={c}>{p && <Count n={figureOf(p, c)} />}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
