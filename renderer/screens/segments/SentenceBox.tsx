import type { Rule } from '@domain/segments/rule';
import { Button, TextInput } from '@mantine/core';
import { call, type Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { ErrorNote } from '@renderer/ui';
import { useState } from 'react';
import css from './segments.module.css';

type Read = Out<'segments/read'>;

/** A rule said in a sentence: "regulars who bought shoes but never a suit". What is not understood is named; nothing is guessed. */
export function SentenceBox({ onRule }: { onRule: (rule: Rule) => void }) {
  const w = useWords(catalogue).sentence;
  const [text, setText] = useState('');
  const [said, setSaid] = useState<Read | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const read = async (words: string) => {
    setBusy(true);
    setError(undefined);
    try {
      const r = await call('segments/read', { text: words });
      setSaid(r);
      if (r.ok) onRule(r.rule);
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  const instead = (part: string, name: string) => {
    const words = text.replace(part, `“${name}”`);
    setText(words);
    void read(words);
  };
  return (
    <div className={css.sentenceBox}>
      <div className={css.sentenceLine}>
        <TextInput
          label={w.label}
          placeholder={w.placeholder}
          value={text}
          maxLength={600}
          autoComplete="off"
          onChange={(e) => {
            setText(e.currentTarget.value);
            setSaid(null);
          }}
          onKeyDown={(e) => {
            if (e.key !== 'Enter') return;
            e.preventDefault(); // not the form's
            void read(text);
          }}
        />
        <Button variant="default" loading={busy} disabled={text.trim() === ''} onClick={() => void read(text)}>
          {w.read}
        </Button>
      </div>
      <div aria-live="polite">
        {error !== undefined && <ErrorNote error={error} />}
        {said?.ok === true && <p className={css.muted}>{w.understood}</p>}
        {said?.ok === false && (
          <div className={css.notUnderstood}>
            <p>{w.trouble[said.why](said.part)}</p>
            {said.suggestions.length > 0 ? (
              <p className={css.suggestions}>
                <span>{w.didYouMean}</span>
                {said.suggestions.map((s) => (
                  <Button key={s} size="xs" variant="default" onClick={() => instead(said.part, s)}>
                    {s}
                  </Button>
                ))}
              </p>
            ) : (
              <p className={css.muted}>{w.help}</p>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
