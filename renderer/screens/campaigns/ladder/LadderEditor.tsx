import type { LadderReaction } from '@domain/campaigns/ladder';
import { MOST_STEPS } from '@domain/campaigns/ladder';
import { READY_LADDERS, type ReadyLadder } from '@domain/campaigns/ladder-ready';
import type { CampaignId, OfferId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { call, useQuery, useShell } from '@renderer/api';
import { minuteWords } from '@renderer/screens/offers/say';
import { ErrorNote, Panel, SkeletonLines, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './ladder.module.css';
import { childrenOf, type EditStep, emptyStep, freeReactions, type Model, readySteps, subtree } from './model';
import { type PathNode, PathTree } from './PathTree';
import { StepFields } from './StepFields';
import { StopsFields } from './StopsFields';
import { useLadder } from './useLadder';
import { useLadderWords } from './useLadderWords';

interface Props {
  /** Null: the draft was not kept yet; `flush` keeps it. */
  campaignId: CampaignId | null;
  flush: () => Promise<CampaignId | null>;
  /** The first text's offer: a rising path goes on from it. */
  firstOfferId: OfferId | null;
}

/** What follows a text, drawn as a path and edited in place. Saves itself. */
export function LadderEditor({ campaignId, flush, firstOfferId }: Props) {
  const w = useLadderWords();
  const { locale } = useShell();
  const { model, change, saving, error, spacingDays, load } = useLadder(campaignId, flush, (s) => w.reaction[s.reaction]);
  const offers = useQuery('offers/list', {});
  const [open, setOpen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const bad = error?.code === 'ladder.bad' ? String(error.params['why'] ?? '') : null;
  const badStep = error?.code === 'ladder.bad' ? String(error.params['step'] ?? '') : null;
  const badWord = error?.code === 'input.invalid' ? String(error.params['field'] ?? '') : null;

  const set = (key: string, patch: Partial<EditStep>) =>
    change((m) => ({ ...m, steps: m.steps.map((s) => (s.key === key ? { ...s, ...patch } : s)) }));
  const add = (parent: string | null, reaction: LadderReaction) => {
    const step = emptyStep(parent, reaction, spacingDays);
    change((m) => ({ ...m, steps: [...m.steps, step] }));
    setOpen(step.key);
  };
  const remove = (key: string) => {
    const before = model;
    change((m) => {
      const gone = new Set(subtree(m.steps, key).map((s) => s.key));
      return { ...m, steps: m.steps.filter((s) => !gone.has(s.key)) };
    });
    if (before) toast({ title: w.removed, action: { label: w.undo, onClick: () => change(() => before) } });
  };
  const offerFor = async (percent: number): Promise<OfferId | null> => {
    const known = (offers.data ?? []).find(
      (o) => !o.archived && o.kind === 'percent' && o.percent === percent && o.codeMode === 'personal',
    );
    if (known) return known.id;
    try {
      return (
        await call('offers/save', {
          id: null,
          name: `${percent} % off`,
          kind: 'percent',
          percent,
          codeMode: 'personal',
          validDays: 14,
        } as never)
      ).id;
    } catch {
      return null; // the step is made without one, and the review says so
    }
  };
  const use = async (which: ReadyLadder) => {
    setBusy(true);
    const first = offers.data?.find((o) => o.id === firstOfferId);
    const made = await readySteps(which, { firstPercent: first?.kind === 'percent' ? first.percent : null, spacingDays, offerFor });
    setBusy(false);
    change((m) => ({ ...m, ...made }));
  };

  const steps = model?.steps ?? [];
  const full = steps.length >= MOST_STEPS;
  const node = (s: EditStep): PathNode => ({
    key: s.key,
    edge: `${w.reaction[s.reaction]} · ${w.wait(s.reaction, s.afterDays)}, ${w.at(minuteWords(s.atMinute, locale))}`,
    card: (
      <StepCard
        step={s}
        open={open === s.key}
        offerName={offers.data?.find((o) => o.id === s.offerId)?.name ?? null}
        after={subtree(steps, s.key).length - 1}
        onToggle={() => setOpen((k) => (k === s.key ? null : s.key))}
        onRemove={() => remove(s.key)}
      >
        <StepFields
          step={s}
          free={freeReactions(steps, s.parent)}
          spacingDays={spacingDays}
          bad={badStep === s.key ? bad : null}
          badWord={badWord}
          onChange={(patch) => set(s.key, patch)}
        />
      </StepCard>
    ),
    children: childrenOf(steps, s.key).map(node),
    ...(full
      ? {}
      : { foot: <AddStep name={s.name || w.reaction[s.reaction]} free={freeReactions(steps, s.key)} onAdd={(r) => add(s.key, r)} /> }),
  });
  return (
    <Panel
      title={w.title}
      hint={w.hint}
      action={<span className={css.quiet}>{saving === 'saving' ? w.saving : saving === 'saved' ? w.saved : ''}</span>}
    >
      {error && bad === null && badWord === null && <ErrorNote error={error} />}
      {model === null ? (
        load.error ? (
          <ErrorNote error={load.error} />
        ) : (
          <SkeletonLines lines={3} />
        )
      ) : steps.length === 0 ? (
        <Empty busy={busy} onUse={(r) => void use(r)} onOwn={() => add(null, 'nothing')} />
      ) : (
        <>
          <PathTree
            root={{
              key: 'first',
              edge: null,
              card: <p className={css.first}>{w.first}</p>,
              children: childrenOf(steps, null).map(node),
              ...(full ? {} : { foot: <AddStep name={w.first} free={freeReactions(steps, null)} onAdd={(r) => add(null, r)} /> }),
            }}
          />
          <StopsFields model={model} onChange={(patch: Partial<Model>) => change((m) => ({ ...m, ...patch }))} />
        </>
      )}
    </Panel>
  );
}

function Empty({ busy, onUse, onOwn }: { busy: boolean; onUse: (r: ReadyLadder) => void; onOwn: () => void }) {
  const w = useLadderWords();
  return (
    <>
      <p className={css.quiet}>{w.empty}</p>
      <ul className={css.ready}>
        {READY_LADDERS.map((r) => (
          <li key={r}>
            <button type="button" className={css.readyCard} disabled={busy} onClick={() => onUse(r)}>
              <strong>{w.ready[r].title}</strong>
              <span>{w.ready[r].body}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button size="xs" variant="default" disabled={busy} onClick={onOwn}>
        {w.own}
      </Button>
    </>
  );
}

function StepCard(p: {
  step: EditStep;
  open: boolean;
  offerName: string | null;
  after: number;
  onToggle: () => void;
  onRemove: () => void;
  children: React.ReactNode;
}) {
  const w = useLadderWords();
  const { step: s } = p;
  const title = s.name || w.reaction[s.reaction];
  return (
    <article className={css.card} aria-label={title}>
      <header className={css.cardHead}>
        <div className={css.cardTitle}>
          <strong>{title}</strong>
          {p.offerName !== null && <span className={css.quiet}>{p.offerName}</span>}
        </div>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={p.open}
          onClick={p.onToggle}
          aria-label={`${p.open ? w.close : w.edit}: ${title}`}
        >
          {p.open ? w.close : w.edit}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={p.onRemove} aria-label={`${w.removeWith(p.after)}: ${title}`}>
          {w.remove}
        </Button>
      </header>
      {p.open ? <div className={css.cardBody}>{p.children}</div> : <p className={css.words}>{s.body}</p>}
    </article>
  );
}

/** The branches a place could still have; closed until they are wanted. */
function AddStep({ name, free, onAdd }: { name: string; free: readonly LadderReaction[]; onAdd: (r: LadderReaction) => void }) {
  const w = useLadderWords();
  const [open, setOpen] = useState(false);
  if (free.length === 0) return null;
  if (!open) {
    return (
      <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)} aria-label={w.addAfter(name)}>
        + {w.add}
      </Button>
    );
  }
  return (
    <fieldset className={css.choices}>
      <legend>{w.whoFor}</legend>
      {free.map((r, i) => (
        <Button
          key={r}
          size="compact-sm"
          variant="default"
          autoFocus={i === 0}
          onClick={() => {
            setOpen(false);
            onAdd(r);
          }}
        >
          {w.reaction[r]}
        </Button>
      ))}
    </fieldset>
  );
}
