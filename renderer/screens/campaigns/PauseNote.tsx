import { carrierError } from '@domain/outbox/twilio-errors';
import { useWords } from '@renderer/strings';
import { type OutboxWords, outbox as words } from '@renderer/strings/outbox';
import { Note } from '@renderer/ui';

/** Why sending is paused, from the code the backend stored (main/services/outbox/brake.ts), in plain words. */
export function PauseNote({ reason }: { reason: string }) {
  const w = useWords(words);
  return (
    <Note tone="warn" title={w.paused} role="status">
      <p>{pauseWords(w, reason)}</p>
    </Note>
  );
}

/** `brake:same-error:30006:5/20`, `brake:opt-outs:9/100`, `account:20003`, `spend-limit`, `owner` … */
function pauseWords(w: OutboxWords, reason: string): string {
  const [kind = '', what = '', ...rest] = reason.split(':');
  const [n = '', of = ''] = (rest.at(-1) ?? '').split('/');
  if (kind === 'spend-limit') return w.pause['spend-limit'];
  if (kind === 'owner') return w.pause.owner;
  if (kind === 'restored') return w.pause.restored;
  if (kind === 'account') {
    const e = carrierError(Number(what));
    return w.pause.account(e.title, e.whatToDo);
  }
  if (kind === 'brake' && what === 'same-error') return w.pause['same-error'](carrierError(Number(rest[0])).title, n, of);
  if (kind === 'brake' && what === 'filtered') return w.pause.filtered(n, of);
  if (kind === 'brake' && what === 'opt-outs') return w.pause['opt-outs'](n, of);
  return w.pause.other;
}
