import { useWords } from '@renderer/strings';
import { outbox as words } from '@renderer/strings/outbox';
import { Note } from '@renderer/ui';
import { pauseWords } from './sending-words';

/** Why sending is paused, in plain words. */
export function PauseNote({ reason }: { reason: string }) {
  const w = useWords(words);
  return (
    <Note tone="warn" title={w.paused} role="status">
      <p>{pauseWords(w, reason)}</p>
    </Note>
  );
}
