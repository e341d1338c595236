import { mayBeJoinWord, tidyWord } from '@domain/kit/join-word';
import { type Piece, sourceOf } from '@domain/kit/pieces';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { WORD_REFUSED } from '@renderer/strings/kit-refusals';
import { Dialog, ErrorNote, FieldStack, TextField, toast } from '@renderer/ui';
import { useState } from 'react';

/** Why a typed word will not do, in words; undefined while it is fine or still being typed. */
export const wordTrouble = (typed: string): string | undefined => {
  const why = typed.trim() === '' ? null : mayBeJoinWord(typed.trim());
  return why === null || (why === 'too-short' && tidyWord(typed).length < 3) ? undefined : WORD_REFUSED[why];
};

/** Another word for one piece. */
export function WordDialog(props: { piece: Piece; word: string; onClose: () => void; onSaved: () => void }) {
  const w = useWords(words);
  const [typed, setTyped] = useState(props.word);
  const save = useCommand('kit/save-join-word');
  const source = sourceOf(props.piece);
  const ok = mayBeJoinWord(typed.trim()) === null;
  const submit = async () => {
    if (!ok || source === null) return;
    const done = await save.run({ source, word: typed.trim() });
    if (!done) return;
    toast({ title: w.word.saved(done.word), tone: 'good' });
    props.onSaved();
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={w.word.title(w.pieces[props.piece].name)}
      actions={
        <Button onClick={() => void submit()} disabled={!ok} loading={save.busy}>
          {w.word.save}
        </Button>
      }
    >
      <FieldStack onSubmit={() => void submit()}>
        <TextField
          label={w.word.field}
          hint={w.word.hint}
          value={typed}
          onChange={(t) => setTyped(t.toUpperCase())}
          maxLength={24}
          spellCheck={false}
          autoFocus
          error={wordTrouble(typed)}
        />
        <ErrorNote error={save.error} />
      </FieldStack>
    </Dialog>
  );
}
