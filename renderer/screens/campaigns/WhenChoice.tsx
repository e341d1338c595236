import { chosenTime, type LatePolicy, timeProblem } from '@domain/campaigns/schedule';
import type { ShopDay, UtcMs } from '@domain/kernel';
import { Button, SegmentedControl } from '@mantine/core';
import { type Out, useCommand, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { schedule as catalogue, type ScheduleWords } from '@renderer/strings/schedule';
import { FieldRow, FieldStack, Note, NumberField, Panel, SelectField, SwitchField, TextField } from '@renderer/ui';
import { count, micros, when } from '@renderer/ui/format';
import { type ReactNode, useId, useState } from 'react';
import css from './schedule.module.css';

/** Above as many people some leave before the others (main/domain/outbox). */
const FIRST = 20;
const FIRST_AHEAD_MS = 15 * 60_000;
const POLICIES: readonly LatePolicy[] = ['ask', 'send-late', 'skip'];

/** What stands in the boxes; the instant follows from it. */
export interface Chosen {
  timed: boolean;
  /** `2026-11-26` and `10:00`, the shop's clock. */
  day: string;
  time: string;
  late: LatePolicy;
  viaCarrier: boolean;
  /** Null: what the review offers. */
  ceiling: number | null;
}

/** An instant as the two boxes show it. */
export function boxes(at: number, zone: string): { day: string; time: string } {
  const p = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(at)
      .map((x) => [x.type, x.value]),
  );
  return { day: `${p['year']}-${p['month']}-${p['day']}`, time: `${p['hour']}:${p['minute']}` };
}

/** Tomorrow at ten, to begin with. */
export const firstChoice = (zone: string): Chosen => ({
  timed: false,
  day: boxes(Date.now() + 86_400_000, zone).day,
  time: '10:00',
  late: 'ask',
  viaCarrier: false,
  ceiling: null,
});

/** The instant in the boxes; null while they are not filled in. */
export function instantIn(c: Pick<Chosen, 'day' | 'time'>, zone: string): ReturnType<typeof chosenTime> | null {
  const t = /^(\d{2}):(\d{2})$/.exec(c.time);
  if (!t || !/^\d{4}-\d{2}-\d{2}$/.test(c.day)) return null;
  return chosenTime(c.day as ShopDay, Number(t[1]) * 60 + Number(t[2]), zone as never);
}

/** Why the instant cannot be chosen, in words; null when it can. */
export function problemOf(at: UtcMs, viaCarrier: boolean, w: ScheduleWords): string | null {
  const problem = timeProblem(at, Date.now() as UtcMs, viaCarrier);
  if (problem === null) return null;
  if (viaCarrier && problem === 'too-soon') return w.carrierSoon;
  if (viaCarrier && problem === 'too-far') return w.carrierFar;
  return w.problems[problem];
}

/** Day and time on the shop's clock, with what that clock does on such a night. */
export function TimeBoxes({
  value,
  onChange,
  viaCarrier,
}: {
  value: Chosen;
  onChange: (patch: Partial<Chosen>) => void;
  viaCarrier: boolean;
}) {
  const w = useWords(catalogue);
  const { shop, locale } = useShell();
  const chosen = instantIn(value, shop.zone);
  const problem = chosen ? problemOf(chosen.at, viaCarrier, w) : null;
  const zone = shop.zone.split('/').pop()?.replaceAll('_', ' ') ?? shop.zone;
  return (
    <>
      <FieldRow widths="minmax(0, 180px) minmax(0, 140px)">
        <TextField label={w.day} type="date" value={value.day} onChange={(day) => onChange({ day })} />
        <TextField label={w.time} type="time" value={value.time} onChange={(time) => onChange({ time })} />
      </FieldRow>
      {problem ? (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      ) : (
        <p className={css.quiet}>
          {chosen?.clock === 'gap'
            ? w.gap(when(chosen.at, 'time', shop.zone, locale, Date.now()))
            : chosen?.clock === 'twice'
              ? w.twice
              : w.shopTime(zone)}
        </p>
      )}
    </>
  );
}

