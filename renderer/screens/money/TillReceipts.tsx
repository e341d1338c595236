import type { SaleId, ShopDay } from '@domain/kernel';
import { showCode } from '@domain/offers/code';
import { Button, NativeSelect } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import type { TillCheckWords } from '@renderer/strings/till-check';
import { ErrorNote, Loaded, Panel, toast, When } from '@renderer/ui';
import { useEffect, useRef, useState } from 'react';
import type { Say } from '../reports/format';
import { Choice } from './Choice';
import css from './till-check.module.css';

export type Show = 'open' | 'till-only' | 'till-code' | 'counter-only' | 'differs' | 'matched' | 'returned' | 'waiting';
type Row = Out<'till-check/rows'>['rows'][number];
type Why = NonNullable<Row['settled']>;

const PAGE = 50;
const MOST = 200;

/** Of one clerk, register or day; '' = the till file does not say. */
export interface Only {
  clerk?: string;
  register?: string;
  day?: ShopDay;
}

interface Props {
  days: number;
  show: Show;
  onShow: (show: Show) => void;
  only: Only;
  onOnly: (only: Only) => void;
  report: Out<'till-check/report'>;
  w: TillCheckWords;
  say: Say;
}

/** The receipts themselves: when, which, who rang it up, what it took off, which code. Prints as it stands. */
export function TillReceipts({ days, show, onShow, only, onOnly, report, w, say }: Props) {
  const [limit, setLimit] = useState(PAGE);
  const query = useQuery('till-check/rows', { days, show, limit, ...only });
  const settle = useCommand('till-check/settle');
  const { sums, open } = report;
  const counts: Record<Show, number> = {
    open: open.receipts,
    'till-only': sums.tillOnly,
    'till-code': sums.tillCode,
    'counter-only': sums.counterOnly,
    differs: sums.differs,
    matched: sums.matched,
    returned: sums.returned,
    waiting: sums.waiting,
  };
  const shows = (Object.keys(counts) as Show[]).filter((s) => s === 'open' || s === show || counts[s] > 0);
  const note = async (saleId: SaleId, why: Why | null) => {
    if (await settle.run({ saleId, why })) toast({ title: w.settle.done, tone: 'good' });
  };
  const onlyName = only.day
    ? say.day(only.day)
    : only.clerk !== undefined
      ? only.clerk || w.noClerk
      : only.register !== undefined
        ? only.register || w.noRegister
        : null;
  const head = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (onlyName === null || !head.current) return;
    // the screen alone is scrolled: scrollIntoView would move the window's frame as well
    const screen = head.current.closest<HTMLElement>('[data-screen]');
    screen?.scrollBy?.({ top: head.current.getBoundingClientRect().top - screen.getBoundingClientRect().top - 120 });
  }, [onlyName]);
  const mayBeSettled = show === 'open' || show === 'till-only';
  return (
    <Panel title={w.shows[show]}>
      <div className={`${css.bar} ${css.noPaper}`}>
        <Choice
          label={w.show}
          value={show}
          options={shows.map((s) => ({ value: s, label: w.shows[s], count: say.n(counts[s]) }))}
          onChange={(s) => {
            setLimit(PAGE);
            onShow(s);
          }}
        />
      </div>
      {onlyName !== null && (
        <p className={css.only} ref={head}>
          <span>{w.only(onlyName)}</span>
          <Button size="compact-xs" variant="default" className={css.noPaper ?? ''} onClick={() => onOnly({})}>
            {w.everybody}
          </Button>
        </p>
      )}
      <ErrorNote error={settle.error} />
      <Loaded query={query} lines={5}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <p className={css.quiet}>{w.none[show]}</p>
          ) : (
            <>
              <div className={css.scroll}>
                <table className={css.table}>
                  <thead>
                    <tr>
                      <th scope="col">{w.columns.when}</th>
                      <th scope="col">{w.columns.receipt}</th>
                      <th scope="col">{w.columns.clerk}</th>
                      <th scope="col">{w.columns.name}</th>
                      <th scope="col" className={css.num}>
                        {w.columns.amount}
                      </th>
                      {show === 'differs' && (
                        <th scope="col" className={css.num}>
                          {w.columns.gives}
                        </th>
                      )}
                      <th scope="col">{mayBeSettled ? w.columns.act : w.columns.code}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((r) => (
                      <tr key={`${r.saleId}-${r.redemptionId}`}>
                        <td>
                          <span>
                            <When at={r.at} style={r.timeKnown ? 'day-time' : 'day'} />
                          </span>
                        </td>
                        <td>
                          {r.receiptNo === null ? (
                            <span className={css.quiet}>{w.noReceipt}</span>
                          ) : (
                            <span className={css.strong}>{r.receiptNo}</span>
                          )}
                        </td>
                        <td>
                          {r.saleId === null ? (
                            <span className={css.quiet}>{r.staffName ? w.recordedBy(r.staffName) : w.noClerk}</span>
                          ) : (
                            <>
                              <span>{r.clerk ?? w.noClerk}</span>
                              {r.register !== null && <span className={css.quiet}>{r.register}</span>}
                            </>
                          )}
                        </td>
                        <td>
                          {r.names.length > 0 ? (
                            <span>{r.names.join(', ')}</span>
                          ) : (
                            <span className={css.quiet}>{r.kind === 'waiting' ? '' : w.tied[r.tiedSays ?? 'lost']}</span>
                          )}
                        </td>
                        <td className={css.num}>{r.discount === null ? '' : say.cents(r.discount)}</td>
                        {show === 'differs' && <td className={css.num}>{r.expected === null ? '' : say.cents(r.expected)}</td>}
                        <td className={mayBeSettled ? css.act : undefined}>
                          {mayBeSettled && r.saleId !== null ? (
                            <SettleField row={r} saleId={r.saleId} w={w} onChange={note} />
                          ) : (
                            <CodeCell row={r} w={w} />
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {total > rows.length && (
                <>
                  {limit < MOST && (
                    <div className={`${css.more} ${css.noPaper}`}>
                      <Button size="xs" variant="subtle" onClick={() => setLimit(MOST)}>
                        {w.more(say.n(Math.min(total, MOST) - rows.length))}
                      </Button>
                    </div>
                  )}
                  <p className={limit < MOST ? `${css.quiet} ${css.onPaper}` : css.quiet}>{w.andMore(say.n(total - rows.length))}</p>
                </>
              )}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function SettleField(p: { row: Row; saleId: SaleId; w: TillCheckWords; onChange: (saleId: SaleId, why: Why | null) => Promise<void> }) {
  const { settle } = p.w;
  const value: Why | 'open' = p.row.settled ?? 'open';
  const options = (['open', 'forgotten', 'by-hand', 'mistake', 'other'] as const).map((v) => ({ value: v, label: settle[v] }));
  return (
    <>
      <div className={css.noPaper}>
        <NativeSelect
          aria-label={settle.of(p.row.receiptNo ?? p.w.noReceipt)}
          value={value}
          data={options}
          onChange={(e) => {
            const v = e.currentTarget.value as Why | 'open';
            void p.onChange(p.saleId, v === 'open' ? null : v);
          }}
        />
      </div>
      <span className={css.onPaper}>{settle[value]}</span>
    </>
  );
}

function CodeCell({ row: r, w }: { row: Row; w: TillCheckWords }) {
  if (r.code === null) return <span className={css.quiet}>{w.noCode}</span>;
  const { customerId } = r;
  return (
    <>
      <span>
        {customerId !== null && customerId > 0 ? (
          <button type="button" className={css.link} title={w.person} onClick={() => go({ screen: 'customers', id: customerId })}>
            {showCode(r.code)}
          </button>
        ) : (
          showCode(r.code)
        )}
        {r.offerName ? `, ${r.offerName}` : ''}
      </span>
      <span className={css.quiet}>
        {[r.by && w.by[r.by], r.saleId !== null && r.staffName && w.recordedBy(r.staffName)].filter(Boolean).join(' · ')}
      </span>
    </>
  );
}
