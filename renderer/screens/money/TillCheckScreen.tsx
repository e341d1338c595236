import { Button } from '@mantine/core';
import { call, type Out, useQuery, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type TillCheckWords, tillCheck as words } from '@renderer/strings/till-check';
import { EmptyState, Loaded, Note, Panel, Rows, Screen, StatRow, StatTile, toast, toastError } from '@renderer/ui';
import { IconCash, IconFileTypePdf, IconReceiptOff, IconTableExport } from '@tabler/icons-react';
import { useState } from 'react';
import { type Say, useSay } from '../reports/format';
import { Choice } from './Choice';
import { TillGroups } from './TillGroups';
import { TillNames } from './TillNames';
import { type Only, type Show, TillReceipts } from './TillReceipts';
import css from './till-check.module.css';

type Report = Out<'till-check/report'>;
const PERIODS = [7, 28, 90] as const;

/** Discounts the till shows as text offers beside the codes the counter recorded, and the receipts that differ. */
export function TillCheckScreen() {
  const w = useWords(words);
  const say = useSay();
  const { shop } = useShell();
  const [days, setDays] = useState(28);
  const [show, setShow] = useState<Show>('open');
  const [only, setOnly] = useState<Only>({});
  const query = useQuery('till-check/report', { days });
  const r = query.data;
  const something = r !== undefined && r.tells.named > 0;
  const saved = (done: { path: string } | null) => done && toast({ title: w.saved(done.path), tone: 'good' });
  const csv = async () => {
    const file = await call('till-check/export', { days, show, ...only });
    saved(await call('shell/save-text', { name: file.name, text: file.text }));
  };
  return (
    <Screen
      title={w.title}
      subtitle={
        r ? (
          <>
            {w.subtitle(say.day(r.from), say.day(r.to))}
            <span className={css.onPaper}> · {shop.name}</span>
          </>
        ) : (
          '\u00a0'
        )
      }
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'results' })) }}
      actions={
        something && (
          <>
            <Button
              variant="default"
              leftSection={<IconTableExport size={18} stroke={1.75} aria-hidden />}
              onClick={() => void csv().catch(toastError)}
            >
              {w.csv}
            </Button>
            <Button
              variant="default"
              leftSection={<IconFileTypePdf size={18} stroke={1.75} aria-hidden />}
              onClick={() => void call('shell/save-pdf', { name: 'till-check.pdf' }).then(saved, toastError)}
            >
              {w.pdf}
            </Button>
          </>
        )
      }
    >
      <Loaded query={query} lines={8}>
        {(report) =>
          !report.tells.any && report.sums.counter + report.sums.waiting === 0 ? (
            <EmptyState
              icon={<IconCash size={28} stroke={1.6} />}
              title={w.states.noSales}
              action={<Button onClick={() => go({ screen: 'import' })}>{w.states.import}</Button>}
            >
              {w.states.noSalesBody}
            </EmptyState>
          ) : (
            <Rows>
              <div className={css.noPaper}>
                <Choice
                  label={w.period}
                  value={String(days)}
                  options={PERIODS.map((d) => ({ value: String(d), label: w.periods[d] ?? '' }))}
                  onChange={(d) => setDays(Number(d))}
                />
              </div>
              <TellsNote report={report} w={w} say={say} />
              {report.tells.named > 0 && <TillNames part="ask" w={w} say={say} />}
              <Finding report={report} w={w} say={say} onShow={setShow} />
              {(report.sums.till > 0 || (report.undecided === 0 && report.sums.counter + report.sums.waiting > 0)) && (
                <TillReceipts days={days} show={show} onShow={setShow} only={only} onOnly={setOnly} report={report} w={w} say={say} />
              )}
              {report.sums.till > 0 && <TillGroups report={report} w={w} say={say} onOnly={setOnly} />}
              {report.tells.named > 0 && <TillNames part="said" w={w} say={say} />}
              <Panel title={w.how.title}>
                <ul className={css.how}>
                  {w.how.lines.map((l) => (
                    <li key={l}>{l}</li>
                  ))}
                </ul>
              </Panel>
            </Rows>
          )
        }
      </Loaded>
    </Screen>
  );
}

