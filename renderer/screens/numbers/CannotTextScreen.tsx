import { Button } from '@mantine/core';
import { call, type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { numbers as catalogue } from '@renderer/strings/numbers';
import { Chip, type Column, Count, DataTable, EmptyState, PhoneText, Screen, toast, When } from '@renderer/ui';
import { count, phone, when } from '@renderer/ui/format';
import { IconPhoneCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import shared from '../customers/customers.module.css';
import { FixNumber } from './FixNumber';
import { LookUpDialog } from './LookUpDialog';
import css from './numbers.module.css';

export type CannotRow = Out<'numbers/cannot-text'>['rows'][number];
type Words = (typeof catalogue)['en'];
type Filter = keyof Words['filters'];

const FILTERS = ['numbers', 'landline', 'dead', 'not-a-number', 'not-reached', 'refused', 'toll-free', 'no-number', 'stopped'] as const;
const TOPICS = ['customers', 'consent', 'imports'] as const;
const isFilter = (text: string | undefined): text is Filter => FILTERS.some((f) => f === text);

export const nameOf = (r: { firstName: string; lastName: string; company: string }, unnamed: string): string =>
  `${r.firstName} ${r.lastName}`.trim() || r.company || unnamed;

/** A mark the owner may lift: somebody may have been away, or a carrier was wrong. */
const mayTryAgain = (r: CannotRow): boolean => r.phone !== null && r.how !== null && r.why !== 'stopped' && r.why !== 'refused';

function insteadOf(r: CannotRow, w: Words): string {
  if (r.why === 'stopped') return '';
  const ways = [
    r.why === 'not-reached' && w.ways.again,
    (r.why === 'landline' || r.why === 'toll-free' || r.why === 'refused') && w.ways.call,
    r.email !== null && r.mayEmail && w.ways.email,
    r.hasAddress && w.ways.post,
  ].filter((way) => way !== false);
  // Asking at the counter is said above the list already: of use where hardly anything else is left.
  return [...ways, ...(ways.length < 2 ? [w.ways.ask] : [])].join(' · ');
}

function useColumns(w: Words, act: { fix: (r: CannotRow) => void; again: (r: CannotRow) => void }): Column<CannotRow>[] {
  const { shop, locale } = useShell();
  return useMemo(() => {
    const day = (at: number) => when(at, 'short-day', shop.zone, locale, Date.now());
    const how = (r: CannotRow): string => {
      if (r.how === 'rule') return w.how.rule;
      if (r.how === null || r.knownAt === null) return r.why === 'stopped' || r.why === 'no-number' ? '' : w.how.none;
      return w.how[r.how](day(r.knownAt));
    };
    return [
      {
        key: 'name',
        title: w.columns.name,
        width: 'minmax(104px, 1.2fr)',
        always: true,
        render: (r) => nameOf(r, w.unnamed),
        text: (r) => nameOf(r, ''),
      },
      {
        key: 'number',
        title: w.columns.number,
        width: '128px',
        render: (r) => (r.phone ? <PhoneText phone={r.phone} /> : r.phoneRaw ? <span className={css.raw}>{r.phoneRaw}</span> : ''),
        text: (r) => (r.phone ? phone(r.phone) : (r.phoneRaw ?? '')),
      },
      {
        key: 'why',
        title: w.columns.why,
        width: 'minmax(160px, 1.7fr)',
        render: (r) => (
          <span className={css.why} title={[how(r), r.errorTitle].filter(Boolean).join(': ') || undefined}>
            <Chip tone={r.why === 'not-reached' ? 'warn' : r.why === 'stopped' ? 'danger' : 'neutral'}>{w.why[r.why]}</Chip>
            <span className={css.quiet}>{how(r)}</span>
          </span>
        ),
        text: (r) => `${w.why[r.why]} ${how(r)}`.trim(),
      },
      {
        key: 'instead',
        title: w.columns.instead,
        width: 'minmax(84px, 1.2fr)',
        render: (r) => (
          <span className={css.instead} title={insteadOf(r, w)}>
            {insteadOf(r, w)}
          </span>
        ),
        text: (r) => insteadOf(r, w),
      },
      {
        key: 'lastVisit',
        title: w.columns.lastVisit,
        width: '96px',
        render: (r) => (r.lastVisitAt === null ? <span className={css.quiet}>{w.never}</span> : <When at={r.lastVisitAt} style="day" />),
        text: (r) => (r.lastVisitAt === null ? '' : new Date(r.lastVisitAt).toISOString().slice(0, 10)),
      },
      {
        key: 'visits',
        title: w.columns.visits,
        width: '60px',
        align: 'right',
        optional: true,
        render: (r) => <Count n={r.visits} />,
        text: (r) => String(r.visits),
      },
      {
        key: 'act',
        title: w.columns.act,
        width: '84px',
        render: (r) =>
          r.why === 'not-reached' ? (
            <Button size="compact-xs" variant="default" aria-label={w.again.of(nameOf(r, w.unnamed))} onClick={() => act.again(r)}>
              {w.again.action}
            </Button>
          ) : r.why === 'stopped' ? null : (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={(r.why === 'no-number' ? w.fix.addOf : w.fix.of)(nameOf(r, w.unnamed))}
              onClick={() => act.fix(r)}
            >
              {r.why === 'no-number' ? w.fix.add : w.fix.action}
            </Button>
          ),
      },
    ];
  }, [w, shop.zone, locale, act]);
}

/** Everybody a text cannot reach, the best customers first: why, how that is known, and what to do instead. */
export function CannotTextScreen() {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const place = usePlace();
  const asked = place.screen === 'customers' ? place.cannot : undefined;
  const filter: Filter = isFilter(asked) ? asked : 'numbers';
  const [fixing, setFixing] = useState<CannotRow | null>(null);
  const [looking, setLooking] = useState(false);
  const inNumbers = useQuery('numbers/counts', {}, { topics: TOPICS }).data;
  const stopped = useQuery('customers/counts', {}, { topics: TOPICS }).data?.out;
  const n = (f: Filter) => (f === 'stopped' ? stopped : inNumbers?.[f]);
  const pages = usePages<CannotRow>(filter, (page) => call('numbers/cannot-text', { filter, ...page }), TOPICS);
  const again = useCommand('numbers/try-again');
  const { run } = again;
  const act = useMemo(
    () => ({
      fix: (r: CannotRow) => setFixing(r),
      again: (r: CannotRow) => {
        void run({ id: r.id, mobile: false }).then((done) => done && toast({ title: w.again.done, tone: 'good' }));
      },
    }),
    [run, w],
  );
  const columns = useColumns(w, act);
  const here = n(filter);

  const save = async () => {
    const file = await call('numbers/export', { filter });
    if (await call('shell/save-text', { name: file.name, text: file.text })) {
      toast({ title: w.saved(count(file.people, locale), file.people === 1), tone: 'good' });
    }
  };

  return (
    <Screen
      fill
      up={{ label: w.up, onClick: () => go({ screen: 'customers' }) }}
      title={w.title}
      subtitle={here === undefined || here === 0 ? '\u00a0' : w.subtitle(count(here, locale), here === 1)}
      primary={
        <Button variant="default" disabled={!here} onClick={() => void save().catch(() => undefined)}>
          {w.save}
        </Button>
      }
      actions={
        <Button variant="default" onClick={() => setLooking(true)}>
          {w.lookUp.open}
        </Button>
      }
    >
      <fieldset className="rg-pills">
        <legend className="rg-hidden">{w.show}</legend>
        {FILTERS.filter((f) => f === filter || f === 'numbers' || f === 'no-number' || f === 'stopped' || (n(f) ?? 0) > 0).map((f) => (
          <button
            key={f}
            type="button"
            aria-pressed={filter === f}
            onClick={() => go({ screen: 'customers', cannot: f }, { replace: true })}
          >
            {w.filters[f]}
            {n(f) !== undefined && <span className={shared.filterCount}>{count(n(f) ?? 0, locale)}</span>}
          </button>
        ))}
      </fieldset>
      {here !== 0 && <p className={css.lead}>{w.instead[filter]}</p>}
      <div className={css.table}>
        <DataTable
          label={w.title}
          name="cannot-text"
          height="fill"
          rowHeight={60}
          columns={columns}
          pages={pages}
          rowKey={(r) => r.id}
          onOpen={(r) => go({ screen: 'customers', id: r.id })}
          onRetry={pages.refetch}
          menu={(r) => [
            { label: w.menu.open, onClick: () => go({ screen: 'customers', id: r.id }) },
            { label: w.menu.fix, disabled: r.why === 'stopped', onClick: () => setFixing(r) },
            { label: w.menu.again, disabled: !mayTryAgain(r), onClick: () => act.again(r) },
            {
              label: w.menu.mobile,
              disabled: r.phone === null || r.why === 'stopped',
              onClick: () => void run({ id: r.id, mobile: true }).then((done) => done && toast({ title: w.again.done, tone: 'good' })),
            },
            { label: w.menu.copy, disabled: r.phone === null, onClick: () => void call('shell/copy', { text: r.phone ?? '' }) },
          ]}
          empty={
            <EmptyState icon={<IconPhoneCheck size={28} stroke={1.6} />} title={w.empty.title}>
              {filter === 'numbers' ? w.empty.numbers : w.empty.other}
            </EmptyState>
          }
        />
      </div>
      {fixing && <FixNumber row={fixing} onClose={() => setFixing(null)} />}
      {looking && <LookUpDialog onClose={() => setLooking(false)} />}
    </Screen>
  );
}
