import type { Channel } from '@contract/index';
import type { ErrorCode, ErrorParams } from '@domain/errors';
import type { Answer, Bridge, BridgeEvent, In, Out } from '@renderer/api/client';

/** A refusal the fake answers with. */
export class Refusal {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
  ) {}
}

export type Answers = { [C in Channel]?: Out<C> | ((input: In<C>) => Out<C> | Refusal | Promise<Out<C> | Refusal>) };

export interface FakeBridge extends Bridge {
  /** Every call so far, oldest first. */
  readonly calls: { channel: string; input: unknown }[];
  emit(event: BridgeEvent, payload: unknown): void;
  answers: Answers;
  marks: string[];
}

/** A backend made of answers: gallery and renderer tests only. What has no answer never answers (loading states). */
export function fakeBridge(answers: Answers): FakeBridge {
  const listeners = new Map<BridgeEvent, Set<(payload: unknown) => void>>();
  const fake: FakeBridge = {
    calls: [],
    marks: [],
    answers,
    async invoke(channel, input): Promise<Answer> {
      fake.calls.push({ channel, input });
      const answer = fake.answers[channel as Channel] as unknown;
      if (answer === undefined) return new Promise<Answer>(() => undefined);
      const value: unknown = typeof answer === 'function' ? await (answer as (i: unknown) => unknown)(input) : answer;
      if (value instanceof Refusal) return { ok: false, error: { code: value.code, params: value.params } };
      return { ok: true, value };
    },
    on(event, fn) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(fn));
      return () => void set.delete(fn);
    },
    mark: (name) => void fake.marks.push(name),
    emit(event, payload) {
      for (const fn of listeners.get(event) ?? []) fn(payload);
    },
  };
  return fake;
}
