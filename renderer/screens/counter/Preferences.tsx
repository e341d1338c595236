import { call, type Out, useCommand } from '@renderer/api';
import type { Language } from '@renderer/strings';
import type { SignUpWords } from '@renderer/strings/sign-up';
import { ErrorNote } from '@renderer/ui';
import { useEffect, useState } from 'react';
import { GRACE_MS, QUIET_MS, THANKS_MS } from './SignUp';
import { StillThere } from './StillThere';
import css from './signup.module.css';
import { useIdle } from './useIdle';

type Prefs = NonNullable<Out<'display/state'>['preferences']>;
type Choice = 'sms' | 'email' | 'both' | 'none';
const REASONS = ['too-many', 'not-for-me', 'other'] as const;

/** The channel they have now, as far as their two permissions tell. */
function channelNow(p: Prefs): Choice {
  const [sms, mail] = [p.state === 'in', p.emailState === 'in'];
  return sms && mail ? 'both' : sms ? 'sms' : mail ? 'email' : 'none';
}

interface PreferencesProps {
  turn: number;
  words: SignUpWords;
  language: Language;
  shown: Prefs;
  onEnd: () => void;
}

/** What the person in front of the screen may change about themselves, by their own hand: topics, fewer texts, channel, language, stop. */
export function Preferences({ turn, words, language, shown, onEnd }: PreferencesProps) {
  const w = words.prefer;
  const [first] = useState(shown); // theirs as it was when they began: nothing moves under their finger
  const [promise, setPromise] = useState(first.promiseMax);
  const [topics, setTopics] = useState<readonly string[]>(() => first.topics.filter((t) => t.on).map((t) => t.slug));
  const [marketing, setMarketing] = useState<Choice>(() => channelNow(first));
  const [service, setService] = useState<Choice | null>(null);
  const [theirs, setTheirs] = useState<Language>(first.language);
  const [end, setEnd] = useState<'saved' | 'stopped' | 'why' | null>(null);
  const save = useCommand('display/prefer');
  const stop = useCommand('display/stop');
  const why = useCommand('display/why');
  const { left, touch } = useIdle(end ? THANKS_MS : QUIET_MS, end ? 0 : GRACE_MS, onEnd);
  useEffect(() => {
    void call('display/step', { step: end ? 'thanks' : 'details', language: first.language }).catch(() => undefined);
  }, [end, first.language]);

  const send = async () => {
    const done = await save.run({
      turn,
      topics: [...topics],
      language: theirs,
      ...(promise !== null && promise !== first.promiseMax && { promiseMax: promise }),
      ...(marketing !== channelNow(first) && { marketing }),
      ...(service !== null && { service }),
    });
    if (done) setEnd('saved');
  };

  if (end === 'stopped') {
    return (
      <div className={css.thanks} role="status" data-outcome="stopped">
        <div className={css.mark} aria-hidden>
          ✓
        </div>
        <h1>{w.stopped}</h1>
        <p>{w.why}</p>
        <div className={css.reasons}>
          {REASONS.map((reason) => (
            <button
              key={reason}
              type="button"
              className={css.quietChoice}
              disabled={why.busy}
              onClick={() => void why.run({ turn, reason }).then(() => setEnd('why'))}
            >
              {w.reasons[reason]}
            </button>
          ))}
        </div>
        <button type="button" className={css.quietButton} onClick={onEnd} ref={(el) => el?.focus()}>
          {w.skip}
        </button>
      </div>
    );
  }
  if (end) {
    return (
      <div className={css.thanks} role="status" data-outcome={end}>
        <div className={css.mark} aria-hidden>
          ✓
        </div>
        <h1>{end === 'saved' ? w.saved : w.whyDone}</h1>
        {end === 'saved' && <p>{w.savedBody}</p>}
        <button type="button" className={css.go} onClick={onEnd} ref={(el) => el?.focus()}>
          {words.thanks.done}
        </button>
      </div>
    );
  }
  const isIn = first.state === 'in' || first.state === 'paused' || first.emailState === 'in';
  const channels: Choice[] = first.hasEmail && first.emailState !== 'never' ? ['sms', 'email', 'both', 'none'] : ['sms', 'none'];
  return (
    <>
      <form
        className={css.prefer}
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <div>
          <h1>{w.title(first.name)}</h1>
          <p className={css.hint}>{w.ends(first.phoneEnd)}</p>
        </div>
        {!isIn && <p className={css.preferNote}>{first.state === 'out' ? w.outNow : w.notIn}</p>}
        {isIn && (
          <>
            <Choices label={w.howOften} options={first.promises.map((n) => [n, words.upTo(n)])} value={promise} onChange={setPromise} />
            <fieldset className={css.topics}>
              <legend>{w.topics}</legend>
              {first.topics.map((t) => {
                const on = topics.includes(t.slug);
                return (
                  <button
                    key={t.slug}
                    type="button"
                    aria-pressed={on}
                    onClick={() => setTopics((now) => (on ? now.filter((x) => x !== t.slug) : [...now, t.slug]))}
                  >
                    {t.name[language]}
                  </button>
                );
              })}
            </fieldset>
            <div className={css.pair}>
              <div>
                <Choices label={w.marketing} options={channels.map((c) => [c, w.choice[c]])} value={marketing} onChange={setMarketing} />
                {channels.length === 2 && <p className={css.hint}>{w.emailFirst}</p>}
              </div>
              <Choices label={w.service} options={channels.map((c) => [c, w.choice[c]])} value={service} onChange={setService} />
            </div>
          </>
        )}
        <Choices
          label={w.language}
          options={[
            ['en', 'English'],
            ['es', 'Español'],
          ]}
          value={theirs}
          onChange={setTheirs}
        />
        <ErrorNote error={save.error ?? stop.error} />
        <div className={css.preferEnd}>
          <button type="submit" className={css.go} disabled={save.busy || stop.busy} data-number>
            {w.save}
          </button>
          {first.state !== 'out' && (
            <button
              type="button"
              className={css.stop}
              disabled={save.busy || stop.busy}
              onClick={() => void stop.run({ turn }).then((done) => done && setEnd('stopped'))}
            >
              {w.stop}
            </button>
          )}
        </div>
      </form>
      {left !== null && <StillThere words={words} left={left} onStay={touch} onLeave={onEnd} />}
    </>
  );
}

function Choices<V extends string | number>(p: {
  label: string;
  options: readonly (readonly [V, string])[];
  value: V | null;
  onChange: (v: V) => void;
}) {
  return (
    <fieldset className={css.topics}>
      <legend>{p.label}</legend>
      {p.options.map(([value, label]) => (
        <button key={value} type="button" aria-pressed={value === p.value} onClick={() => p.onChange(value)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}
