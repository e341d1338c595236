import { topShare } from '@domain/segments/describe';
import { RFM_CLASSES } from '@domain/segments/rfm';
import { RHYTHM_CLASSES } from '@domain/segments/rhythm';
import { type Condition, NUMBER_STATES, PERMISSION_STATES, REACTIONS, RFM_AXES } from '@domain/segments/rule';
import { Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { useEffect, useState } from 'react';
import { SmallMoney, SmallNumber } from './SmallNumber';
import css from './segments.module.css';

interface Props<C> {
  value: C;
  onChange: (c: C) => void;
}
type Of<K extends Condition['is']> = Extract<Condition, { is: K }>;

/** A choice inside a sentence; its label is for screen readers. */
function Pick<V extends string>(p: { label: string; value: V; options: readonly (readonly [V, string])[]; onChange: (v: V) => void }) {
  return (
    <NativeSelect
      aria-label={p.label}
      value={p.value}
      onChange={(e) => p.onChange(e.currentTarget.value as V)}
      data={p.options.map(([value, label]) => ({ value, label }))}
    />
  );
}

/** "ever" or "in the last n days". */
function Period(p: { days: number | null; onChange: (days: number | null) => void }) {
  const w = useWords(catalogue);
  return (
    <>
      <Pick
        label={w.period.label}
        value={p.days === null ? 'ever' : 'days'}
        options={[
          ['ever', w.period.ever],
          ['days', w.period.days],
        ]}
        onChange={(v) => p.onChange(v === 'ever' ? null : 90)}
      />
      {p.days !== null && <Days days={p.days} onChange={p.onChange} />}
    </>
  );
}

function Days(p: { days: number; onChange: (days: number) => void; most?: number; unit?: string }) {
  const w = useWords(catalogue);
  return (
    <>
      <SmallNumber label={w.days} value={p.days} min={0} max={p.most ?? 3650} onChange={p.onChange} />
      <span>{p.unit ?? w.days}</span>
    </>
  );
}

/** Names as the till, the tags and the clubs know them, offered while typing. */
function NameBox(p: { what: 'item' | 'category' | 'tag' | 'topic'; value: string; onChange: (v: string) => void }) {
  const w = useWords(catalogue);
  const [asked, setAsked] = useState(p.value);
  useEffect(() => {
    const t = setTimeout(() => setAsked(p.value), 150);
    return () => clearTimeout(t);
  }, [p.value]);
  const { data } = useQuery('segments/names', { what: p.what, beginning: asked });
  return (
    <Autocomplete
      aria-label={w.nameOf[p.what]}
      placeholder={w.nameOf[p.what]}
      size="sm"
      className={css.name ?? ''}
      value={p.value}
      onChange={p.onChange}
      data={[...new Set(data ?? [])]}
      limit={20}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

/** What follows the kind of a condition, as the rest of the sentence. */
export function ConditionFields({ value: c, onChange }: Props<Condition>) {
  const w = useWords(catalogue);
  const yesNo = (value: boolean, yes: string, no: string, label: string, set: (v: boolean) => void) => (
    <Pick
      label={label}
      value={value ? 'yes' : 'no'}
      options={[
        ['yes', yes],
        ['no', no],
      ]}
      onChange={(v) => set(v === 'yes')}
    />
  );
  switch (c.is) {
    case 'last-visit':
    case 'first-visit':
      return (
        <>
          <Pick
            label={w.agoWord}
            value={c.op}
            options={[
              ['within', w.ago.within],
              ['over', w.ago.over],
            ]}
            onChange={(op) => onChange({ ...c, op })}
          />
          <Days days={c.days} onChange={(days) => onChange({ ...c, days })} unit={c.op === 'over' ? w.daysAgo : w.days} />
        </>
      );
    case 'visits':
      return (
        <>
          <AtLeast value={c.op} onChange={(op) => onChange({ ...c, op })} />
          <SmallNumber label={w.number} value={c.count} min={0} max={9999} onChange={(count) => onChange({ ...c, count })} />
          <span>{w.times}</span>
          <Period days={c.days} onChange={(days) => onChange({ ...c, days })} />
        </>
      );
    case 'spend':
      return (
        <>
          <AtLeast value={c.op} onChange={(op) => onChange({ ...c, op })} />
          <SmallMoney label={w.amount} cents={c.amount} onChange={(cents) => onChange({ ...c, amount: cents as typeof c.amount })} />
          <Period days={c.days} onChange={(days) => onChange({ ...c, days })} />
        </>
      );
    case 'bought':
      return (
        <>
          {yesNo(c.did, w.did.bought, w.did.notBought, w.did.label, (did) => onChange({ ...c, did }))}
          <Pick
            label={w.what.label}
            value={c.what}
            options={[
              ['item', w.what.item],
              ['category', w.what.category],
            ]}
            onChange={(what) => onChange({ ...c, what })}
          />
          <NameBox what={c.what} value={c.name} onChange={(name) => onChange({ ...c, name })} />
          <Period days={c.days} onChange={(days) => onChange({ ...c, days })} />
        </>
      );
    case 'rhythm':
      return (
        <Pick
          label={w.which}
          value={c.class}
          options={RHYTHM_CLASSES.map((k) => [k, w.rhythm[k]])}
          onChange={(v) => onChange({ ...c, class: v })}
        />
      );
    case 'rfm':
      return (
        <Pick
          label={w.which}
          value={c.class}
          options={RFM_CLASSES.map((k) => [k, w.rfm[k]])}
          onChange={(v) => onChange({ ...c, class: v })}
        />
      );
    case 'birthday':
      return (
        <>
          <Pick
            label={w.agoWord}
            value={c.days === null ? 'month' : 'days'}
            options={[
              ['month', w.birthday.month],
              ['days', w.birthday.days],
            ]}
            onChange={(v) => onChange({ ...c, days: v === 'month' ? null : 14 })}
          />
          {c.days !== null && <Days days={c.days} most={60} onChange={(days) => onChange({ ...c, days })} />}
        </>
      );
    case 'may-text':
      return yesNo(c.value, w.mayText.yes, w.mayText.no, w.which, (value) => onChange({ ...c, value }));
    case 'topic':
      return <NameBox what="topic" value={c.topic} onChange={(topic) => onChange({ ...c, topic })} />;
    case 'tag':
      return <NameBox what="tag" value={c.tag} onChange={(tag) => onChange({ ...c, tag })} />;
    case 'language':
      return (
        <Pick
          label={w.which}
          value={c.language}
          options={[
            ['en', w.language.en],
            ['es', w.language.es],
          ]}
          onChange={(language) => onChange({ ...c, language })}
        />
      );
    case 'links':
      return (
        <Pick
          label={w.which}
          value={c.capable}
          options={[
            ['yes', w.links.yes],
            ['no', w.links.no],
            ['unknown', w.links.unknown],
          ]}
          onChange={(capable) => onChange({ ...c, capable })}
        />
      );
    case 'has':
      return (
        <>
          {yesNo(c.value, w.has.gave, w.has.gaveNo, w.did.label, (value) => onChange({ ...c, value }))}
          <Pick
            label={w.what.label}
            value={c.what}
            options={[
              ['phone', w.has.phone],
              ['email', w.has.email],
              ['birthday', w.has.birthday],
              ['address', w.has.address],
            ]}
            onChange={(what) => onChange({ ...c, what })}
          />
        </>
      );
    case 'permission':
      return (
        <Pick
          label={w.which}
          value={c.state}
          options={PERMISSION_STATES.map((k) => [k, w.permissions[k]])}
          onChange={(state) => onChange({ ...c, state })}
        />
      );
    case 'number':
      return (
        <Pick
          label={w.which}
          value={c.state}
          options={NUMBER_STATES.map((k) => [k, w.numbers[k]])}
          onChange={(state) => onChange({ ...c, state })}
        />
      );
    case 'lives':
      return (
        <>
          <Pick
            label={w.lives.label}
            value={c.where}
            options={[
              ['city', w.lives.city],
              ['postal-code', w.lives['postal-code']],
            ]}
            onChange={(where) => onChange({ ...c, where })}
          />
          <TextInput
            aria-label={w.lives.place}
            className={css.name ?? ''}
            value={c.name}
            maxLength={100}
            onChange={(e) => onChange({ ...c, name: e.currentTarget.value })}
          />
        </>
      );
    case 'score':
      return (
        <>
          <Pick
            label={w.share.label}
            value={String(c.least)}
            options={([5, 4, 3, 2] as const).map((n) => [String(n), w.share.top(topShare(n))])}
            onChange={(least) => onChange({ ...c, least: Number(least) as typeof c.least })}
          />
          <Pick label={w.scoreBy} value={c.of} options={RFM_AXES.map((k) => [k, w.axes[k]])} onChange={(of) => onChange({ ...c, of })} />
        </>
      );
    case 'on-list':
      return <ListFields value={c} onChange={onChange} />;
    case 'redeemed':
      return <RedeemedFields value={c} onChange={onChange} />;
    case 'reacted':
      return <ReactedFields value={c} onChange={onChange} />;
    case 'group':
      return <GroupFields value={c} onChange={onChange} />;
  }
}

function AtLeast(p: { value: 'at-least' | 'at-most'; onChange: (v: 'at-least' | 'at-most') => void }) {
  const w = useWords(catalogue);
  return (
    <Pick
      label={w.howMuch}
      value={p.value}
      options={[
        ['at-least', w.atLeastMost['at-least']],
        ['at-most', w.atLeastMost['at-most']],
      ]}
      onChange={p.onChange}
    />
  );
}

function RedeemedFields({ value: c, onChange }: Props<Of<'redeemed'>>) {
  const w = useWords(catalogue);
  const { data } = useQuery('offers/list', {});
  return (
    <>
      <Pick
        label={w.did.label}
        value={c.did ? 'yes' : 'no'}
        options={[
          ['yes', w.did.used],
          ['no', w.did.notUsed],
        ]}
        onChange={(v) => onChange({ ...c, did: v === 'yes' })}
      />
      <Pick
        label={w.which}
        value={String(c.offerId ?? '')}
        options={[['', w.anyOffer], ...(data ?? []).map((o) => [String(o.id), o.name] as const)]}
        onChange={(v) => onChange({ ...c, offerId: v === '' ? null : Number(v) })}
      />
      <Period days={c.days} onChange={(days) => onChange({ ...c, days })} />
    </>
  );
}

function ReactedFields({ value: c, onChange }: Props<Of<'reacted'>>) {
  const w = useWords(catalogue);
  const { data } = useQuery('campaigns/list', { page: { offset: 0, limit: 200 } });
  // known only where the shop's website tells
  const taps = (useQuery('taps/source', {}).data ?? null) !== null;
  const sent = (data?.rows ?? []).filter((k) => k.startedAt !== null);
  return (
    <>
      <Pick
        label={w.which}
        value={c.campaignId === null ? '' : String(c.campaignId)}
        options={[['', w.lastText], ...sent.map((k) => [String(k.id), k.name] as const)]}
        onChange={(v) => onChange({ ...c, campaignId: v === '' ? null : Number(v) })}
      />
      <Pick
        label={w.did.label}
        value={c.how}
        options={REACTIONS.filter((r) => r !== 'tapped' || taps || c.how === 'tapped').map((r) => [r, w.reactions[r]])}
        onChange={(how) => onChange({ ...c, how })}
      />
    </>
  );
}

function GroupFields({ value: c, onChange }: Props<Of<'group'>>) {
  const w = useWords(catalogue);
  const { data } = useQuery('segments/list', {});
  return (
    <>
      <Pick
        label={w.did.label}
        value={c.member ? 'yes' : 'no'}
        options={[
          ['yes', w.group.in],
          ['no', w.group.out],
        ]}
        onChange={(v) => onChange({ ...c, member: v === 'yes' })}
      />
      <Pick
        label={w.which}
        value={c.segmentId === 0 ? '' : String(c.segmentId)}
        options={[['', data && data.length === 0 ? w.noGroups : w.pick], ...(data ?? []).map((g) => [String(g.id), g.name] as const)]}
        onChange={(v) => onChange({ ...c, segmentId: Number(v) })}
      />
    </>
  );
}

function ListFields({ value: c, onChange }: Props<Of<'on-list'>>) {
  const w = useWords(catalogue);
  const { data } = useQuery('segments/list', {});
  const lists = (data ?? []).filter((g) => g.fixedAt !== null);
  return (
    <Pick
      label={w.which}
      value={c.listId === 0 ? '' : String(c.listId)}
      options={[['', data && lists.length === 0 ? w.noLists : w.pick], ...lists.map((g) => [String(g.id), g.name] as const)]}
      onChange={(v) => onChange({ ...c, listId: Number(v) })}
    />
  );
}
