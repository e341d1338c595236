import { leastDays } from '@domain/campaigns/ladder';
import type { CampaignId } from '@domain/kernel';
import { type ApiError, call, toApiError, useQuery } from '@renderer/api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { inputOf, type Model, modelOf, withIds } from './model';

const CALM_MS = 600;

/** The steps of a draft: read once, then kept here and saved when the hand rests. */
export function useLadder(
  campaignId: CampaignId | null,
  flush: () => Promise<CampaignId | null>,
  nameFor: (m: Model['steps'][number]) => string,
) {
  const stored = useQuery('ladders/get', { campaignId: campaignId ?? (1 as CampaignId) }, { enabled: campaignId !== null });
  const spacingDays = useQuery('settings/get', {}).data?.courtesy.spacingDays ?? 5;
  const [model, setModel] = useState<Model | null>(null);
  const [saving, setSaving] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [error, setError] = useState<ApiError>();
  const latest = useRef<Model | null>(null);
  const dirty = useRef(false);
  const running = useRef<Promise<void> | null>(null);
  const shown = model ?? (campaignId === null || stored.data !== undefined ? modelOf(stored.data ?? null) : null);
  const shownRef = useRef(shown);
  shownRef.current = shown;
  const tools = useRef({ flush, nameFor, spacingDays });
  tools.current = { flush, nameFor, spacingDays };

  const save = useCallback(async () => {
    // one at a time: an answer must know which steps it is about
    while (running.current) await running.current;
    const m = latest.current;
    if (m === null || !dirty.current) return;
    dirty.current = false;
    const one = async () => {
      setSaving('saving');
      const id = await tools.current.flush();
      if (id === null) return;
      const sent: Model = { ...m, steps: m.steps.map((s) => tidy(s, tools.current)) };
      try {
        const saved = await call('ladders/save', inputOf(id, sent));
        const now = withIds(latest.current ?? m, sent, saved);
        latest.current = now;
        setModel(now);
        setError(undefined);
        setSaving('saved');
      } catch (e) {
        setError(toApiError(e));
        setSaving('idle');
      }
    };
    running.current = one().finally(() => {
      running.current = null;
    });
    await running.current;
  }, []);

  useEffect(() => {
    if (model === null || !dirty.current) return;
    const t = setTimeout(() => void save(), CALM_MS);
    return () => clearTimeout(t);
  }, [model, save]);
  // leaving the screen is no reason to forget what was typed last
  useEffect(() => () => void save(), [save]);

  const change = useCallback((next: (m: Model) => Model) => {
    const before = latest.current ?? shownRef.current;
    if (before === null) return;
    latest.current = next(before);
    dirty.current = true;
    setModel(latest.current);
  }, []);
  return { model: shown, change, saving, error, spacingDays, load: stored };
}

/** As it is sent: every step has a name and waits long enough; words without letters are none. */
function tidy(
  s: Model['steps'][number],
  o: { nameFor: (s: Model['steps'][number]) => string; spacingDays: number },
): Model['steps'][number] {
  const least = leastDays(s.reaction, o.spacingDays);
  return {
    ...s,
    name: s.name.trim() === '' ? o.nameFor(s) : s.name,
    afterDays: Math.min(60, Math.max(least, s.afterDays)),
    words: s.words.filter((x) => x.word.trim() !== ''),
  };
}
