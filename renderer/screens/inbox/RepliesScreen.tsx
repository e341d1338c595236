import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { inbox as catalogue, sayMinutes } from '@renderer/strings/inbox';
import { shell } from '@renderer/strings/shell';
import { EmptyState, ErrorNote, Loaded, Note, Screen, toast } from '@renderer/ui';
import { whenNear } from '@renderer/ui/format';
import { IconListCheck, IconMessages, IconRefresh, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Conversation, type ConversationHandle } from './Conversation';
import { ParkedReplies } from './ParkedReplies';
import css from './replies.module.css';
import { TasksDialog } from './TasksDialog';
import { TemplatesDialog } from './TemplatesDialog';
import { ThreadList, type ThreadListHandle } from './ThreadList';
import { FILTERS, type Filter, setFilter, setSearch, useReplies } from './useReplies';

/** Conversations with customers; on top what may be a stop and waits for the owner. */
export function RepliesScreen() {
  const w = useWords(catalogue);
  const days = useWords(shell).days;
  const { shop, locale, online } = useShell();
  const { phone, filter, q, head, pages, thread, open } = useReplies();
  const sync = useCommand('inbox/sync');
  const close = useCommand('inbox/close');
  const reopen = useCommand('inbox/reopen');
  const response = useQuery('inbox/response', {}, { topics: ['inbox', 'settings'] });
  const [dialog, setDialog] = useState<'templates' | 'tasks' | null>(null);
  const list = useRef<ThreadListHandle>(null);
  const talk = useRef<ConversationHandle>(null);
  const checkedAt = head.data?.checkedAt ?? null;

  const read = async () => {
    const done = await sync.run({});
    if (done) toast({ title: w.synced(done.taken), tone: done.taken > 0 ? 'good' : 'plain' });
  };
  const done = async (which: string) => {
    const next = list.current?.beside(which, 1) ?? list.current?.beside(which, -1) ?? null;
    if (!(await close.run({ phone: which }))) return;
    toast({ title: w.closed, tone: 'good', action: { label: w.undo, onClick: () => void reopen.run({ phone: which }) } });
    if (next !== null) open(next);
    list.current?.focus();
  };

  const median = response.data?.medianMinutes ?? null;
  const read0 =
    head.data === undefined
      ? ' '
      : checkedAt === null
        ? w.neverChecked
        : w.checked(whenNear(checkedAt, shop.zone, locale, Date.now(), days));
  return (
    <Screen
      fill
      title={w.title}
      subtitle={median === null ? read0 : `${read0} · ${w.response.short(sayMinutes(median, w.response))}`}
      actions={
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconListCheck size={18} stroke={1.75} aria-hidden />}
          onClick={() => setDialog('tasks')}
        >
          {w.task.all}
        </Button>
      }
      primary={
        <Button
          leftSection={<IconRefresh size={18} stroke={1.75} aria-hidden />}
          variant="default"
          loading={sync.busy}
          disabled={!online}
          onClick={() => void read()}
        >
          {w.sync}
        </Button>
      }
    >
      <ErrorNote error={sync.error ?? close.error ?? reopen.error} />
      {!online ? (
        <Note title={w.offline} role="status">
          <p>{w.offlineBody}</p>
        </Note>
      ) : (
        head.data?.lastError &&
        checkedAt !== null &&
        !sync.error && (
          <Note tone="warn" title={w.unreadable} role="status">
            <p>{w.unreadableBody}</p>
          </Note>
        )
      )}
      <Loaded query={head} lines={8}>
        {(inbox) =>
          inbox.total === 0 ? (
            <EmptyState
              icon={<IconMessages size={28} stroke={1.6} />}
              title={w.empty.title}
              action={<Button onClick={() => go({ screen: 'campaigns' })}>{w.emptyAction}</Button>}
            >
              {w.empty.body}
            </EmptyState>
          ) : (
            <div className={css.whole}>
              {inbox.parked.length > 0 && <ParkedReplies parked={inbox.parked} words={w} current={phone} onOpen={open} />}
              <div className={css.split}>
                <section className={css.side} aria-label={w.list}>
                  <div className={css.look}>
                    <TextInput
                      aria-label={w.search}
                      placeholder={w.search}
                      value={q}
                      maxLength={120}
                      autoComplete="off"
                      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
                      onChange={(e) => setSearch(e.currentTarget.value)}
                      onKeyDown={(e) => {
                        if (e.key === 'ArrowDown') {
                          e.preventDefault();
                          list.current?.focus();
                        } else if (e.key === 'Escape' && q !== '') {
                          e.preventDefault();
                          e.stopPropagation();
                          setSearch('');
                        }
                      }}
                    />
                    <SegmentedControl
                      fullWidth
                      size="xs"
                      styles={{ label: { paddingInline: 4 } }}
                      aria-label={w.filterLabel}
                      value={filter}
                      onChange={(v) => setFilter(v as Filter)}
                      data={FILTERS.map((f) => ({ value: f, label: <FilterName filter={f} counts={inbox.counts} name={w.filters[f]} /> }))}
                    />
                  </div>
                  {pages.total === 0 ? (
                    <EmptyState compact title={w.none[filter]}>
                      {q.trim() === '' ? w.noneBody[filter] : w.noneBody.all}
                    </EmptyState>
                  ) : (
                    <ThreadList
                      pages={pages}
                      current={phone}
                      words={w}
                      handle={list}
                      onOpen={open}
                      onAnswer={() => talk.current?.answer()}
                      onClose={(p) => void done(p)}
                    />
                  )}
                </section>
                <section className={css.conversation} aria-label={phone === null ? w.pick : w.title}>
                  {phone === null ? (
                    <EmptyState compact icon={<IconMessages size={28} stroke={1.6} />} title={w.pick}>
                      {w.pickBody}
                    </EmptyState>
                  ) : (
                    <Loaded query={thread} lines={6}>
                      {(t) => (
                        <Conversation
                          key={t.phone}
                          thread={t}
                          words={w}
                          handle={talk}
                          onLeave={() => list.current?.focus()}
                          onDone={() => void done(t.phone)}
                          onTemplates={() => setDialog('templates')}
                        />
                      )}
                    </Loaded>
                  )}
                </section>
              </div>
            </div>
          )
        }
      </Loaded>
      {dialog === 'templates' && <TemplatesDialog words={w} onClose={() => setDialog(null)} />}
      {dialog === 'tasks' && <TasksDialog words={w} onClose={() => setDialog(null)} />}
    </Screen>
  );
}

function FilterName({ filter, counts, name }: { filter: Filter; counts: { needsYou: number; parked: number }; name: string }) {
  const n = filter === 'needs-you' ? counts.needsYou : filter === 'parked' ? counts.parked : 0;
  return (
    <span>
      {name}
      {n > 0 && <span className={css.count}> {n}</span>}
    </span>
  );
}
