import { countSegments, isGsm, toGsmFriendly } from '@domain/campaigns/sms-text';
import { MERGE_FIELDS } from '@domain/campaigns/template';
import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { Note } from '@renderer/ui';
import { useRef } from 'react';
import css from './campaigns.module.css';

interface Props {
  body: string;
  onChange: (body: string) => void;
  hasOffer: boolean;
  /** What the carrier would count for the longest text anybody gets; null until people are known. */
  live: { segments: number; units: number; encoding: 'GSM-7' | 'UCS-2' } | null;
  unknownField: string | null;
  /** Nothing is written plainly for the carriers. */
  keepTyped?: boolean;
}

/** Where the text is written: fields to put in, what it costs in parts, and the characters that make it dear. */
export function MessageBox({ body, onChange, hasOffer, live, unknownField, keepTyped = false }: Props) {
  const w = useWords(catalogue);
  // without a page that tells who opened it, nothing speaks of links
  const links = (useQuery('taps/source', {}).data ?? null) !== null;
  const box = useRef<HTMLTextAreaElement>(null);
  const insert = (put: string) => {
    const el = box.current;
    const from = el?.selectionStart ?? body.length;
    const to = el?.selectionEnd ?? body.length;
    onChange(body.slice(0, from) + put + body.slice(to));
    requestAnimationFrame(() => {
      el?.focus();
      el?.setSelectionRange(from + put.length, from + put.length);
    });
  };
  const count = live ?? countSegments(keepTyped ? body : toGsmFriendly(body).text);
  return (
    <div className={css.message}>
      <fieldset className={css.inserts}>
        <legend>{w.what.insert}</legend>
        {MERGE_FIELDS.filter((f) => (f === 'link' ? links : hasOffer || (f !== 'code' && f !== 'ends'))).map((f) => (
          <Button key={f} size="compact-sm" variant="default" title={w.fields[f].hint} onClick={() => insert(w.fields[f].insert)}>
            {w.fields[f].label}
          </Button>
        ))}
      </fieldset>
      <Textarea
        ref={box}
        label={w.what.label}
        placeholder={w.what.placeholder}
        value={body}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={2000}
        spellCheck
        onChange={(e) => onChange(e.currentTarget.value)}
        error={unknownField === null ? undefined : w.what.unknownField(unknownField)}
      />
      {body.trim() !== '' && (
        <p className={css.meter} aria-live="polite">
          <span>{live ? w.what.upTo(count.segments) : w.what.parts(count.segments)}</span>
          <span>{w.what.characters(String(count.units))}</span>
        </p>
      )}
      <Expensive body={body} onChange={onChange} />
    </div>
  );
}

/** The characters that force the dear alphabet, by name, and one click to be rid of them. */
function Expensive({ body, onChange }: { body: string; onChange: (body: string) => void }) {
  const w = useWords(catalogue);
  const said = toGsmFriendly(body).text; // what would leave: look-alikes are replaced anyway
  const now = countSegments(said);
  if (now.unicode.length === 0) return null;
  const folded = toGsmFriendly(body, { foldAccents: true }).text;
  const left = countSegments(folded).unicode;
  const plain = [...folded].filter((c) => isGsm(c)).join('');
  const cheap = countSegments(plain).segments;
  const list = (chars: readonly string[]) =>
    chars
      .slice(0, 4)
      .map((c) => `“${c}”`)
      .join(', ');
  return (
    <Note
      tone="warn"
      action={
        <Button size="xs" variant="default" onClick={() => onChange(plain.replace(/ {2,}/g, ' ').replace(/ +([!?.,;:])/g, '$1'))}>
          {left.length > 0 ? w.what.repairDrop(list(left)) : w.what.repair}
        </Button>
      }
    >
      {now.segments > cheap
        ? w.what.expensive(list(now.unicode), w.what.parts(now.segments), w.what.parts(cheap), now.unicode.length > 1)
        : w.what.expensiveSame(list(now.unicode))}
    </Note>
  );
}
