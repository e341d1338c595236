import { mayBeJoinWord } from '@domain/kit/join-word';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { Chip, Dialog, ErrorNote, FieldStack, Loaded, Panel, TextField } from '@renderer/ui';
import { useState } from 'react';
import css from './topics.module.css';
import { wordTrouble } from './WordDialog';

type Word = Out<'kit/join-words'>[number];
const stateOf = (x: Word) => (!x.active ? 'off' : x.current ? 'printed' : 'old');

/** Every word that was ever given out: where it stands and whether it still signs people up. */
export function JoinWordsPanel() {
  const w = useWords(words).words;
  const query = useQuery('kit/join-words', {});
  const topics = useQuery('kit/topics', { all: true }).data ?? [];
  const use = useCommand('kit/use-join-word');
  const [adding, setAdding] = useState(false);
  const place = (x: Word) =>
    x.source === 'topic'
      ? `${w.sources.topic}: ${topics.find((t) => t.slug === x.topic)?.name.en ?? x.topic}`
      : x.source === 'custom'
        ? x.label
        : w.sources[x.source];
  return (
    <Panel
      title={w.title}
      hint={w.hint}
      action={
        <Button size="xs" variant="default" onClick={() => setAdding(true)}>
          {w.add}
        </Button>
      }
    >
      <Loaded query={query} lines={6}>
        {(all) => (
          <table className={css.words}>
            <thead>
              <tr>
                <th scope="col">{w.columns.word}</th>
                <th scope="col">{w.columns.place}</th>
                <th scope="col">{w.columns.state}</th>
                <th aria-hidden />
              </tr>
            </thead>
            <tbody>
              {all.map((x) => {
                const state = stateOf(x);
                return (
                  <tr key={x.word}>
                    <th scope="row">{x.word}</th>
                    <td>{place(x)}</td>
                    <td>
                      <Chip tone={state === 'printed' ? 'good' : 'neutral'} dot>
                        {w.states[state]}
                      </Chip>
                    </td>
                    <td>
                      {(state !== 'printed' || x.source === 'custom') && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          aria-label={`${x.active ? w.stop : w.start}: ${x.word}`}
                          onClick={() => void use.run({ word: x.word, active: !x.active })}
                        >
                          {x.active ? w.stop : w.start}
                        </Button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Loaded>
      <ErrorNote error={use.error} />
      {adding && <PlaceDialog onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function PlaceDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const save = useCommand('kit/save-join-word');
  const [label, setLabel] = useState('');
  const [word, setWord] = useState('');
  const ok = label.trim() !== '' && mayBeJoinWord(word.trim()) === null;
  const submit = async () => {
    if (ok && (await save.run({ source: 'custom', label: label.trim(), word: word.trim() }))) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.words.add}
      actions={
        <Button onClick={() => void submit()} disabled={!ok} loading={save.busy}>
          {w.words.save}
        </Button>
      }
    >
      <FieldStack onSubmit={() => void submit()}>
        <TextField label={w.words.label} hint={w.words.labelHint} value={label} onChange={setLabel} maxLength={60} autoFocus />
        <TextField
          label={w.word.field}
          value={word}
          onChange={(t) => setWord(t.toUpperCase())}
          maxLength={24}
          spellCheck={false}
          error={wordTrouble(word)}
        />
        <ErrorNote error={save.error} />
      </FieldStack>
    </Dialog>
  );
}
