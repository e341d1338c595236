import { mendOf } from '@domain/campaigns/mend';
import { BASE_WORDS } from '@domain/campaigns/parts';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { mailComposer } from '@renderer/strings/mail-composer';
import { schedule as scheduleWords } from '@renderer/strings/schedule';
import { Columns, ErrorNote, HoldButton, Note, Panel, Rows, Screen, SkeletonLines, TextField } from '@renderer/ui';
import { count, micros, money, when } from '@renderer/ui/format';
import { useCallback, useEffect, useRef, useState } from 'react';
import { AnywayNote } from './AnywayNote';
import css from './campaigns.module.css';
import { bodyOf, changeBody, changePart } from './draft-parts';
import { LadderReview } from './ladder/LadderReview';
import { type PeopleAsk, PeopleDialog } from './PeopleDialog';
import { type ReviewCheck, ReviewChecks } from './ReviewChecks';
import { ReviewLeaves } from './ReviewLeaves';
import { ReviewParts } from './ReviewParts';
import type { Fields, useDraft } from './useDraft';
import { type Chosen, ceilingOf, firstChoice, instantIn, problemOf, WhenChoice } from './WhenChoice';
import { WhenSpread } from './WhenSpread';
import { reasonWords } from './words';

type Review = Out<'campaigns/review'>;
/** Above this, holding a button is too easy (ui.md). */
const TYPE_ABOVE = 500;
/** As many leave before all others (main/domain/outbox). */
const FIRST = 20;

/** Exactly what pressing send does: who, who not and why, what it costs, when it leaves. */
export function ReviewStep({ id, draft, onBack }: { id: CampaignId; draft: ReturnType<typeof useDraft>; onBack: () => void }) {
  const { fields } = draft;
  const w = useWords(catalogue);
  const check = useCommand('campaigns/review');
  const start = useCommand('campaigns/start');
  const [review, setReview] = useState<Review>();
  const [why, setWhy] = useState<string>();
  const [people, setPeople] = useState<PeopleAsk | null>(null);
  const s = useWords(scheduleWords);
  const { shop } = useShell();
  const plan = useCommand('campaigns/schedule');
  const [choice, setChoice] = useState<Chosen>(() => firstChoice(shop.zone));
  const chosen = choice.timed ? instantIn(choice, shop.zone) : null;
  const good = chosen !== null && problemOf(chosen.at, choice.viaCarrier, s) === null;
  /** As of when everything below is meant; a time that cannot be is not asked about. */
  const at = good ? chosen.at : null;
  const viaCarrier = choice.timed && choice.viaCarrier;
  const { run } = check;
  const wanted = useRef({ at, viaCarrier });
  const [shownFor, setShownFor] = useState(wanted.current);
  const look = useCallback(async () => {
    wanted.current = { at, viaCarrier };
    // Asked again while an answer is awaited: whoever awaits it looks once more, for what is wanted by then.
    for (let asked = null as typeof wanted.current | null; asked !== wanted.current; ) {
      asked = wanted.current;
      const r = await run({ id, ...asked });
      if (!r) return;
      if (asked !== wanted.current) continue;
      setReview(r);
      setShownFor(asked);
    }
  }, [run, id, at, viaCarrier]);
  const current = shownFor.at === at && shownFor.viaCarrier === viaCarrier && !check.busy;
  useEffect(() => {
    void look();
  }, [look]);

  const failed = start.error ?? plan.error;
  const outdated = failed?.code === 'campaign.quote-outdated';
  useEffect(() => {
    if (!outdated) return;
    setWhy(String(failed?.params['why'] ?? 'token'));
    void look();
  }, [outdated, failed, look]);

  const [altering, setAltering] = useState(false);
  /** A change of the draft made here: kept, then everything is counted again. */
  const alter = async (part: Partial<Fields>) => {
    setAltering(true);
    draft.change(part);
    await draft.flush();
    await look();
    setAltering(false);
  };
  const mend = (x: ReviewCheck): Partial<Fields> | null => {
    const at = (x.part ?? 1) - 1;
    const key = x.words ?? BASE_WORDS;
    const m = mendOf(x.code, bodyOf(fields, at, key));
    if (m === null) return null;
    return 'body' in m ? changeBody(fields, at, key, m.body) : { addStopLine: true };
  };

  const send = async () => {
    if (review?.quoteToken == null) return;
    setWhy(undefined);
    const done = choice.timed
      ? at !== null &&
        (await plan.run({
          id,
          quoteToken: review.quoteToken,
          at,
          latePolicy: choice.late,
          ceilingPeople: viaCarrier ? review.people : Math.max(review.people, ceilingOf(choice, review)),
          viaCarrier,
        }))
      : await start.run({ id, quoteToken: review.quoteToken });
    if (done) go({ screen: 'campaigns', id }, { replace: true });
  };

  return (
    <Screen title={w.reviewTitle} subtitle={fields.name} up={{ label: w.backToEdit, onClick: onBack }}>
      {check.error && <ErrorNote error={check.error} onRetry={() => void look()} />}
      {failed && !outdated && <ErrorNote error={failed} />}
      {why !== undefined && <Note tone="warn" role="alert" title={w.outdated[why as keyof typeof w.outdated] ?? w.outdated.token} />}
      {!review ? (
        !check.error && (
          <Panel title={w.checking}>
            <SkeletonLines lines={6} />
          </Panel>
        )
      ) : (
        <>
          <Columns min={360}>
            <Rows>
              <Who review={review} goal={fields.goal} channels={fields.channels} onPeople={setPeople} />
              <ReviewParts review={review} onPeople={setPeople} />
              {review.excluded.length === 0 && <Longest review={review} />}
            </Rows>
            <Rows>
              <AnywayNote
                id={id}
                review={review}
                busy={altering}
                onNarrow={(segmentId) => void alter(changePart(fields, 0, { segmentId }))}
              />
              <ReviewChecks
                review={review}
                canMend={(x) => mend(x) !== null}
                onMend={(x) => {
                  const change = mend(x);
                  if (change) void alter(change);
                }}
                onBack={onBack}
                busy={altering}
              />
              <WhenChoice value={choice} onChange={(patch) => setChoice((c) => ({ ...c, ...patch }))} review={current ? review : undefined}>
                <WhenSpread
                  value={{ spreadDays: fields.spreadDays ?? 1, localHour: fields.localHour ?? null }}
                  onChange={(t) => void alter(t)}
                  busy={altering}
                />
              </WhenChoice>
              {review.people > 0 && <ReviewLeaves review={review} choice={choice} />}
              {review.people > 0 && <Cost review={review} />}
              <LadderReview campaignId={id} />
              <DayReason
                affected={review.leaving.needReason}
                reason={fields.dayReason ?? ''}
                onReason={(dayReason) => alter({ dayReason })}
              />
              {review.excluded.length > 0 && <Longest review={review} />}
            </Rows>
          </Columns>
          <Send
            review={review}
            busy={start.busy || plan.busy || !current}
            at={choice.timed ? at : undefined}
            ready={!choice.timed || (at !== null && review.leaving.now > 0 && (viaCarrier || ceilingOf(choice, review) >= review.people))}
            onSend={() => void send()}
          />
        </>
      )}
      {people && <PeopleDialog id={id} ask={people} at={shownFor.at} onClose={() => setPeople(null)} />}
    </Screen>
  );
}

