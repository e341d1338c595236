import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { plainMoney } from '@renderer/print/csv';
import { SaveTable } from '@renderer/print/SaveTable';
import { useWords } from '@renderer/strings';
import { type MarginWords, margins as words } from '@renderer/strings/margins';
import { EmptyState, ErrorNote, Loaded, NumberField, Panel, Rows, Screen, TextField, toast, useDelayed } from '@renderer/ui';
import { IconFileImport, IconTags } from '@tabler/icons-react';
import { useState } from 'react';
import { type Say, useSay } from '../reports/format';
import { Choice } from './Choice';
import { MarginFile } from './MarginFile';
import css from './margins.module.css';
import { percentText, typedPercent } from './percent';
import till from './till-check.module.css';

type List = Out<'margins/list'>;
type Row = List['rows'][number];
type Kind = 'category' | 'item';
const PAGE = 50;
const MOST = 200;

/** What was typed and not saved yet, by kind and name. */
type Draft = ReadonlyMap<string, { kind: Kind; name: string; text: string }>;
const keyOf = (kind: Kind, name: string) => `${kind} ${name.toLowerCase()}`;

/** The owner's margins: of the shop, of its categories, of single things, beside what each takes. */
export function MarginsScreen() {
  const w = useWords(words);
  const say = useSay();
  const [kind, setKind] = useState<Kind>('category');
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const [draft, setDraft] = useState<Draft>(new Map());
  const [shop, setShop] = useState<number | null>();
  const [file, setFile] = useState(false);
  const query = useQuery('margins/list', { kind, search, limit });
  const save = useCommand('margins/save');
  const list = query.data;
  const typed = [...draft.values()].map((d) => ({ ...d, bp: typedPercent(d.text) }));
  const bad = typed.some((d) => d.bp === undefined);
  const shopChanged = shop !== undefined && list !== undefined && shop !== list.shopPercent;
  const changes = typed.length + (shopChanged ? 1 : 0);
  const drop = () => {
    setDraft(new Map());
    setShop(undefined);
  };
  const saveAll = async () => {
    const margins = typed.map(({ kind: k, name, bp }) => ({ kind: k, name, bp: bp ?? null }));
    if (await save.run({ margins, ...(shopChanged && { shopPercent: shop }) })) {
      drop();
      toast({ title: w.saved, tone: 'good' });
    }
  };
  const type = (row: Row, text: string) => {
    const next = new Map(draft);
    const was = row.bp === null ? '' : percentText(row.bp);
    if (text === was) next.delete(keyOf(kind, row.name));
    else next.set(keyOf(kind, row.name), { kind, name: row.name, text });
    setDraft(next);
  };
  return (
    <Screen
      title={w.title}
      subtitle={list?.from && list.to ? w.days(say.day(list.from), say.day(list.to)) : w.subtitle}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'results' })) }}
      actions={
        <Button variant="default" leftSection={<IconFileImport size={18} stroke={1.75} aria-hidden />} onClick={() => setFile(true)}>
          {w.file.open}
        </Button>
      }
    >
      <Loaded query={query} lines={8}>
        {(l) => (
          <Rows>
            <Panel title={w.shop.title} hint={w.shop.hint}>
              <div className={css.shop}>
                <NumberField
                  label={w.shop.label}
                  unit={w.shop.unit}
                  value={shop === undefined ? l.shopPercent : shop}
                  min={0}
                  max={100}
                  width={200}
                  onChange={setShop}
                />
                <p className={css.quiet}>
                  {l.shopPercent === null
                    ? w.shop.without
                    : l.takings > 0 && l.covered > 0
                      ? w.shop.holds(say.share(1 - l.covered / l.takings))
                      : ''}
                </p>
              </div>
            </Panel>
            {l.from === null && l.total === 0 && search === '' ? (
              <EmptyState
                icon={<IconTags size={28} stroke={1.6} />}
                title={w.empty.title}
                action={<Button onClick={() => go({ screen: 'import' })}>{w.empty.action}</Button>}
              >
                {w.empty.body}
              </EmptyState>
            ) : (
              <Panel title={w.list.title} hint={w.list.hint} action={l.rows.length > 0 && <Save list={l} kind={kind} w={w} />}>
                <div className={css.bar}>
                  <Choice
                    label={w.list.kind}
                    value={kind}
                    options={(['category', 'item'] as const).map((k) => ({ value: k, label: w.list.kinds[k] }))}
                    onChange={(k) => {
                      setKind(k);
                      setSearch('');
                      setLimit(PAGE);
                    }}
                  />
                  <div className={css.search}>
                    <TextField label={w.list.search} placeholder={w.list.searchHint} value={search} maxLength={100} onChange={setSearch} />
                  </div>
                </div>
                <Table list={l} kind={kind} draft={draft} onType={type} w={w} say={say} waiting={query.fetching} />
                {l.total > l.rows.length &&
                  (limit < MOST ? (
                    <div className={css.more}>
                      <Button size="xs" variant="subtle" onClick={() => setLimit(MOST)}>
                        {w.list.more(say.n(Math.min(l.total, MOST) - l.rows.length))}
                      </Button>
                    </div>
                  ) : (
                    <p className={`${css.quiet} ${css.more}`}>{w.list.first(say.n(l.rows.length))}</p>
                  ))}
              </Panel>
            )}
            <Panel title={w.how.title}>
              <ul className={till.how}>
                {w.how.lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </Panel>
            <ErrorNote error={save.error} />
            {changes > 0 && (
              <div className={css.savebar}>
                <Button variant="default" onClick={drop}>
                  {w.drop}
                </Button>
                <Button loading={save.busy} disabled={bad} onClick={() => void saveAll()}>
                  {w.save(say.n(changes), changes === 1)}
                </Button>
              </div>
            )}
          </Rows>
        )}
      </Loaded>
      {file && <MarginFile w={w} say={say} onClose={() => setFile(false)} />}
    </Screen>
  );
}

