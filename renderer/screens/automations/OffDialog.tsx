import type { AutomationId } from '@domain/kernel';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { ConfirmDialog, ErrorNote, toast } from '@renderer/ui';
import { useDaySay } from './say';

/** It says nothing more; what waits is kept back, and how much that was is said. */
export function OffDialog({ id, name, onClose }: { id: AutomationId; name: string; onClose: () => void }) {
  const w = useWords(catalogue).off;
  const say = useDaySay();
  const off = useCommand('automations/switch-off');
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={w.title(name)}
      confirm={w.confirm}
      busy={off.busy}
      onConfirm={async () => {
        const done = await off.run({ id });
        if (!done) return;
        toast({ title: w.done(name), ...(done.keptBack > 0 && { body: w.kept(say.n(done.keptBack), done.keptBack === 1) }) });
        onClose();
      }}
    >
      <p>{w.body}</p>
      <ErrorNote error={off.error} />
    </ConfirmDialog>
  );
}