function Who({
  review: r,
  goal,
  channels,
  onPeople,
}: {
  review: Review;
  goal: Fields['goal'];
  channels: Fields['channels'];
  onPeople: (ask: PeopleAsk) => void;
}) {
  const w = useWords(catalogue);
  const { locale, shop } = useShell();
  const n = (x: number) => count(x, locale);
  const c = useWords(composer).review;
  const several = r.parts.length > 1;
  const m = useWords(mailComposer).review;
  const texted = several ? c.getsAny(r.people, n(r.people)) : w.gets(r.people, n(r.people));
  const gets = r.mails === 0 ? texted : m.gets(r.people, n(r.people), r.mails === r.people);
  const out = r.excluded.reduce((t, e) => t + e.count, 0);
  const target = goal.kind === 'profit' ? money(goal.target ?? 0, shop.currency, locale) : n(goal.target ?? 0);
  return (
    <>
      <Panel
        title={gets}
        hint={several ? c.ofGroups(r.parts.length) : r.sentence}
        action={
          r.people > 0 && (
            <Button size="xs" variant="subtle" onClick={() => onPeople({ view: 'text', reason: null, title: gets })}>
              {w.seeWho}
            </Button>
          )
        }
      >
        {r.mails > 0 && r.mails < r.people && <p className={css.under}>{m.split(n(r.people - r.mails), n(r.mails))}</p>}
      </Panel>
      {r.people + r.heldOut > 0 && (
        <Panel
          title={r.heldOut > 0 ? w.held(r.heldOut, n(r.heldOut)) : w.learn}
          action={
            r.heldOut > 0 && (
              <Button
                size="xs"
                variant="subtle"
                onClick={() => onPeople({ view: 'control', reason: null, title: w.held(r.heldOut, n(r.heldOut)) })}
              >
                {w.seeWho}
              </Button>
            )
          }
        >
          <p className={css.quiet}>
            {r.heldOut > 0 ? w.heldWhy(r.holdoutPercent) : w.heldNone[r.holdoutWhy === 'chosen-off' ? 'chosen-off' : 'too-few']}{' '}
            {w.resultsUntil(r.windowDays)}
          </p>
          <p className={css.under}>{goal.kind === 'none' ? c.goal.none : c.goal[goal.kind](target)}</p>
        </Panel>
      )}
      {out > 0 && (
        <Panel title={several ? c.outOfAll(out, n(out)) : w.notTexted(out, n(out))}>
          <ul className={css.reasons}>
            {r.excluded.map((e) => (
              <li key={e.reason}>
                <button
                  type="button"
                  onClick={() =>
                    onPeople({ view: 'excluded', reason: e.reason, title: `${n(e.count)}: ${reasonWords(e.reason, w, channels)}` })
                  }
                >
                  <span className="rg-num">{n(e.count)}</span>
                  <span>{reasonWords(e.reason, w, channels)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function Cost({ review: r }: { review: Review }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const n = (x: number) => count(x, locale);
  const { free } = useWords(mailComposer).review;
  const price = (m: number) => micros(m, r.currency, locale);
  return (
    <Panel title={w.price}>
      <p className={css.bigPrice}>{w.priceAbout(priceText(r, locale))}</p>
      <p className={css.quiet}>
        {r.mails > 0 && `${free} `}
        {r.segments > 0 && `${w.priceHow(r.segments, n(r.segments), price(r.perSegment))} · `}
        {r.money.limit === null ? w.monthNoLimit(price(r.money.spent)) : w.month(price(r.money.spent), price(r.money.limit))}
      </p>
    </Panel>
  );
}

/** Sundays and holidays that some states restrict: closed, unless the owner says why not (rules.md §3). */
function DayReason({ affected, reason, onReason }: { affected: number; reason: string; onReason: (reason: string) => Promise<void> }) {
  const w = useWords(catalogue).dayReason;
  const { locale } = useShell();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const say = async (text: string) => {
    setBusy(true);
    await onReason(text);
    setBusy(false);
    setTyped('');
  };
  if (reason !== '') {
    return (
      <Note tone="warn" title={w.given(reason)}>
        <Button size="xs" variant="default" loading={busy} onClick={() => void say('')}>
          {w.drop}
        </Button>
      </Note>
    );
  }
  if (affected === 0) return null;
  return (
    <Panel title={w.title(affected, count(affected, locale))} tone="warn">
      <form
        className={css.dayReason}
        onSubmit={(e) => {
          e.preventDefault();
          if (typed.trim() !== '') void say(typed.trim());
        }}
      >
        <p className={css.quiet}>{w.body}</p>
        <TextField label={w.label} value={typed} onChange={setTyped} maxLength={200} />
        <Button type="submit" variant="default" disabled={typed.trim() === ''} loading={busy}>
          {w.save}
        </Button>
      </form>
    </Panel>
  );
}

/** Rounded up to the cent: an owner is never charged more than was said. */
const priceText = (r: Pick<Review, 'price' | 'currency'>, locale: string) =>
  micros(Math.ceil(r.price / 10_000) * 10_000, r.currency, locale);

function Longest({ review: r }: { review: Review }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  // with several wordings each stands with its own
  if (r.longest.text === '' || r.parts.some((p) => p.wordings.length > 1) || r.parts.length > 1) return null;
  return (
    <Panel title={w.longestTitle}>
      <p className={css.bubble}>{r.longest.text}</p>
      {r.variants.length > 1 && (
        <ul className={css.timing}>
          {r.variants.map((v) => (
            <li key={`${v.encoding}${v.segments}`} className={css.quiet}>
              {w.preview.total(count(v.people, locale), v.people)}: {w.what.parts(v.segments)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Send({
  review: r,
  busy,
  at,
  ready,
  onSend,
}: {
  review: Review;
  busy: boolean;
  /** Undefined: now. Null: a time that cannot be. */
  at: UtcMs | null | undefined;
  ready: boolean;
  onSend: () => void;
}) {
  const w = useWords(catalogue);
  const s = useWords(scheduleWords);
  const { locale, shop } = useShell();
  const m = useWords(mailComposer).review;
  const [typed, setTyped] = useState('');
  const must = r.people > TYPE_ABOVE;
  const right = !must || Number(typed.replace(/[^\d]/g, '')) === r.people;
  if (r.quoteToken === null) return <Note tone="danger">{w.cannotSend}</Note>;
  return (
    <div className={css.send}>
      {must && (
        <TextField
          label={w.typeCount(count(r.people, locale))}
          hint={w.typeHint}
          value={typed}
          inputMode="numeric"
          onChange={setTyped}
          maxLength={9}
        />
      )}
      {at === undefined && !must && r.people - r.mails > FIRST && <p className={css.sendHint}>{w.sendHint}</p>}
      {r.mails > 0 && r.mails === r.people && <p className={css.sendHint}>{m.free}</p>}
      <HoldButton onDone={onSend} busy={busy} disabled={!right || !ready}>
        {at == null
          ? r.mails === 0
            ? w.send(r.people, count(r.people, locale), priceText(r, locale))
            : r.mails === r.people
              ? m.send(r.people, count(r.people, locale))
              : m.sendBoth(r.people, count(r.people, locale), priceText(r, locale))
          : s.plan(when(at, 'day-time', shop.zone, locale, Date.now()))}
      </HoldButton>
    </div>
  );
}