/** Now, or at a time; who sends it then, what happens if this computer is off, and how much of it is approved. */
export function WhenChoice({
  value,
  onChange,
  review: r,
  children,
}: {
  value: Chosen;
  onChange: (patch: Partial<Chosen>) => void;
  /** As of the chosen time; undefined while it is looked at. */
  review: Out<'campaigns/review'> | undefined;
  /** Below: over how many days, at which hour. */
  children?: ReactNode;
}) {
  const w = useWords(catalogue);
  const { shop, locale } = useShell();
  const id = useId();
  const chosen = instantIn(value, shop.zone);
  const good = chosen !== null && problemOf(chosen.at, value.viaCarrier, w) === null;
  const at = (t: number) => when(t, 'day-time', shop.zone, locale, Date.now());
  const clock = (t: number) => when(t, 'time', shop.zone, locale, Date.now());
  const closed = value.timed && good && r !== undefined && r.people > 0 && r.leaving.now === 0;
  return (
    <Panel title={<span id={id}>{w.title}</span>}>
      <FieldStack>
        <SegmentedControl
          className={css.choice ?? ''}
          aria-labelledby={id}
          value={value.timed ? 'time' : 'now'}
          onChange={(v) => onChange({ timed: v === 'time' })}
          data={[
            { value: 'now', label: w.now },
            { value: 'time', label: w.atTime },
          ]}
        />
        {value.timed && (
          <>
            <TimeBoxes value={value} onChange={onChange} viaCarrier={value.viaCarrier} />
            {closed && r && (
              <Note
                tone="warn"
                role="alert"
                title={r.leaving.firstAt === null ? w.closedNever : w.closed(at(r.leaving.firstAt))}
                action={
                  r.leaving.firstAt !== null && (
                    <Button size="xs" variant="default" onClick={() => onChange({ ...boxes(r.leaving.firstAt ?? 0, shop.zone) })}>
                      {w.take}
                    </Button>
                  )
                }
              />
            )}
            <CarrierSwitch on={value.viaCarrier} onChange={(viaCarrier) => onChange({ viaCarrier })} />
            {value.viaCarrier ? (
              <ul className={css.how}>
                {w.viaCarrierHow.map((line) => (
                  <li key={line}>{line}</li>
                ))}
                {chosen && (r?.people ?? 0) > FIRST && <li>{w.viaCarrierFirst(clock(chosen.at), clock(chosen.at + FIRST_AHEAD_MS))}</li>}
              </ul>
            ) : (
              <>
                <SelectField
                  label={w.late.label}
                  value={value.late}
                  onChange={(late) => onChange({ late })}
                  options={POLICIES.map((p) => ({ value: p, label: w.late.options[p] }))}
                />
                {r && <Ceiling review={r} value={value} onChange={onChange} />}
              </>
            )}
          </>
        )}
        {children}
      </FieldStack>
    </Panel>
  );
}

/** People the owner approves, and the money that means. */
export const ceilingOf = (value: Chosen, r: Out<'campaigns/review'>): number => value.ceiling ?? r.ceiling.people;

function Ceiling({
  review: r,
  value,
  onChange,
}: {
  review: Out<'campaigns/review'>;
  value: Chosen;
  onChange: (patch: Partial<Chosen>) => void;
}) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const most = ceilingOf(value, r);
  const each = r.people === 0 ? 0 : r.price / r.people;
  const price = Math.max(Math.ceil((each * most) / 10_000) * 10_000, Math.ceil(r.price / 10_000) * 10_000);
  return (
    <div>
      <NumberField
        label={w.ceiling}
        hint={w.ceilingHint}
        unit={w.ceilingUnit}
        value={most}
        min={1}
        max={1_000_000}
        width={280}
        onChange={(ceiling) => onChange({ ceiling })}
        error={most < r.people ? w.tooFew(count(r.people, locale)) : undefined}
      />
      <p className={css.says}>{w.ceilingSays(most, count(most, locale), micros(price, r.currency, locale))}</p>
    </div>
  );
}

/** Asked of the account when it is switched on: only then does it matter. */
function CarrierSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const w = useWords(catalogue);
  const ask = useCommand('campaigns/carrier-can-hold');
  const [why, setWhy] = useState<keyof ScheduleWords['cannot'] | null>(null);
  const flip = async (next: boolean) => {
    setWhy(null);
    if (!next) return onChange(false);
    const answer = await ask.run({});
    if (answer?.possible) onChange(true);
    else if (answer) setWhy(answer.why);
  };
  return (
    <>
      <SwitchField
        label={w.viaCarrier}
        hint={ask.busy ? w.asking : w.viaCarrierHint}
        checked={on}
        disabled={ask.busy}
        onChange={(next) => void flip(next)}
      />
      {why !== null && !on && <Note tone="warn">{w.cannot[why]}</Note>}
    </>
  );
}
