import { Button } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { outbox as words } from '@renderer/strings/outbox';
import { Note } from '@renderer/ui';
import { pauseRemedy, pauseWords } from './sending-words';

/** Why sending is paused, in plain words, with the way to where it is mended. */
export function PauseNote({ reason }: { reason: string }) {
  const w = useWords(words);
  const remedy = pauseRemedy(w, reason);
  return (
    <Note
      tone="warn"
      title={w.paused}
      role="status"
      action={
        remedy && (
          <Button size="xs" variant="default" onClick={() => go(remedy.place)}>
            {remedy.label}
          </Button>
        )
      }
    >
      <p>{pauseWords(w, reason)}</p>
    </Note>
  );
}
