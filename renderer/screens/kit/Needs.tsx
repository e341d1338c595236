import type { Need } from '@domain/kit/pieces';
import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { go, type Place } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { Note } from '@renderer/ui';
import { count } from '@renderer/ui/format';

const WAY: Record<Need['need'], Place> = {
  'shop-name': { screen: 'settings', section: 'shop' },
  number: { screen: 'settings', section: 'texting' },
  contact: { screen: 'settings', section: 'shop' },
  website: { screen: 'settings', section: 'shop' },
  approval: { screen: 'registration' },
};

/** What is missing for a piece, each with the way to mend it. That the carriers take their time is told once, above (Meanwhile). */
export function Needs({ needs }: { needs: readonly { need: Need['need']; stops: boolean }[] }) {
  const w = useWords(words).needs;
  return (
    <>
      {needs
        .filter((n) => n.need !== 'approval')
        .map((n) => (
          <Note
            key={n.need}
            tone={n.stops ? 'warn' : 'info'}
            title={w[n.need].title}
            action={
              <Button size="xs" variant="default" onClick={() => go(WAY[n.need])}>
                {w[n.need].action}
              </Button>
            }
          >
            <p>{w[n.need].body}</p>
          </Note>
        ))}
    </>
  );
}

/** What happens to sign-ups while the carriers have not approved the sender. */
export function Meanwhile() {
  const w = useWords(words).meanwhile;
  const { locale } = useShell();
  const kit = useQuery('kit/overview', {});
  const k = kit.data;
  if (!k || k.number === null || k.approved) return null;
  return (
    <Note
      title={w.notApproved}
      action={
        <Button size="xs" variant="default" onClick={() => go(WAY.approval)}>
          {w.action}
        </Button>
      }
    >
      <p>{w.body}</p>
      {k.waiting > 0 && <p>{w.waiting(count(k.waiting, locale), k.oldestDays ?? 0)}</p>}
    </Note>
  );
}
