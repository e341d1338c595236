import { call, type Out, useCommand, usePages } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { counterTasks } from '@renderer/strings/counter-tasks';
import type { InboxWords } from '@renderer/strings/inbox';
import { Chip, type ChipTone, type Column, DataTable, Dialog, EmptyState, ErrorNote, toast, When } from '@renderer/ui';
import { phone as phoneText } from '@renderer/ui/format';

type Task = Out<'counter-tasks/list'>['rows'][number];
const TOPICS = ['inbox', 'customers'] as const;
const TONES: Readonly<Record<Task['state'], ChipTone>> = { open: 'info', done: 'good', dropped: 'neutral' };

/** Every task born from replies and what became of it; open ones first. */
export function TasksDialog({ words: w, onClose }: { words: InboxWords; onClose: () => void }) {
  const c = useWords(counterTasks, 'en');
  const reopen = useCommand('counter-tasks/reopen');
  const pages = usePages<Task>('counter-tasks', (page) => call('counter-tasks/list', page), TOPICS);
  const who = (t: Task) => `${t.firstName} ${t.lastName}`.trim() || (t.address ? phoneText(t.address) : c.somebody);
  const became = (t: Task) => (t.outcome === null ? w.task.open : c.outcome[t.outcome]);
  const columns: Column<Task>[] = [
    { key: 'who', title: w.task.columns.who, width: '160px', render: who, text: who },
    { key: 'what', title: w.task.columns.what, render: (t) => `${c.kind[t.kind]}: ${t.words || t.said}`, text: (t) => t.words },
    { key: 'asked', title: w.task.columns.asked, width: '176px', render: (t) => <When at={t.createdAt} near /> },
    {
      key: 'state',
      title: w.task.columns.state,
      width: '150px',
      render: (t) => (
        <Chip tone={TONES[t.state]} dot>
          {became(t)}
        </Chip>
      ),
      text: became,
    },
    { key: 'by', title: w.task.columns.by, width: '110px', render: (t) => t.doneBy ?? '', text: (t) => t.doneBy ?? '' },
  ];
  const again = async (t: Task) => {
    if (await reopen.run({ id: t.id })) toast({ title: w.task.reopened, tone: 'good' });
  };
  return (
    <Dialog open onClose={onClose} title={w.task.all} width={920}>
      <ErrorNote error={reopen.error} />
      <DataTable
        label={w.task.all}
        columns={columns}
        pages={pages}
        rowKey={(t) => t.id}
        height={420}
        quiet={(t) => t.state === 'dropped'}
        onOpen={(t) => {
          if (t.address === null) return;
          onClose();
          go({ screen: 'replies', phone: t.address });
        }}
        menu={(t) => (t.state === 'open' ? [] : [{ label: w.task.reopen, onClick: () => void again(t) }])}
        empty={
          <EmptyState compact title={w.task.none}>
            {w.task.noneBody}
          </EmptyState>
        }
      />
    </Dialog>
  );
}