/** The rows shown, with the margin that holds for each. */
function Save({ list, kind, w }: { list: List; kind: Kind; w: MarginWords }) {
  const { currency } = useShell().shop;
  const c = w.list.columns;
  return (
    <SaveTable
      name={`margins-${kind}.csv`}
      head={[kind === 'category' ? c.name : c.item, c.takings, c.share, c.margin]}
      rows={list.rows.map((r) => [
        r.name,
        plainMoney(r.takings, currency),
        list.takings > 0 ? (r.takings / list.takings).toFixed(4) : '',
        r.bp !== null ? percentText(r.bp) : r.holds ? percentText(r.holds.bp) : '',
      ])}
    />
  );
}

interface TableProps {
  list: List;
  kind: Kind;
  draft: Draft;
  onType: (row: Row, text: string) => void;
  w: MarginWords;
  say: Say;
  waiting: boolean;
}

function Table({ list, kind, draft, onType, w, say, waiting }: TableProps) {
  const t = w.list;
  const late = useDelayed(waiting);
  if (list.rows.length === 0) return <p className={css.quiet}>{t.none}</p>;
  return (
    <table className={css.table} aria-busy={late || undefined}>
      <thead>
        <tr>
          <th scope="col">{kind === 'category' ? t.columns.name : t.columns.item}</th>
          <th scope="col" className={css.num}>
            {t.columns.takings}
          </th>
          <th scope="col" className={css.num}>
            {t.columns.share}
          </th>
          <th scope="col" className={css.margin}>
            {t.columns.margin}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.rows.map((r) => {
          const text = draft.get(keyOf(kind, r.name))?.text ?? (r.bp === null ? '' : percentText(r.bp));
          const wrong = typedPercent(text) === undefined;
          return (
            <tr key={r.name}>
              <th scope="row">
                {r.name}
                {kind === 'item' && r.category !== '' && <span className={css.quiet}> · {r.category}</span>}
              </th>
              <td className={css.num}>{say.wholeMoney(r.takings)}</td>
              <td className={css.num}>{list.takings > 0 ? say.share(r.takings / list.takings) : ''}</td>
              <td className={css.margin}>
                <span className={css.cell}>
                  <input
                    className={css.input}
                    inputMode="decimal"
                    autoComplete="off"
                    maxLength={8}
                    aria-label={t.marginOf(r.name)}
                    aria-invalid={wrong || undefined}
                    placeholder={r.holds ? percentText(r.holds.bp) : '–'}
                    value={text}
                    onChange={(e) => onType(r, e.currentTarget.value)}
                  />
                  {wrong ? (
                    <span className={css.bad}>{t.bad}</span>
                  ) : (
                    text === '' && <span className={css.quiet}>{t.from[r.holds?.from ?? 'none']}</span>
                  )}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
