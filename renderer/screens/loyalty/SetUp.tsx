import { addDays, shopDay } from '@domain/calendar';
import type { OfferId, UtcMs } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { Choice } from '@renderer/screens/money/Choice';
import { OfferDialog } from '@renderer/screens/offers/OfferDialog';
import { useSay } from '@renderer/screens/reports/format';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue } from '@renderer/strings/loyalty';
import { offers as offerWords } from '@renderer/strings/offers';
import { ErrorNote, FieldRow, Loaded, MoneyField, NumberField, Panel, Rows, Screen, SelectField, TextField, toast } from '@renderer/ui';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { CostPanel } from './CostPanel';
import { type Draft, draftOf, gapOf, inputOf, type LoyaltyInput, withKind } from './draft';
import css from './loyalty.module.css';
import { MoreRules } from './MoreRules';
import type { View } from './say';

type OfferRow = Out<'offers/list'>[number];
/** A reward is a code of one person for one use, and never points. */
const fits = (o: OfferRow): boolean => o.codeMode === 'personal' && o.codeUses === 1 && o.kind !== 'points' && !o.archived;

/** Rewards are set up, or changed from today on; what they would have cost stands beside it before anything is switched on. */
export function SetUp() {
  const w = useWords(catalogue);
  const query = useQuery('loyalty/programme', {});
  return <Loaded query={query}>{(v) => <Form v={v} key={v.state} w={w} />}</Loaded>;
}

function Form({ v, w }: { v: View; w: (typeof catalogue)['en'] }) {
  const f = w.form;
  const say = useSay();
  const { shop } = useShell();
  const [d, setDraft] = useState<Draft>(() => draftOf(v));
  const [asked, setAsked] = useState<LoyaltyInput | null>(null);
  const [tried, setTried] = useState(false);
  const save = useCommand('loyalty/save');
  const on = v.state === 'on';
  const set = (change: Partial<Draft>) => setDraft((was) => ({ ...was, ...change }));
  const yearAgo = addDays(shopDay(Date.now() as UtcMs, shop.zone), -365);
  const gap = gapOf(d);
  const missing = tried ? gap : null;
  const input = gap === null ? inputOf(d, { firstSale: v.firstSale, yearAgo, counted: v.history }) : null;
  const other = v.state !== 'never' && v.terms.kind !== d.kind;
  const look = () => {
    setTried(true);
    if (input) setAsked(input);
  };
  const submit = async () => {
    setTried(true);
    if (!input || !(await save.run(input))) return;
    toast({ title: on ? f.saved : f.switchedOn, tone: 'good' });
    go({ screen: 'loyalty' }, { replace: true });
  };
  return (
    <Screen
      title={f.title}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'loyalty' })) }}
      primary={
        <Button loading={save.busy} onClick={() => void submit()}>
          {on ? f.save : f.on}
        </Button>
      }
      actions={
        <Button variant="default" onClick={look}>
          {f.preview}
        </Button>
      }
    >
      <div className={css.two}>
        <Rows gap={16}>
          <ErrorNote error={save.error} />
          <Panel title={f.kind}>
            <div className={css.fields}>
              <Choice
                label={f.kind}
                value={d.kind}
                options={(['visits', 'items', 'points'] as const).map((k) => ({ value: k, label: w.start.kinds[k].title }))}
                onChange={(kind) => setDraft((was) => withKind(was, kind))}
              />
              <p className={css.quiet}>{f.example(w.start.kinds[d.kind].example)}</p>
              {d.kind === 'visits' && (
                <MoneyField
                  label={f.least}
                  hint={f.leastHint}
                  width={360}
                  cents={d.minSpend || null}
                  onChange={(c) => set({ minSpend: (c ?? 0) as never })}
                />
              )}
              {d.kind === 'items' && (
                <FieldRow widths="1fr 1fr">
                  <TextField
                    label={f.categories}
                    hint={f.thingsHint}
                    value={d.categories}
                    onChange={(categories) => set({ categories })}
                    maxLength={600}
                  />
                  <TextField label={f.items} hint={f.thingsHint} value={d.items} onChange={(items) => set({ items })} maxLength={600} />
                </FieldRow>
              )}
              {d.kind === 'points' && (
                <NumberField
                  label={`${f.perUnit} ${say.wholeMoney(d.unit)}`}
                  hint={f.perUnitHint}
                  value={d.perUnit}
                  width={360}
                  min={1}
                  max={1000}
                  onChange={(n) => set({ perUnit: n ?? 1 })}
                />
              )}
              <SelectField
                label={f.who}
                value={d.joining}
                onChange={(joining) => set({ joining })}
                options={[
                  { value: 'all', label: f.all },
                  { value: 'asked', label: f.asked },
                ]}
              />
            </div>
          </Panel>
          <Rewards d={d} set={set} missing={missing} w={w} />
          {v.history !== null ? (
            <Panel title={f.history} hint={f.historyDone(say.day(v.history.since))} />
          ) : (
            <Panel title={f.history} hint={f.historyHint}>
              <FieldRow widths="1fr 1fr">
                <SelectField
                  label={f.historyLabel}
                  value={d.from}
                  onChange={(from) => set({ from })}
                  options={[
                    { value: 'none', label: f.historyNone },
                    { value: 'year', label: f.historyYear },
                    { value: 'all', label: f.historyAll },
                    { value: 'since', label: f.historySince },
                  ]}
                />
                {d.from === 'since' && (
                  <TextField
                    label={f.from}
                    type="date"
                    value={d.sinceDay}
                    onChange={(sinceDay) => set({ sinceDay })}
                    error={missing === 'since' ? f.bad : undefined}
                  />
                )}
                {d.from !== 'none' && (
                  <NumberField label={f.most} hint={f.mostHint} width={360} value={d.most} min={0} onChange={(most) => set({ most })} />
                )}
              </FieldRow>
            </Panel>
          )}
          {other && (
            <Panel title={f.carryTitle} tone="warn">
              <NumberField
                label={f.carry(w.some('', false, v.terms.kind).trim(), w.some('', false, d.kind).trim())}
                hint={f.carryHint}
                width={420}
                value={d.carry}
                min={0}
                max={1000}
                onChange={(carry) => set({ carry })}
              />
            </Panel>
          )}
          <MoreRules d={d} set={set} missing={missing} />
        </Rows>
        <CostPanel
          asked={asked}
          stale={asked !== null && JSON.stringify(asked) !== JSON.stringify(input)}
          onAsk={look}
          joining={d.joining}
        />
      </div>
    </Screen>
  );
}

