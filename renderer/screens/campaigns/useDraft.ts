import type { CampaignId } from '@domain/kernel';
import { type ApiError, call, type In, type Out, toApiError } from '@renderer/api';
import { useCallback, useEffect, useRef, useState } from 'react';

export type Fields = In<'campaigns/save'>['fields'];
type Campaign = Out<'campaigns/get'>;

const fieldsOf = (c: Campaign): Fields => ({
  name: c.name,
  segmentId: c.segmentId,
  body: c.body,
  offerId: c.offerId,
  addStopLine: c.addStopLine,
  holdout: c.holdout,
  goal: c.goal,
  windowDays: c.windowDays,
  topic: c.topic,
  dayReason: c.dayReason,
  partName: c.partName,
  more: c.more,
  words: c.words,
  spreadDays: c.spreadDays,
  localHour: c.localHour,
  keepTyped: c.keepTyped,
  channels: c.channels,
  mails: c.mails,
});

const CALM_MS = 600;

/**
 * A draft that saves itself: a moment after the last change, when the screen is left, and before it is checked. A new campaign
 * exists from its first change on.
 */
export function useDraft(campaign: Campaign | null, newName: string) {
  const [fields, setFields] = useState<Fields>(() =>
    campaign
      ? fieldsOf(campaign)
      : {
          name: newName,
          segmentId: null,
          body: '',
          offerId: null,
          addStopLine: true,
          holdout: 'auto',
          goal: { kind: 'none', target: null },
          windowDays: 14,
        },
  );
  const [saving, setSaving] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [error, setError] = useState<ApiError>();
  const [id, setId] = useState<CampaignId | null>(campaign?.id ?? null);
  const latest = useRef(fields);
  latest.current = fields;
  const stored = useRef(JSON.stringify(fields));
  const chain = useRef<Promise<CampaignId | null>>(Promise.resolve(campaign?.id ?? null));
  const alive = useRef(true);

  /** Writes what is not written yet; answers the campaign's id, or null when it could not be saved. */
  const flush = useCallback((): Promise<CampaignId | null> => {
    chain.current = chain.current.then(async (id) => {
      const now = latest.current;
      const text = JSON.stringify(now);
      if (text === stored.current && id !== null) return id;
      if (alive.current) setSaving('saving');
      try {
        const done = await call('campaigns/save', { id, fields: { ...now, name: now.name.trim() || newName } });
        stored.current = text;
        if (alive.current) {
          setSaving('saved');
          setError(undefined);
          setId(done.id);
        }
        return done.id;
      } catch (e) {
        if (alive.current) {
          setSaving('idle');
          setError(toApiError(e));
        }
        return id;
      }
    });
    return chain.current;
  }, [newName]);

  const text = JSON.stringify(fields);
  useEffect(() => {
    if (text === stored.current) return;
    const t = setTimeout(() => void flush(), CALM_MS);
    return () => clearTimeout(t);
  }, [text, flush]);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      if (JSON.stringify(latest.current) !== stored.current) void flush();
    };
  }, [flush]);

  const change = useCallback((part: Partial<Fields>) => {
    // At once: a `flush` right after it must write this.
    latest.current = { ...latest.current, ...part };
    setFields(latest.current);
  }, []);
  return { id, fields, change, flush, saving, error };
}
