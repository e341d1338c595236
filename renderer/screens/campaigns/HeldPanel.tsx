import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { schedule as catalogue } from '@renderer/strings/schedule';
import { ConfirmDialog, ErrorNote, Panel } from '@renderer/ui';
import { count, when } from '@renderer/ui/format';
import { useState } from 'react';
import own from './schedule.module.css';

/** What Twilio holds of a campaign for later, what is being called back, and what could not be. Nothing when there is nothing. */
export function HeldPanel({ campaign: c }: { campaign: Out<'campaigns/get'> }) {
  const w = useWords(catalogue);
  const { locale, shop } = useShell();
  const query = useQuery('campaigns/outlook', { id: c.id }, { topics: ['campaigns', 'outbox'] });
  const back = useCommand('campaigns/unschedule');
  const [asking, setAsking] = useState(false);
  const h = query.data?.held;
  if (!h || h.held + h.toHandOver + h.callingBack + h.tooLate === 0) return null;
  const n = (x: number) => count(x, locale);
  const lines = [
    h.toHandOver > 0 && w.handing(h.toHandOver, n(h.toHandOver)),
    h.callingBack > 0 && w.calling(h.callingBack, n(h.callingBack)),
    h.tooLate > 0 && w.tooLate(h.tooLate, n(h.tooLate)),
  ].filter((x) => x !== false);
  return (
    <Panel
      title={w.heldTitle(h.held, n(h.held))}
      hint={h.nextAt === null ? undefined : w.heldHint(when(h.nextAt, 'day-time', shop.zone, locale, Date.now()))}
      action={
        h.held > 0 &&
        c.state === 'sending' && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {w.change}
          </Button>
        )
      }
    >
      {back.error && <ErrorNote error={back.error} />}
      {lines.length > 0 && (
        <ul className={own.lines}>
          {lines.map((l) => (
            <li key={l}>{l}</li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.changeHeldTitle}
        confirm={w.changeHeld}
        busy={back.busy}
        onConfirm={async () => {
          const done = await back.run({ id: c.id });
          setAsking(false);
          if (done) go({ screen: 'campaigns', id: done.id });
        }}
      >
        {w.changeHeldBody}
      </ConfirmDialog>
    </Panel>
  );
}
