import type { WordingCheck } from '@domain/consent/wording-elements';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import css from './wording.module.css';

/** How long the text is, what makes it dear, and what is written wrongly; told while it is typed. */
export function WordingTroubles({ check }: { check: WordingCheck }) {
  const w = useWords(words).wording;
  const { count } = check;
  const said: { text: string; bad: boolean }[] = [];
  if (check.unknown.length > 0) said.push({ text: w.unknown(check.unknown.map((u) => `{${u}}`).join(', ')), bad: true });
  if (check.tooLong) said.push({ text: w.tooLong, bad: true });
  if (count) {
    said.push({ text: w.segments(count.segments, count.units), bad: false });
    if (count.breaks.length > 0) said.push({ text: w.unicode(count.breaks.join(' ')), bad: true });
    else if (count.with20 > 1) said.push({ text: w.with20, bad: true });
    else if (count.segments > 1) said.push({ text: w.longName, bad: false });
  }
  if (check.changes.length > 0) said.push({ text: w.changed(check.changes.map((c) => `${c.from} → ${c.to}`).join(', ')), bad: false });
  return (
    <div role="status">
      <ul className={css.troubles}>
        {said.map((s) => (
          <li key={s.text} data-bad={s.bad || undefined}>
            {s.text}
          </li>
        ))}
      </ul>
    </div>
  );
}
