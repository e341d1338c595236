import { AFTER_VISIT_DAYS, type LadderReaction, leastDays } from '@domain/campaigns/ladder';
import type { OfferId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { replyWords } from '@renderer/strings/reply-words';
import { FieldRow, FieldStack, NumberField, SelectField, SwitchField, TextAreaField, TextField } from '@renderer/ui';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { MessageBox } from '../MessageBox';
import css from './ladder.module.css';
import { type EditStep, saysWord, timeText } from './model';
import { useLadderWords } from './useLadderWords';

const MEANS = ['hold', 'question', 'call-back', 'other'] as const;

interface Props {
  step: EditStep;
  /** Reactions this step could follow instead. */
  free: readonly LadderReaction[];
  spacingDays: number;
  badWord: string | null;
  bad: string | null;
  onChange: (patch: Partial<EditStep>) => void;
}

/** Everything about one step: for whom, when, what it says and offers, what they can answer. */
export function StepFields({ step: s, free, spacingDays, bad, badWord, onChange }: Props) {
  const w = useLadderWords();
  const r = useWords(replyWords);
  const { data } = useQuery('offers/list', {});
  const live = (data ?? []).filter((o) => !o.archived || o.id === s.offerId);
  const least = leastDays(s.reaction, spacingDays);
  const word = s.words[0];
  const [spanish, setSpanish] = useState(s.bodyEs !== '');
  const hint =
    s.reaction === 'nothing'
      ? w.least.nothing(least)
      : s.reaction === 'came' || s.reaction === 'redeemed'
        ? w.least.visit(AFTER_VISIT_DAYS)
        : w.least.other;
  const setWord = (patch: Partial<NonNullable<typeof word>>) => {
    const next = { word: '', means: 'call-back' as const, answerEn: '', answerEs: '', holdDays: 3, ...word, ...patch };
    onChange({ words: next.word.trim() === '' ? [] : [next, ...s.words.slice(1)] });
  };
  const said = word?.word.trim().toUpperCase() ?? '';
  return (
    <FieldStack>
      <FieldRow widths="minmax(180px, 1.4fr) 120px 130px">
        <SelectField
          label={w.fields.reaction}
          value={s.reaction}
          options={[s.reaction, ...free].map((value) => ({ value, label: w.reaction[value] }))}
          onChange={(reaction) => onChange({ reaction, afterDays: Math.max(s.afterDays, leastDays(reaction, spacingDays)) })}
          error={bad === null ? undefined : (w.bad[bad] ?? w.bad['days'])}
        />
        <NumberField
          label={w.fields.after}
          value={s.afterDays}
          min={least}
          max={60}
          width={120}
          unit={w.fields.afterUnit(s.afterDays)}
          onChange={(n) => n !== null && onChange({ afterDays: n })}
        />
        <TextField
          label={w.fields.time}
          type="time"
          value={timeText(s.atMinute)}
          onChange={(t) => {
            const [h, m] = t.split(':').map(Number);
            if (h !== undefined && m !== undefined && Number.isInteger(h) && Number.isInteger(m)) onChange({ atMinute: h * 60 + m });
          }}
        />
      </FieldRow>
      <p className={css.quiet}>{hint}</p>
      <TextField label={w.fields.name} hint={w.fields.nameHint} value={s.name} maxLength={80} onChange={(name) => onChange({ name })} />
      <SelectField
        label={w.fields.offer}
        value={s.offerId === null ? '' : String(s.offerId)}
        onChange={(v) => onChange({ offerId: v === '' ? null : (Number(v) as OfferId) })}
        options={[{ value: '', label: w.fields.noOffer }, ...live.map((o) => ({ value: String(o.id), label: o.name }))]}
      />
      <MessageBox body={s.body} onChange={(body) => onChange({ body })} hasOffer={s.offerId !== null} live={null} unknownField={null} />
      {spanish ? (
        <TextAreaField
          label={w.fields.textEs}
          hint={w.fields.textEsHint}
          value={s.bodyEs}
          maxLength={2000}
          minRows={3}
          onChange={(bodyEs) => onChange({ bodyEs })}
        />
      ) : (
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
            onClick={() => {
              setSpanish(true);
              onChange({ bodyEs: s.body });
            }}
          >
            {w.fields.addEs}
          </Button>
        </div>
      )}
      <FieldRow widths="minmax(140px, 1fr) minmax(160px, 1fr)">
        <TextField
          label={w.fields.word}
          value={word?.word ?? ''}
          maxLength={20}
          onChange={(t) => setWord({ word: t })}
          error={badWord !== null && badWord === (word?.word ?? '') ? r.bad['shape'] : undefined}
        />
        <SelectField
          label={w.fields.means}
          value={word?.means ?? 'call-back'}
          disabled={word === undefined}
          onChange={(means) => setWord({ means })}
          options={MEANS.map((value) => ({ value, label: r.kinds[value] }))}
        />
      </FieldRow>
      {word === undefined ? (
        <p className={css.quiet}>{w.fields.noWord}</p>
      ) : (
        !saysWord(s.body, said) && (
          <div>
            <Button
              size="xs"
              variant="default"
              onClick={() => onChange({ body: `${s.body.trimEnd()} ${w.fields.said(said)}`.trimStart() })}
            >
              {w.fields.put(said)}
            </Button>
          </div>
        )
      )}
      <SwitchField label={w.fields.stop} checked={s.addStopLine} onChange={(addStopLine) => onChange({ addStopLine })} />
    </FieldStack>
  );
}
