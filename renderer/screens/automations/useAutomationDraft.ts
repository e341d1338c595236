import type { CampaignId } from '@domain/kernel';
import { type ApiError, call, type In, toApiError } from '@renderer/api';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fields } from '../campaigns/useDraft';
import type { One } from './say';

type Saved = In<'automations/save'>;
/** What it goes by, beside its words. */
export type Rules = Pick<One, 'terms' | 'waitDays' | 'atMinute' | 'mostPerDay' | 'stops' | 'priority'>;

const CALM_MS = 600;

const rulesOf = (a: One): Rules => ({
  terms: a.terms,
  waitDays: a.waitDays,
  atMinute: a.atMinute,
  mostPerDay: a.mostPerDay,
  stops: a.stops,
  priority: a.priority,
});

const fieldsOf = ({ name, pattern: p }: One): Fields => ({
  name,
  segmentId: p.segmentId,
  body: p.body,
  offerId: p.offerId,
  addStopLine: p.addStopLine,
  holdout: p.holdout,
  goal: p.goal,
  windowDays: p.windowDays,
  topic: p.topic,
  dayReason: p.dayReason,
  partName: p.partName,
  more: p.more,
  words: p.words,
  keepTyped: p.keepTyped,
  channels: p.channels,
  mails: p.mails,
});

/** As the backend takes it: only the terms its kind goes by. */
function inputOf(a: One, fields: Fields, rules: Rules, noName: string): Saved {
  const { name, segmentId, body, offerId, addStopLine, holdout, goal, windowDays } = fields;
  const { topic, dayReason, partName, more, words, keepTyped, channels, mails } = fields;
  const further = { topic, dayReason, partName, more, words, keepTyped, channels, mails };
  const said = Object.fromEntries(Object.entries(further).filter(([, v]) => v !== undefined));
  return {
    id: a.id,
    name: name.trim() || noName,
    ...rules,
    terms: Object.fromEntries(a.uses.map((u) => [u, rules.terms[u]])),
    pattern: { segmentId, body, offerId, addStopLine, holdout, goal, windowDays, ...said },
  };
}

export interface AutomationDraft {
  fields: Fields;
  rules: Rules;
  change: (part: Partial<Fields>) => void;
  changeRules: (part: Partial<Rules>) => void;
  /** Writes what is not written yet; its words' campaign, or null when that failed. */
  flush: () => Promise<CampaignId | null>;
  saving: 'idle' | 'saving' | 'saved';
  error: ApiError | undefined;
  /** Something is changed and not stored. */
  dirty: boolean;
}

/** What was changed of one that runs and not saved when it was left, from the press that asks for it until it is shown. */
let wanted: { id: number; fields: Fields; rules: Rules } | null = null;

/**
 * An automation as it is edited. While it is off it saves itself, as a campaign's draft does; one that runs is changed by the press of a
 * button only, for its next text says what stands there. `onLeft`: it was left with changes that are not saved;
 * what it is given brings them back the next time it is opened.
 */
export function useAutomationDraft(a: One, onLeft: (bringBack: () => void) => void): AutomationDraft {
  const [first] = useState(() => (wanted?.id === a.id ? wanted : null));
  const [fields, setFields] = useState<Fields>(() => first?.fields ?? fieldsOf(a));
  const [rules, setRules] = useState<Rules>(() => first?.rules ?? rulesOf(a));
  const [saving, setSaving] = useState<AutomationDraft['saving']>('idle');
  const [error, setError] = useState<ApiError>();
  const latest = useRef({ fields, rules });
  latest.current = { fields, rules };
  const [stored, setStored] = useState(() => JSON.stringify(inputOf(a, fieldsOf(a), rulesOf(a), a.name)));
  const storedNow = useRef(stored);
  const alive = useRef(true);
  const chain = useRef<Promise<CampaignId | null>>(Promise.resolve(a.patternId));
  const off = a.state === 'off';
  const asInput = useCallback(() => inputOf(a, latest.current.fields, latest.current.rules, a.name), [a]);

  const flush = useCallback((): Promise<CampaignId | null> => {
    chain.current = chain.current.then(async () => {
      const input = asInput();
      const text = JSON.stringify(input);
      if (text === storedNow.current) return a.patternId;
      if (alive.current) setSaving('saving');
      try {
        await call('automations/save', input);
        storedNow.current = text;
        if (alive.current) {
          setStored(text);
          setSaving('saved');
          setError(undefined);
        }
        return a.patternId;
      } catch (e) {
        if (alive.current) {
          setSaving('idle');
          setError(toApiError(e));
        }
        return null;
      }
    });
    return chain.current;
  }, [a, asInput]);

  const text = JSON.stringify(inputOf(a, fields, rules, a.name));
  const dirty = text !== stored;
  useEffect(() => {
    if (!off || text === storedNow.current) return;
    const t = setTimeout(() => void flush(), CALM_MS);
    return () => clearTimeout(t);
  }, [off, text, flush]);

  const leave = useRef(() => {});
  leave.current = () => {
    if (JSON.stringify(asInput()) === storedNow.current) return;
    if (off) void flush();
    else {
      const kept = { id: a.id, ...latest.current };
      onLeft(() => {
        wanted = kept;
      });
    }
  };
  useEffect(() => {
    alive.current = true;
    wanted = null;
    return () => {
      alive.current = false;
      leave.current();
    };
  }, []);

  const change = useCallback((part: Partial<Fields>) => {
    latest.current = { ...latest.current, fields: { ...latest.current.fields, ...part } };
    setFields(latest.current.fields);
  }, []);
  const changeRules = useCallback((part: Partial<Rules>) => {
    latest.current = { ...latest.current, rules: { ...latest.current.rules, ...part } };
    setRules(latest.current.rules);
  }, []);
  return { fields, rules, change, changeRules, flush, saving, error, dirty };
}
