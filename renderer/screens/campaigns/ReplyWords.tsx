import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { call, type Out, toApiError, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { replyWords as catalogue } from '@renderer/strings/reply-words';
import { ErrorNote, FieldRow, NumberField, Panel, SelectField, TextAreaField, TextField } from '@renderer/ui';
import { useEffect, useRef, useState } from 'react';
import css from './reply-words.module.css';

type Shown = Out<'inbox/reply-words'>[number];
type Word = Omit<Shown, 'says'>;

const KINDS = ['hold', 'question', 'call-back', 'other'] as const;
/** A row is its place. */
const SLOTS = ['first', 'second', 'third'] as const;
const MOST = SLOTS.length;
const CALM_MS = 500;
const bare = (w: Shown): Word => ({ word: w.word, means: w.means, answerEn: w.answerEn, answerEs: w.answerEs, holdDays: w.holdDays });

interface Props {
  campaignId: CampaignId | null;
  /** The campaign's id once it exists. */
  flush: () => Promise<CampaignId | null>;
  body: string;
  onBody: (body: string) => void;
}

/** "Reply HOLD": words a campaign's people can answer with, what each does, and what they read back. Saves itself. */
export function ReplyWords({ campaignId, flush, body, onBody }: Props) {
  const w = useWords(catalogue);
  const [made, setId] = useState<CampaignId | null>(null);
  const id = made ?? campaignId;
  const stored = useQuery(
    'inbox/reply-words',
    { campaignId: id ?? (1 as CampaignId) },
    { enabled: id !== null, topics: ['campaigns', 'settings'] },
  );
  const [words, setWords] = useState<readonly Word[] | null>(null);
  const [own, setOwn] = useState(false);
  const [error, setError] = useState<ReturnType<typeof toApiError>>();
  const latest = useRef<readonly Word[] | null>(null);
  latest.current = words;
  const rows = words ?? (stored.data ?? []).map(bare);

  const save = useRef(async (now: readonly Word[]) => {
    const target = await flush();
    if (target === null) return;
    setId(target);
    try {
      await call('inbox/save-reply-words', { campaignId: target, words: now.filter((x) => x.word.trim() !== '') as Word[] });
      setError(undefined);
    } catch (e) {
      setError(toApiError(e));
    }
  });
  useEffect(() => {
    if (words === null) return;
    const t = setTimeout(() => void save.current(words), CALM_MS);
    return () => clearTimeout(t);
  }, [words]);

  const set = (i: number, part: Partial<Word>) => setWords(rows.map((x, at) => (at === i ? { ...x, ...part } : x)));
  const why = error?.code === 'input.invalid' ? String(error.params['why'] ?? '') : '';
  const wrong = why in w.bad ? String(error?.params['field'] ?? '') : null;
  return (
    <Panel title={w.title} hint={w.hint}>
      {error && wrong === null && <ErrorNote error={error} />}
      <div className={css.words}>
        {rows.map((x, i) => {
          const said = x.word.trim().toUpperCase();
          const says = stored.data?.find((s) => s.word === x.word.trim().toLowerCase())?.says.en;
          return (
            <div key={SLOTS[i]} className={css.word}>
              <FieldRow widths="140px minmax(0, 1fr) 130px auto">
                <TextField
                  label={w.word}
                  value={x.word}
                  maxLength={20}
                  onChange={(word) => set(i, { word })}
                  error={wrong !== null && wrong === x.word ? w.bad[why] : undefined}
                />
                <SelectField
                  label={w.means}
                  value={x.means}
                  onChange={(means) => set(i, { means })}
                  options={KINDS.map((k) => ({ value: k, label: w.kinds[k] }))}
                />
                {x.means === 'hold' ? (
                  <NumberField
                    label={w.days}
                    value={x.holdDays}
                    min={1}
                    max={14}
                    width={130}
                    unit={w.dayCount(x.holdDays).replace(/^\d+ /, '')}
                    onChange={(n) => set(i, { holdDays: Math.min(14, Math.max(1, n ?? 1)) })}
                  />
                ) : (
                  <span />
                )}
                <Button
                  variant="subtle"
                  color="gray"
                  className={css.remove ?? ''}
                  onClick={() => setWords(rows.filter((_, at) => at !== i))}
                  aria-label={`${w.remove}: ${said}`}
                >
                  {w.remove}
                </Button>
              </FieldRow>
              {own && (
                <>
                  <TextAreaField
                    label={w.answerEn}
                    hint={w.answerHint}
                    value={x.answerEn}
                    minRows={1}
                    maxLength={300}
                    onChange={(answerEn) => set(i, { answerEn })}
                  />
                  <TextAreaField
                    label={w.answerEs}
                    value={x.answerEs}
                    minRows={1}
                    maxLength={300}
                    onChange={(answerEs) => set(i, { answerEs })}
                  />
                </>
              )}
              {said !== '' && says !== undefined && (
                <div className={css.talk}>
                  <p className={css.they}>
                    <span className="rg-hidden">{w.they}: </span>
                    {said}
                  </p>
                  <p className={css.we}>
                    <span className="rg-hidden">{w.we}: </span>
                    {says}
                  </p>
                </div>
              )}
              {said !== '' && !new RegExp(`\\b${said.replace(/\W/g, '')}\\b`, 'i').test(body) && (
                <div className={css.put}>
                  <span className={css.quiet}>{w.missing(said)}</span>
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => onBody(`${body.trimEnd()} ${(x.means === 'hold' ? w.text.hold : w.text.other)(said)}`.trimStart())}
                  >
                    {w.put(said)}
                  </Button>
                </div>
              )}
            </div>
          );
        })}
        <div className={css.put}>
          {rows.length < MOST && (
            <Button
              size="xs"
              variant="default"
              onClick={() =>
                setWords([...rows, { word: rows.length === 0 ? 'hold' : '', means: 'hold', answerEn: '', answerEs: '', holdDays: 3 }])
              }
            >
              {rows.length === 0 ? w.first : w.add}
            </Button>
          )}
          {rows.length > 0 && !own && (
            <Button size="xs" variant="subtle" color="gray" onClick={() => setOwn(true)}>
              {w.own}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
