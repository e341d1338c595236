import { carrierError } from '@domain/outbox/twilio-errors';
import { Button } from '@mantine/core';
import type { Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import { FINDINGS, type Say } from '@renderer/strings/account-findings';
import { Chip, ErrorNote, toast } from '@renderer/ui';
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './account.module.css';

export type Finding = Out<'account/health'>['findings'][number];

const TONE = { stops: 'danger', warns: 'warn', note: 'neutral' } as const;

/** A finding in words; what the carrier itself refuses speaks by its own catalogue. */
export function wordsOfFinding(f: Finding, say: Say) {
  const own = FINDINGS[f.code](f.params, say);
  if (f.code !== 'carrier-refuses') return own;
  const told = carrierError(Number(f.params['code']));
  return { ...own, title: told.title, next: told.whatToDo };
}

function Sign({ severity }: { severity: Finding['severity'] }) {
  if (severity === 'stops') return <IconAlertOctagon size={20} stroke={1.75} aria-hidden />;
  if (severity === 'warns') return <IconAlertTriangle size={20} stroke={1.75} aria-hidden />;
  return <IconInfoCircle size={20} stroke={1.75} aria-hidden />;
}

/** Each thing the owner should know: what it means, what to do, and the button where we can do it. */
export function FindingList({ findings, say, action }: { findings: readonly Finding[]; say: Say; action?: (f: Finding) => ReactNode }) {
  const w = useWords(catalogue).findings;
  return (
    <ul className={css.findings}>
      {findings.map((f) => {
        const said = wordsOfFinding(f, say);
        return (
          <li key={`${f.code} ${f.params['code'] ?? ''}`} data-severity={f.severity} className={css.finding}>
            <span className={css.sign}>
              <Sign severity={f.severity} />
            </span>
            <div className={css.findingWords}>
              <p className={css.findingTitle}>
                {said.title} <Chip tone={TONE[f.severity]}>{w.severity[f.severity]}</Chip>
              </p>
              <p>{said.means}</p>
              {said.next && <p className={css.next}>{said.next}</p>}
            </div>
            {action && <div className={css.findingAction}>{action(f)}</div>}
          </li>
        );
      })}
    </ul>
  );
}

const REPAIR = { 'replies-lost': 'replies', 'smart-encoding': 'encoding', 'short-validity': 'validity' } as const;
const SEEN = { 'rate-unlike': 'rate', 'daily-unlike': 'daily', 'price-unlike': 'price' } as const;

/** The list with what can be done here and now. */
export function MendableFindings({ findings, say }: { findings: readonly Finding[]; say: Say }) {
  const w = useWords(catalogue).findings;
  const repair = useCommand('account/repair');
  const take = useCommand('account/take-seen');
  const unapprove = useCommand('account/not-approved');
  const busy = repair.busy || take.busy || unapprove.busy;
  const action = (f: Finding): ReactNode => {
    const press = (label: string, run: () => void) => (
      <Button size="xs" variant="default" disabled={busy} onClick={run}>
        {label}
      </Button>
    );
    const { code } = f;
    if (code in REPAIR) {
      const what = code as keyof typeof REPAIR;
      return press(w.repair[what], () => {
        void repair
          .run({ repair: REPAIR[what], serviceSid: String(f.params['sid']) })
          .then((ok) => ok && toast({ title: w.done, tone: 'good' }));
      });
    }
    if (code in SEEN) {
      const what = code as keyof typeof SEEN;
      return press(w.takeSeen[what], () => void take.run({ what: SEEN[what] }));
    }
    if (code === 'approved-only-here') return press(w.notApproved, () => void unapprove.run({}));
    if (code.startsWith('registration-')) return press(w.registration, () => go({ screen: 'registration' }));
    if (code === 'month-used' || code === 'month-near') return press(w.limit, () => go({ screen: 'settings', section: 'texting' }));
    if (code === 'key-refused') return press(w.newKey, () => go({ screen: 'settings', section: 'texting' }));
    if (code === 'sender-gone' || code === 'sender-no-sms' || code === 'service-gone')
      return press(w.numbers, () => go({ screen: 'settings', section: 'texting' }));
    return null;
  };
  return (
    <>
      <FindingList findings={findings} say={say} action={action} />
      <ErrorNote error={repair.error ?? take.error ?? unapprove.error} />
    </>
  );
}
