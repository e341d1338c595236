import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { schedule as catalogue } from '@renderer/strings/schedule';
import { Note, Rows } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import { missedTitle } from './missed-words';

/** Planned campaigns that did not leave, above the list: those that wait for the owner, and those left out as they chose. */
export function MissedNote() {
  const w = useWords(catalogue);
  const { locale, shop } = useShell();
  const query = useQuery('campaigns/missed', {}, { topics: ['campaigns'] });
  const all = query.data ?? [];
  const waits = all.filter((m) => !m.skipped);
  const skipped = all.filter((m) => m.skipped);
  if (all.length === 0) return null;
  const at = (t: number) => when(t, 'day-time', shop.zone, locale, Date.now());
  return (
    <Rows gap={8}>
      {waits.map((m) => (
        <Note
          key={m.id}
          tone="warn"
          role="status"
          title={`${m.name} · ${at(m.at)}`}
          action={
            <Button size="xs" variant="default" onClick={() => go({ screen: 'campaigns', id: m.id })}>
              {w.open}
            </Button>
          }
        >
          <p>{missedTitle(w, m.reason)}</p>
        </Note>
      ))}
      {skipped.map((m) => (
        <Note key={m.id}>{w.skippedList(m.name, at(m.at))}</Note>
      ))}
    </Rows>
  );
}
