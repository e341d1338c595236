import { countSegments, type SegmentCount, toGsmFriendly } from '@domain/campaigns/sms-text';
import { STOP_LINE, saysStop } from '@domain/campaigns/template';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { Note } from '@renderer/ui';
import { micros } from '@renderer/ui/format';
import css from './composer.module.css';

interface Props {
  body: string;
  addStopLine: boolean;
  keepTyped: boolean;
  onKeep: (keep: boolean) => void;
  /** What a part costs and how many read it; null until people are known. */
  price: { perSegment: number; currency: string; people: number } | null;
}

const sizeOf = (body: string, addStopLine: boolean, typed: boolean): SegmentCount =>
  countSegments(`${typed ? body : toGsmFriendly(body).text}${addStopLine && !saysStop(body) ? `\n${STOP_LINE.en}` : ''}`);

/** Curly quotes and the like are written plainly so that a text stays cheap: each change by name, and the way back with what it costs. */
export function PlainWriting({ body, addStopLine, keepTyped, onKeep, price }: Props) {
  const w = useWords(composer);
  const c = useWords(catalogue);
  const { locale } = useShell();
  const { changes } = toGsmFriendly(body);
  if (changes.length === 0) return null;
  const dear = sizeOf(body, addStopLine, true);
  const cheap = sizeOf(body, addStopLine, false);
  const more = dear.segments - cheap.segments;
  // odd spaces go too, but nobody misses them
  if (dear.encoding === cheap.encoding && more === 0 && !keepTyped) return null;
  // signs that no plain letter stands for keep the text dear anyway: then plain writing may even be the longer one
  const extra =
    price && more !== 0
      ? micros(Math.ceil((Math.abs(more) * price.people * price.perSegment) / 10_000) * 10_000, price.currency, locale)
      : null;
  const shown = (s: string) => (s.trim() === '' ? w.plain.space : s);
  return (
    <Note
      tone={keepTyped ? 'warn' : 'info'}
      title={keepTyped ? w.plain.keeping : more > 0 ? w.plain.title : w.plain.same}
      action={
        <Button size="xs" variant="default" onClick={() => onKeep(!keepTyped)}>
          {keepTyped ? w.plain.useplain : w.plain.keep}
        </Button>
      }
    >
      <ul className={css.changes}>
        {changes.map((x) => (
          <li key={x.from}>
            {x.to === '' ? (
              w.plain.gone(shown(x.from))
            ) : (
              <>
                <kbd>{shown(x.from)}</kbd> → <kbd>{shown(x.to)}</kbd>
              </>
            )}
            {w.plain.times(x.count)}
          </li>
        ))}
      </ul>
      <p className={css.quiet}>
        {more === 0
          ? w.plain.costsNothing
          : (more > 0 ? w.plain.costs : w.plain.saves)(c.what.parts(dear.segments), c.what.parts(cheap.segments), extra)}
      </p>
    </Note>
  );
}
