import type { AutomationId } from '@domain/kernel';
import { Button, Menu } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import { go, type Place, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { Chip, ConfirmDialog, ErrorNote, Loaded, Screen, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './automations.module.css';
import { Editor } from './Editor';
import { LookPage } from './LookPage';
import { OffDialog } from './OffDialog';
import { PeoplePage } from './PeoplePage';
import { ResultsPage } from './ResultsPage';
import { SwitchOnDialog } from './SwitchOnDialog';
import type { One } from './say';
import { TellNowDialog } from './TellNowDialog';
import { TodayPage } from './TodayPage';
import { WhyPersonDialog } from './WhyAutomation';

type Part = NonNullable<Extract<Place, { screen: 'automations' }>['part']>;

/** One that runs by itself: how it goes, whose day it is, what it brought, whom it decided about; and its words and rules. */
export function AutomationScreen() {
  const place = usePlace();
  const id = (place.screen === 'automations' ? (place.id ?? 0) : 0) as AutomationId;
  const part = place.screen === 'automations' ? place.part : undefined;
  return part === 'edit' ? <Edited key={id} id={id} /> : <Shown key={id} id={id} part={part} />;
}

const up = (label: string) => ({ label, onClick: () => go({ screen: 'automations' }) });

/** Written from what is stored now, never from what was seen of it before. */
function Edited({ id }: { id: AutomationId }) {
  const w = useWords(catalogue);
  const query = useQuery('automations/one', { id }, { fresh: true });
  const [first, setFirst] = useState<One>();
  if (query.data && !first) setFirst(query.data);
  if (first && query.data) return <Editor stored={first} now={query.data} />;
  return (
    <Screen title={w.title} up={up(w.up)}>
      <Loaded query={query} lines={8}>
        {() => null}
      </Loaded>
    </Screen>
  );
}

const STATE_TONES = { on: 'good', off: 'neutral', paused: 'warn' } as const;

function Shown({ id, part }: { id: AutomationId; part: Part | undefined }) {
  const w = useWords(catalogue);
  const query = useQuery('automations/one', { id });
  const a = query.data;
  const edit = () => go({ screen: 'automations', id, part: 'edit' });
  const [asked, setAsked] = useState<'on' | 'off' | 'remove' | 'why' | 'tell' | null>(null);
  const pause = useCommand('automations/pause');
  const resume = useCommand('automations/resume');
  const stopped = a !== undefined && a.state !== 'off' && a.stopped !== null;
  const primary = () => {
    if (a === undefined) return undefined;
    if (a.state === 'off') return <Button onClick={() => setAsked('on')}>{w.one.switchOn}</Button>;
    if (stopped) {
      return (
        <Button loading={resume.busy} onClick={() => void resume.run({ id })}>
          {w.one.resume}
        </Button>
      );
    }
    if (a.kind === 'new-arrival') return <Button onClick={() => setAsked('tell')}>{w.one.tellNow}</Button>;
    return undefined;
  };
  const close = () => setAsked(null);
  return (
    <Screen
      title={a?.name ?? w.title}
      subtitle={a && w.kinds[a.kind].what}
      up={up(w.up)}
      fill={part === 'today' || part === 'people'}
      badge={
        a && (
          <Chip tone={stopped ? 'warn' : STATE_TONES[a.state]} dot>
            {stopped ? w.state.paused : w.state[a.state]}
          </Chip>
        )
      }
      primary={primary()}
      actions={
        a && (
          <>
            <More
              a={a}
              stopped={stopped}
              busy={pause.busy}
              onPause={() => void pause.run({ id })}
              onOff={() => setAsked('off')}
              onRemove={() => setAsked('remove')}
              onWhy={() => setAsked('why')}
            />
            <Button variant="default" onClick={edit}>
              {w.one.change}
            </Button>
          </>
        )
      }
    >
      <ErrorNote error={pause.error ?? resume.error} />
      <Tabs id={id} part={part} />
      <Loaded query={query} lines={10}>
        {(one) => {
          if (part === 'today') return <TodayPage a={one} />;
          if (part === 'people') return <PeoplePage a={one} />;
          if (part === 'results') return <ResultsPage a={one} />;
          return <LookPage a={one} onEdit={edit} />;
        }}
      </Loaded>
      {asked === 'on' && <SwitchOnDialog id={id} onClose={close} onMend={edit} />}
      {asked === 'off' && a && <OffDialog id={id} name={a.name} onClose={close} />}
      {asked === 'remove' && a && <Removing a={a} onClose={close} />}
      {asked === 'why' && a && <WhyPersonDialog id={id} onClose={close} />}
      {asked === 'tell' && a && <TellNowDialog a={a} onClose={close} />}
    </Screen>
  );
}

function Tabs({ id, part }: { id: AutomationId; part: Part | undefined }) {
  const w = useWords(catalogue).one;
  const here = part ?? 'look';
  return (
    <nav className={css.tabs} aria-label={w.partsLabel}>
      {(['look', 'today', 'results', 'people'] as const).map((p) => (
        <button
          key={p}
          type="button"
          {...(p === here && { 'aria-current': 'page' as const })}
          onClick={() => go(p === 'look' ? { screen: 'automations', id } : { screen: 'automations', id, part: p }, { replace: true })}
        >
          {w.parts[p]}
        </button>
      ))}
    </nav>
  );
}

function More(p: {
  a: One;
  stopped: boolean;
  busy: boolean;
  onPause: () => void;
  onOff: () => void;
  onRemove: () => void;
  onWhy: () => void;
}) {
  const w = useWords(catalogue).one;
  const { a } = p;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" loading={p.busy}>
          {w.more}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={p.onWhy}>{w.why}</Menu.Item>
        {a.state === 'on' && !p.stopped && <Menu.Item onClick={p.onPause}>{w.pause}</Menu.Item>}
        {a.state !== 'off' && <Menu.Item onClick={p.onOff}>{w.off}</Menu.Item>}
        {a.state === 'off' && <Menu.Item onClick={p.onRemove}>{w.remove}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function Removing({ a, onClose }: { a: One; onClose: () => void }) {
  const w = useWords(catalogue).removing;
  const remove = useCommand('automations/remove');
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={w.title(a.name)}
      confirm={w.confirm}
      danger
      busy={remove.busy}
      onConfirm={async () => {
        if (!(await remove.run({ id: a.id }))) return;
        toast({ title: w.gone(a.name) });
        go({ screen: 'automations' }, { replace: true });
      }}
    >
      <p>{w.body}</p>
      <ErrorNote error={remove.error} />
    </ConfirmDialog>
  );
}
