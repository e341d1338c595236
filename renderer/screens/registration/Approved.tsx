import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import { ErrorNote, Note, Panel, toast } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import css from './registration.module.css';
import type { Guide } from './types';

/** The end of the way: texts may leave. Says what leaves before it does. */
export function Approved({ guide }: { guide: Guide }) {
  const w = useWords(catalogue).approved;
  const { locale } = useShell();
  const approve = useCommand('registration/approve-sender');
  const n = (x: number) => count(x, locale);
  if (guide.senderApproved) {
    return (
      <Note tone="good" title={w.already}>
        {guide.mode === 'practice' ? <p>{w.practice}</p> : !guide.tracker?.approvedOn && <p>{w.byHand}</p>}
      </Note>
    );
  }
  const { confirmations, questions, tooOld } = guide.waiting;
  const connected = guide.mode !== 'none';
  return (
    <Panel
      tone="accent"
      title={w.title}
      action={
        connected ? (
          <Button
            loading={approve.busy}
            onClick={async () => {
              if (await approve.run({})) toast({ title: w.done, tone: 'good' });
            }}
          >
            {w.button}
          </Button>
        ) : (
          <Button variant="default" onClick={() => go({ screen: 'settings', section: 'texting' })}>
            {w.toTexting}
          </Button>
        )
      }
    >
      <div className={css.measure}>
        <p>{connected ? w.body : w.connect}</p>
        {confirmations > 0 && <p>{w.leaves(n(confirmations), confirmations === 1)}</p>}
        {questions > 0 && <p>{w.questions(n(questions), questions === 1)}</p>}
        {tooOld > 0 && <p>{w.tooOld(n(tooOld), tooOld === 1)}</p>}
        {confirmations + questions === 0 && <p>{w.nothing}</p>}
        <p className={css.quiet}>{w.after}</p>
      </div>
      <ErrorNote error={approve.error} />
    </Panel>
  );
}
