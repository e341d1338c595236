import { type LadderReaction, leastDays } from '@domain/campaigns/ladder';
import type { ReadyLadder } from '@domain/campaigns/ladder-ready';
import { readyLadder } from '@domain/campaigns/ladder-ready';
import type { CampaignId, OfferId } from '@domain/kernel';
import type { In, Out } from '@renderer/api';

export type Ladder = NonNullable<Out<'ladders/get'>>;
type Saved = In<'ladders/save'>;
export type EditStep = Saved['steps'][number];
export type Stops = Saved['stops'];

/** What the editor holds: saved as a whole. */
export interface Model {
  stops: Stops;
  patienceDays: number;
  steps: EditStep[];
}

/** The order a path offers its branches in: good news first. */
export const ORDER: readonly LadderReaction[] = ['redeemed', 'came', 'replied', 'nothing', 'not-delivered'];

export function modelOf(l: Ladder | null): Model {
  if (l === null) return { stops: { came: true, replied: true, redeemed: true, bought: null, endsOn: null }, patienceDays: 7, steps: [] };
  const steps = l.steps.map(({ id, parentId, offerName: _o, state: _s, pauseReason: _p, ...s }) => ({
    ...s,
    key: String(id),
    parent: parentId === null ? null : String(parentId),
  }));
  return { stops: l.stops, patienceDays: l.patienceDays, steps };
}

export const inputOf = (campaignId: CampaignId, m: Model): Saved => ({ campaignId, ...m });

export const childrenOf = (steps: readonly EditStep[], parent: string | null): EditStep[] =>
  steps.filter((s) => s.parent === parent).sort((a, b) => ORDER.indexOf(a.reaction) - ORDER.indexOf(b.reaction));

/** A step and everything after it. */
export function subtree(steps: readonly EditStep[], key: string): EditStep[] {
  const own = steps.filter((s) => s.key === key);
  return [...own, ...steps.filter((s) => s.parent === key).flatMap((s) => subtree(steps, s.key))];
}

/** Reactions no step follows yet. */
export const freeReactions = (steps: readonly EditStep[], parent: string | null): LadderReaction[] =>
  ORDER.filter((r) => !steps.some((s) => s.parent === parent && s.reaction === r));

/** Where a step stands, by the reactions that lead to it: the same before and after saving. */
const placeOf = (steps: readonly { key: string; parent: string | null; reaction: string }[], key: string | null): string => {
  const s = steps.find((x) => x.key === key);
  return s ? `${placeOf(steps, s.parent)}/${s.reaction}` : '';
};

/** New steps got their ids: what was typed meanwhile stays. */
export function withIds(now: Model, sent: Model, saved: Ladder | null): Model {
  if (saved === null) return now;
  const stored = modelOf(saved).steps;
  const ids = new Map(stored.map((s) => [placeOf(stored, s.key), s.key]));
  const to = (key: string | null) => (key === null ? null : (ids.get(placeOf(sent.steps, key)) ?? key));
  return { ...now, steps: now.steps.map((s) => ({ ...s, key: to(s.key) ?? s.key, parent: to(s.parent) })) };
}

let made = 0;
export const newKey = (): string => `new-${++made}`;

export function emptyStep(parent: string | null, reaction: LadderReaction, spacingDays: number): EditStep {
  return {
    key: newKey(),
    parent,
    reaction,
    afterDays: Math.max(leastDays(reaction, spacingDays), reaction === 'nothing' ? 7 : 1),
    atMinute: 11 * 60,
    name: '',
    body: '{shop}: Hi {first name|there}, ',
    bodyEs: '',
    offerId: null,
    addStopLine: true,
    words: [],
  };
}

/** A ready-made path as steps; `offerFor` finds or makes the offer of a percentage. */
export async function readySteps(
  which: ReadyLadder,
  o: { firstPercent: number | null; spacingDays: number; offerFor: (percent: number) => Promise<OfferId | null> },
): Promise<Pick<Model, 'steps' | 'stops'>> {
  const ready = readyLadder(which, o);
  const keys = new Map(ready.steps.map((s) => [s.key, newKey()]));
  const steps: EditStep[] = [];
  for (const { percent, word, ...s } of ready.steps) {
    steps.push({
      ...s,
      key: keys.get(s.key) ?? s.key,
      parent: s.parent === null ? null : (keys.get(s.parent) ?? null),
      offerId: percent === null ? null : await o.offerFor(percent),
      addStopLine: true,
      words: [{ ...word, answerEn: '', answerEs: '', holdDays: 3 }],
    });
  }
  return { steps, stops: ready.stops };
}

export const timeText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Whether the text says the word people can answer with. */
export const saysWord = (body: string, word: string): boolean =>
  word.trim() === '' || new RegExp(`\\b${word.trim().replace(/\W/g, '')}\\b`, 'i').test(body);
