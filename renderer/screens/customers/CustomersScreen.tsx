import { Button } from '@mantine/core';
import { call, useQuery, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { customers as catalogue } from '@renderer/strings/customers';
import { duplicates } from '@renderer/strings/duplicates';
import { numbers } from '@renderer/strings/numbers';
import { shell } from '@renderer/strings/shell';
import { Chip, type Column, Count, DataTable, EmptyState, Money, Note, PhoneText, Screen, type Sort, When } from '@renderer/ui';
import { count, money, phone } from '@renderer/ui/format';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import css from './customers.module.css';
import { EditDialog } from './EditDialog';
import { type CustomerWords, fullName, type ListRow, stateChip } from './words';

const FILTERS = ['any', 'in', 'none', 'pending', 'out', 'no-phone'] as const;
type Filter = (typeof FILTERS)[number];
const TOPICS = ['customers', 'consent', 'imports'] as const;
const SORTS = { name: 'name', lastVisit: 'last-visit', spend: 'spend', visits: 'visits' } as const;

function columnsOf(w: CustomerWords, currency: string, locale: string): Column<ListRow>[] {
  return [
    {
      key: 'name',
      title: w.columns.name,
      width: 'minmax(140px, 2fr)',
      sortable: true,
      always: true,
      render: (r) => fullName(r) || <span className={css.quiet}>{w.unnamed}</span>,
      text: fullName,
    },
    {
      key: 'phone',
      title: w.columns.phone,
      width: '128px',
      render: (r) => (r.phone ? <PhoneText phone={r.phone} /> : ''),
      text: (r) => (r.phone ? phone(r.phone) : ''),
    },
    {
      key: 'email',
      title: w.columns.email,
      width: 'minmax(140px, 1.4fr)',
      optional: true,
      render: (r) => r.email ?? '',
      text: (r) => r.email ?? '',
    },
    {
      key: 'permission',
      title: w.columns.permission,
      width: '148px',
      render: (r) => {
        const chip = stateChip(r, w);
        return (
          <Chip tone={chip.tone} dot>
            {chip.label}
          </Chip>
        );
      },
      text: (r) => stateChip(r, w).label,
    },
    {
      key: 'lastVisit',
      title: w.columns.lastVisit,
      width: '140px',
      sortable: true,
      firstDir: 'desc',
      render: (r) => (r.lastVisitAt === null ? <span className={css.quiet}>{w.never}</span> : <When at={r.lastVisitAt} style="day" />),
      text: (r) => (r.lastVisitAt === null ? '' : new Date(r.lastVisitAt).toISOString().slice(0, 10)),
    },
    {
      key: 'visits',
      title: w.columns.visits,
      width: '68px',
      align: 'right',
      sortable: true,
      firstDir: 'desc',
      render: (r) => <Count n={r.visits} />,
      text: (r) => String(r.visits),
    },
    {
      key: 'spend',
      title: w.columns.spend,
      width: '100px',
      align: 'right',
      sortable: true,
      firstDir: 'desc',
      render: (r) => <Money cents={r.spend} />,
      text: (r) => money(r.spend, currency, locale),
    },
  ];
}

/** Everybody, instantly: search, filters by permission, 100,000 rows. */
export function CustomersScreen() {
  const w = useWords(catalogue);
  const dw = useWords(duplicates);
  const nw = useWords(numbers);
  const { places } = useWords(shell);
  const { shop, locale } = useShell();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('any');
  const [weak, setWeak] = useState(false);
  const [sort, setSort] = useState<Sort>({ key: 'name', dir: 'asc' });
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    const t = setTimeout(() => setSearch(typed.trim()), 90);
    return () => clearTimeout(t);
  }, [typed]);

  const counts = useQuery('customers/counts', {}, { topics: TOPICS });
  const twice = useQuery('customers/duplicates', { offset: 0, limit: 1 }, { topics: TOPICS }).data?.total ?? 0;
  const cannot = useQuery('numbers/counts', {}, { topics: TOPICS }).data?.numbers ?? 0;
  const asked = { search, permission: filter, weak, sort: SORTS[sort.key as keyof typeof SORTS] ?? 'name', desc: sort.dir === 'desc' };
  const pages = usePages<ListRow>(JSON.stringify(asked), (page) => call('customers/list', { ...asked, ...page }), TOPICS);
  const columns = useMemo(() => columnsOf(w, shop.currency, locale), [w, shop.currency, locale]);
  const everyone = search === '' && filter === 'any' && !weak;
  const n = (f: Filter) => counts.data?.[f];
  const nobody = counts.data?.any === 0 && !weak;

  return (
    <Screen
      fill
      title={w.title}
      subtitle={nobody ? undefined : counts.data ? w.subtitle(count(counts.data.any, locale), count(counts.data.in, locale)) : '\u00a0'}
      primary={
        <Button
          variant={nobody ? 'default' : 'filled'}
          leftSection={<IconUserPlus size={18} stroke={1.75} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {w.add}
        </Button>
      }
      actions={
        <>
          <Button variant="default" onClick={() => go({ screen: 'clubs' })}>
            {places.clubs}
          </Button>
          {cannot > 0 && (
            <Button variant="default" onClick={() => go({ screen: 'customers', cannot: 'numbers' })}>
              {nw.open}
            </Button>
          )}
          {twice > 0 && (
            <Button
              variant="default"
              leftSection={<IconUsers size={18} stroke={1.75} aria-hidden />}
              onClick={() => go({ screen: 'customers', duplicates: '' })}
            >
              {dw.open(twice)}
            </Button>
          )}
        </>
      }
    >
      <div className={css.tools} hidden={nobody}>
        <div className={css.search}>
          <IconSearch size={18} stroke={1.75} aria-hidden />
          <input
            type="search"
            aria-label={w.search.label}
            placeholder={w.search.placeholder}
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
            spellCheck={false}
          />
        </div>
        <fieldset className="rg-pills">
          <legend className="rg-hidden">{w.columns.permission}</legend>
          {FILTERS.map((f) => (
            <button
              key={f}
              type="button"
              aria-pressed={filter === f && !weak}
              onClick={() => {
                setFilter(f);
                setWeak(false);
              }}
            >
              {w.filters[f]}
              {n(f) !== undefined && <span className={css.filterCount}>{count(n(f) ?? 0, locale)}</span>}
            </button>
          ))}
          <button
            type="button"
            aria-pressed={weak}
            onClick={() => {
              setWeak(!weak);
              setFilter('any');
            }}
          >
            {w.weak}
          </button>
        </fieldset>
      </div>
      {counts.data !== undefined && counts.data.any > 0 && counts.data.in === 0 && (
        <Note
          title={w.noneMay.title}
          action={
            <Button size="xs" variant="default" onClick={() => go({ screen: 'kit' })}>
              {w.noneMay.action}
            </Button>
          }
        >
          <p>{w.noneMay.body}</p>
        </Note>
      )}
      <div className={css.table}>
        <DataTable
          label={w.title}
          name="customers"
          height="fill"
          columns={columns}
          pages={pages}
          rowKey={(r) => r.id}
          sort={sort}
          onSort={setSort}
          onOpen={(r) => go({ screen: 'customers', id: r.id })}
          onRetry={pages.refetch}
          menu={(r) => [
            { label: w.menu.open, onClick: () => go({ screen: 'customers', id: r.id }) },
            { label: w.menu.copyPhone, disabled: r.phone === null, onClick: () => void call('shell/copy', { text: r.phone ?? '' }) },
          ]}
          empty={
            everyone ? (
              <EmptyState
                icon={<IconUsers size={28} stroke={1.6} />}
                title={w.empty.title}
                action={<Button onClick={() => go({ screen: 'import' })}>{w.empty.action}</Button>}
              >
                {w.empty.body}
              </EmptyState>
            ) : (
              <EmptyState
                icon={<IconSearch size={28} stroke={1.6} />}
                title={w.nothing.title}
                action={
                  <Button
                    variant="default"
                    onClick={() => {
                      setTyped('');
                      setFilter('any');
                      setWeak(false);
                    }}
                  >
                    {w.nothing.action}
                  </Button>
                }
              >
                {w.nothing.body}
              </EmptyState>
            )
          }
        />
      </div>
      {adding && <EditDialog person={null} words={w} onClose={() => setAdding(false)} onSaved={(id) => go({ screen: 'customers', id })} />}
    </Screen>
  );
}