interface Part {
  report: Report;
  w: TillCheckWords;
  say: Say;
}

/** What the till file cannot say, and where the missing names may come from. */
function TellsNote({ report: { tells }, w, say }: Part) {
  if (tells.named > 0 || !tells.any) return null;
  if (tells.unnamed === 0) {
    return (
      <Note title={w.states.noDiscounts}>
        <p>{w.states.noDiscountsBody}</p>
      </Note>
    );
  }
  return (
    <Note
      tone="warn"
      title={w.states.amountsOnly}
      action={
        <Button size="xs" variant="default" onClick={() => go({ screen: 'import' })}>
          {w.states.import}
        </Button>
      }
    >
      <p>{w.states.amountsOnlyBody(say.n(tells.unnamed), say.cents(tells.unnamedDiscount))}</p>
    </Note>
  );
}

function Finding({ report: r, w, say, onShow }: Part & { onShow: (show: Show) => void }) {
  const { sums, open, tells } = r;
  // before anybody has said what a name means nothing is claimed
  if (sums.till === 0 && r.undecided > 0) return null;
  if (sums.till === 0 && sums.counter === 0 && sums.waiting === 0) {
    return tells.named > 0 ? <EmptyState compact icon={<IconReceiptOff size={28} stroke={1.6} />} title={w.findingNone} /> : null;
  }
  return (
    <Panel>
      <p className={css.finding}>{sums.till === 0 ? w.findingNone : w.finding(say.n(sums.till), say.n(sums.counter))}</p>
      {sums.till > 0 && (
        <p className={css.open} data-open={open.receipts > 0 || undefined}>
          {open.receipts > 0 ? w.openOnes(say.n(open.receipts), open.receipts === 1, say.cents(open.discount)) : w.allLookedInto}
        </p>
      )}
      {sums.tillCode > 0 && (
        <p className={`${css.quiet} ${css.more}`}>
          {w.tillCode(say.n(sums.tillCode), sums.tillCode === 1, say.cents(sums.tillCodeDiscount))}
        </p>
      )}
      {sums.waiting > 0 && (
        <p className={`${css.quiet} ${css.more}`}>{w.waiting(say.n(sums.waiting), r.covered === null ? null : say.day(r.covered))}</p>
      )}
      {sums.returned > 0 && <p className={`${css.quiet} ${css.more}`}>{w.returned(say.n(sums.returned), sums.returned === 1)}</p>}
      {tells.named > 0 && tells.unnamed > 0 && (
        <p className={`${css.quiet} ${css.more}`}>
          {w.unnamed(say.n(tells.unnamed), tells.unnamed === 1, say.cents(tells.unnamedDiscount))}
        </p>
      )}
      <div className={css.more}>
        <StatRow>
          <StatTile label={w.tiles.matched} value={say.n(sums.matched)} note={w.tiles.matchedNote} onClick={() => onShow('matched')} />
          <StatTile
            label={w.tiles.open}
            value={say.n(sums.tillOnly)}
            note={w.tiles.openNote(say.cents(sums.tillOnlyDiscount))}
            tone={open.receipts > 0 ? 'warn' : 'plain'}
            onClick={() => onShow('till-only')}
          />
          <StatTile
            label={w.tiles.counterOnly}
            value={say.n(sums.counterOnly)}
            note={w.tiles.counterOnlyNote}
            onClick={() => onShow('counter-only')}
          />
          <StatTile
            label={w.tiles.differs}
            value={say.n(sums.differs)}
            note={w.tiles.differsNote(say.cents(sums.differsBy))}
            onClick={() => onShow('differs')}
          />
        </StatRow>
      </div>
    </Panel>
  );
}
