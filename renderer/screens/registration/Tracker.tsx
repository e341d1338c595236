import type { ShopDay } from '@domain/kernel';
import { errorPage } from '@domain/registration/rejections';
import { Button } from '@mantine/core';
import { type In, useCommand, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import { Chip, type ChipTone, CopyButton, ErrorNote, FieldRow, FieldStack, Note, Panel, TextField } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import css from './registration.module.css';
import type { Guide, TrackedStage } from './types';

type Kind = In<'registration/step'>['kind'];

const TONE: Readonly<Record<TrackedStage['state'], ChipTone>> = {
  'not-yet': 'neutral',
  waiting: 'info',
  approved: 'good',
  rejected: 'danger',
};

/** The reviews one after the other, with their days; what was sent back says what to mend. */
export function TrackerPanel({ guide }: { guide: Guide }) {
  const w = useWords(catalogue).tracker;
  const { locale } = useShell();
  const undo = useCommand('registration/undo-step');
  const { tracker, lastStep } = guide;
  if (!tracker) return null;
  const day = (d: string) => dayText(d, locale, Date.now());
  const hint = tracker.approvedOn
    ? w.allApproved(day(tracker.approvedOn))
    : tracker.ready
      ? tracker.ready.from === tracker.ready.to
        ? w.readyOne(day(tracker.ready.from))
        : w.ready(day(tracker.ready.from), day(tracker.ready.to))
      : undefined;
  return (
    <Panel
      title={w.title}
      hint={hint}
      action={
        lastStep !== null && (
          <Button size="xs" variant="subtle" loading={undo.busy} onClick={() => void undo.run({ id: lastStep })}>
            {w.undo}
          </Button>
        )
      }
    >
      <ErrorNote error={undo.error} />
      <ol className={css.stages}>
        {tracker.stages.map((s, i) => (
          <StageLine
            key={s.stage}
            stage={s}
            guide={guide}
            blocked={tracker.stages.slice(0, i).some((x) => x.state !== 'approved')}
            day={day}
          />
        ))}
      </ol>
    </Panel>
  );
}

interface LineProps {
  stage: TrackedStage;
  guide: Guide;
  /** The one before is not approved yet. */
  blocked: boolean;
  day: (day: string) => string;
}

function StageLine({ stage: s, guide, blocked, day }: LineProps) {
  const w = useWords(catalogue).tracker;
  const [telling, setTelling] = useState<Kind | null>(null);
  const Icon = s.state === 'approved' ? IconCheck : s.state === 'rejected' ? IconX : IconClock;
  const words = w.stages[s.stage];
  return (
    <li className={css.stage} data-state={s.state}>
      <span className={css.stageMark} aria-hidden>
        <Icon size={18} stroke={2} />
      </span>
      <div className={css.stageBody}>
        <div className={css.stageHead}>
          <strong>{words.name}</strong>
          <Chip tone={s.overdue ? 'warn' : TONE[s.state]} dot>
            {w.states[s.state]}
            {s.since && ` ${s.state === 'waiting' ? w.since(day(s.since)) : w.on(day(s.since))}`}
          </Chip>
        </div>
        <p className={css.quiet}>{words.what}</p>
        {s.expected && !s.overdue && <p>{w.expected(day(s.expected.from), day(s.expected.to))}</p>}
        {s.overdue && <p className={css.late}>{w.overdue}</p>}
        {s.tries > 1 && <p className={css.quiet}>{w.tries(s.tries)}</p>}
        {s.state === 'rejected' && <Mend stage={s} />}
        {telling ? (
          <Tell stage={s} kind={telling} today={guide.today} onDone={() => setTelling(null)} />
        ) : blocked ? (
          <p className={css.quiet}>{w.first}</p>
        ) : (
          <div className={css.buttons}>
            {s.next.map((kind, i) => (
              <Button
                key={kind}
                size="xs"
                variant={i === 0 && s.state !== 'approved' ? 'filled' : s.state === 'approved' ? 'subtle' : 'default'}
                onClick={() => setTelling(kind)}
                aria-label={`${words.name}: ${s.state === 'approved' ? w.buttons.suspended : w.buttons[kind]}`}
              >
                {s.state === 'approved' ? w.buttons.suspended : w.buttons[kind]}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}

/** What Twilio's number means and what to mend. */
function Mend({ stage: s }: { stage: TrackedStage }) {
  const w = useWords(catalogue).tracker;
  if (s.errorCode === null || s.mend === null) {
    return (
      <Note tone="danger">
        <p>{w.noCode}</p>
      </Note>
    );
  }
  const mend = w.mends[s.mend];
  const { part } = mend;
  const label = part === 'form' ? w.toForm : part === 'pages' ? w.toPages : w.toWay;
  return (
    <Note tone="danger" title={`${w.number(s.errorCode)}: ${mend.means}`}>
      <p>{mend.mend}</p>
      <div className={css.buttons}>
        {part && part !== 'way' && (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'registration', part }, { replace: true })}>
            {label}
          </Button>
        )}
        <CopyButton text={errorPage(s.errorCode)} label={w.page} />
      </div>
    </Note>
  );
}

function Tell({ stage, kind, today, onDone }: { stage: TrackedStage; kind: Kind; today: ShopDay; onDone: () => void }) {
  const w = useWords(catalogue).tracker;
  const [day, setDay] = useState<string>(today);
  const [code, setCode] = useState('');
  const step = useCommand('registration/step');
  const bad = code.trim() !== '' && !/^\d{3,6}$/.test(code.trim());
  const save = async () => {
    if (bad || !/^\d{4}-\d\d-\d\d$/.test(day)) return;
    const errorCode = kind === 'rejected' && code.trim() !== '' ? Number(code.trim()) : null;
    if (await step.run({ stage: stage.stage, kind, day: day as ShopDay, errorCode })) onDone();
  };
  return (
    <div className={css.tell}>
      <FieldStack onSubmit={() => void save()}>
        <FieldRow widths={kind === 'rejected' ? '200px minmax(0, 320px)' : '200px'}>
          <TextField label={w.day} type="date" value={day} onChange={setDay} autoFocus />
          {kind === 'rejected' && (
            <TextField
              label={w.code}
              hint={w.codeHint}
              value={code}
              onChange={setCode}
              inputMode="numeric"
              maxLength={6}
              error={bad ? w.badCode : undefined}
            />
          )}
        </FieldRow>
        <ErrorNote error={step.error} />
        <div className={css.buttons}>
          <Button type="submit" size="xs" loading={step.busy} disabled={bad}>
            {w.save}
          </Button>
          <Button size="xs" variant="subtle" onClick={onDone}>
            {w.cancel}
          </Button>
        </div>
      </FieldStack>
    </div>
  );
}
