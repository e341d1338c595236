import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { inbox as catalogue } from '@renderer/strings/inbox';
import { shell } from '@renderer/strings/shell';
import { EmptyState, ErrorNote, Loaded, Note, Screen, toast } from '@renderer/ui';
import { whenNear } from '@renderer/ui/format';
import { IconMessages, IconRefresh } from '@tabler/icons-react';
import { Conversation } from './Conversation';
import { ParkedReplies } from './ParkedReplies';
import css from './replies.module.css';
import { ThreadList } from './ThreadList';
import { useReplies } from './useReplies';

/** Conversations with customers; on top what may be a stop and waits for the owner. */
export function RepliesScreen() {
  const w = useWords(catalogue);
  const days = useWords(shell).days;
  const { shop, locale } = useShell();
  const { phone, list, thread, open } = useReplies();
  const sync = useCommand('inbox/sync');
  const checkedAt = list.data?.checkedAt ?? null;

  const read = async () => {
    const done = await sync.run({});
    if (done) toast({ title: w.synced(done.taken), tone: done.taken > 0 ? 'good' : 'plain' });
  };

  return (
    <Screen
      fill
      title={w.title}
      subtitle={
        list.data === undefined
          ? ' '
          : checkedAt === null
            ? w.neverChecked
            : w.checked(whenNear(checkedAt, shop.zone, locale, Date.now(), days))
      }
      primary={
        <Button
          leftSection={<IconRefresh size={18} stroke={1.75} aria-hidden />}
          variant="default"
          loading={sync.busy}
          onClick={() => void read()}
        >
          {w.sync}
        </Button>
      }
    >
      <ErrorNote error={sync.error} />
      {list.data?.lastError && checkedAt !== null && !sync.error && (
        <Note tone="warn" title={w.unreadable} role="status">
          <p>{w.unreadableBody}</p>
        </Note>
      )}
      <Loaded query={list} lines={8}>
        {(inbox) =>
          inbox.threads.length === 0 ? (
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
                <ThreadList threads={inbox.threads} current={phone} words={w} onOpen={open} />
                <section className={css.conversation} aria-label={phone === null ? w.pick : undefined}>
                  {phone === null ? (
                    <EmptyState compact icon={<IconMessages size={28} stroke={1.6} />} title={w.pick}>
                      {w.pickBody}
                    </EmptyState>
                  ) : (
                    <Loaded query={thread} lines={6}>
                      {(t) => <Conversation key={t.phone} thread={t} words={w} />}
                    </Loaded>
                  )}
                </section>
              </div>
            </div>
          )
        }
      </Loaded>
    </Screen>
  );
}