interface PartProps {
  d: Draft;
  set: (change: Partial<Draft>) => void;
  missing: ReturnType<typeof gapOf>;
}

function Rewards({ d, set, missing, w }: PartProps & { w: (typeof catalogue)['en'] }) {
  const f = w.form;
  const o = useWords(offerWords);
  const list = useQuery('offers/list', {});
  const [making, setMaking] = useState(false);
  /** Offers there were before a new one was made: the new one is taken where nothing was chosen yet. */
  const before = useRef<ReadonlySet<number> | null>(null);
  useEffect(() => {
    const made = before.current && list.data?.find((x) => fits(x) && !before.current?.has(x.id));
    const empty = d.rewards.find((r) => r.offerId === null);
    if (!made || !empty) return;
    before.current = null;
    set({ rewards: d.rewards.map((r) => (r.key === empty.key ? { ...r, offerId: made.id } : r)) });
  }, [list.data, d.rewards, set]);
  // one that was put away since stays what was promised
  const offers = (list.data ?? []).filter((x) => fits(x) || d.rewards.some((r) => r.offerId === x.id));
  const change = (key: number, with_: Partial<Draft['rewards'][number]>) =>
    set({ rewards: d.rewards.map((r) => (r.key === key ? { ...r, ...with_ } : r)) });
  const options = [{ value: '', label: f.noReward }, ...offers.map((x) => ({ value: String(x.id), label: x.name }))];
  return (
    <Panel
      title={f.rewards}
      hint={f.rewardHint}
      action={
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            before.current = new Set(list.data?.map((x) => x.id));
            setMaking(true);
          }}
        >
          {f.newOffer}
        </Button>
      }
    >
      <div className={css.fields}>
        {d.rewards.map((r) => (
          <div key={r.key} className={css.line}>
            <NumberField
              label={f.after[d.kind]}
              value={r.cost}
              min={1}
              onChange={(cost) => change(r.key, { cost })}
              error={missing === 'cost' && (r.cost === null || r.cost < 1) ? f.bad : undefined}
            />
            <div className={css.grow}>
              <SelectField
                label={f.reward}
                value={r.offerId === null ? '' : String(r.offerId)}
                onChange={(id) => change(r.key, { offerId: id === '' ? null : (Number(id) as OfferId) })}
                options={options}
                error={missing === 'rewards' && r.offerId === null ? f.rewardMissing : undefined}
              />
            </div>
            {d.rewards.length > 1 && (
              <Button
                variant="subtle"
                color="gray"
                className={css.drop ?? ''}
                aria-label={f.remove}
                onClick={() => set({ rewards: d.rewards.filter((x) => x.key !== r.key) })}
              >
                <IconX size={18} stroke={1.75} aria-hidden />
              </Button>
            )}
          </div>
        ))}
        {d.kind === 'points' && d.rewards.length < 8 && (
          <div>
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
              onClick={() =>
                set({ rewards: [...d.rewards, { key: Math.max(...d.rewards.map((r) => r.key)) + 1, offerId: null, cost: null }] })
              }
            >
              {f.addReward}
            </Button>
          </div>
        )}
      </div>
      {making && <OfferDialog offer={null} words={o} onClose={() => setMaking(false)} />}
    </Panel>
  );
}
