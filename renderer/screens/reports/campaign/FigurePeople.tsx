import type { CampaignId, CustomerId } from '@domain/kernel';
import type { PeopleFigure } from '@domain/reports/figures';
import { Button } from '@mantine/core';
import { call, type Out } from '@renderer/api';
import { useCursorPages } from '@renderer/api/useCursorPages';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type CampaignResultWords, campaignResults } from '@renderer/strings/campaign-results';
import { campaigns } from '@renderer/strings/campaigns';
import { explain, type FigureFacts } from '@renderer/strings/explain';
import { leaving } from '@renderer/strings/leaving';
import { type Column, Count, DataTable, Dialog, EmptyState, ErrorNote, Money, PhoneText, toast } from '@renderer/ui';
import { phone } from '@renderer/ui/format';
import { IconTableExport } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { reasonWords } from '../../campaigns/words';
import type { Say } from '../format';
import css from './campaign.module.css';
import type { Ask } from './drill';

type Row = Out<'reports/people'>['rows'][number];
interface Names {
  part: ((part: number) => string) | null;
  words: ((key: string) => string) | null;
}

const PAGE = 100;
const TOPICS = ['reports', 'campaigns', 'customers', 'outbox', 'offers', 'imports', 'inbox'] as const;

/** Which columns tell something about the people of a figure. */
const MONEY: ReadonlySet<PeopleFigure> = new Set(['came', 'redeemed', 'again', 'direct', 'influenced', 'delivered', 'texted']);
const BOUGHT: ReadonlySet<PeopleFigure> = new Set(['bought', 'bought-held-out', 'compared', 'compared-held-out', 'held-out']);

/** They read nothing: no wording is theirs. */
const SILENT: ReadonlySet<PeopleFigure> = new Set(['held-out', 'compared-held-out', 'bought-held-out', 'excluded']);

/** The list scrolls, not the dialog around it, also in the smallest window. */
const tall = (): number => Math.max(180, Math.min(420, window.innerHeight - 340));

/** Why people left, or got no text, in words. */
function useWhy(figure: PeopleFigure): (r: Row) => string {
  const refused = useWords(campaigns);
  const left = useWords(leaving).reasons;
  return (r) => {
    if (figure === 'stopped') return r.why !== null && r.why in left ? left[r.why as keyof typeof left] : left.none;
    return r.why === null ? '' : reasonWords(r.why, refused);
  };
}

const nameOf = (r: Row, w: CampaignResultWords): string => `${r.firstName} ${r.lastName}`.trim() || r.company || w.noName;

function columnsOf(figure: PeopleFigure, w: CampaignResultWords, names: Names, why: (r: Row) => string, say: Say): Column<Row>[] {
  const c = w.people.columns;
  const { part, words } = names;
  const cash = (key: 'direct' | 'influenced' | 'list', title: string): Column<Row> => ({
    key,
    title,
    width: '92px',
    align: 'right',
    render: (r) => (r[key] === 0 ? '' : <Money cents={r[key]} />),
    text: (r) => say.cents(r[key]),
  });
  const more: Column<Row>[] = [];
  if (part) more.push({ key: 'part', title: c.part, width: 'minmax(76px, 0.8fr)', render: (r) => part(r.part), text: (r) => part(r.part) });
  if (words && !SILENT.has(figure)) {
    const said = (r: Row) => (r.words === '' ? '' : words(r.words));
    more.push({ key: 'words', title: c.words, width: 'minmax(76px, 0.8fr)', render: said, text: said });
  }
  if (MONEY.has(figure)) {
    if (figure !== 'redeemed') {
      const used = (r: Row) => (r.redeemed ? w.people.yes : '');
      more.push({ key: 'redeemed', title: c.redeemed, width: '48px', render: used, text: used });
    }
    more.push(cash('direct', c.direct), cash('influenced', c.influenced));
  } else if (BOUGHT.has(figure)) more.push(cash('list', c.list));
  else if (figure === 'stopped' || figure === 'excluded')
    more.push({ key: 'why', title: c.why, width: 'minmax(180px, 1.2fr)', render: why, text: why });
  return [
    {
      key: 'name',
      title: c.name,
      width: 'minmax(130px, 1.3fr)',
      always: true,
      render: (r) => nameOf(r, w),
      text: (r) => nameOf(r, w),
    },
    {
      key: 'phone',
      title: c.phone,
      width: '128px',
      render: (r) => (r.phone ? <PhoneText phone={r.phone} /> : ''),
      text: (r) => (r.phone ? phone(r.phone) : ''),
    },
    ...more,
  ];
}

/** The people a number stands for: how it is counted, who they are, each leading to their page, and all of them as a file. */
export function FigurePeople(p: { ask: Ask; campaignId: CampaignId; facts: FigureFacts; names: Names; say: Say; onClose: () => void }) {
  const { ask, say } = p;
  const w = useWords(campaignResults);
  const says = useWords(explain).figures[ask.figure];
  const asked = { campaignId: p.campaignId, figure: ask.figure, part: ask.part ?? null, words: ask.words ?? null };
  const [counting, setCounting] = useState(0);
  const pages = useCursorPages<Row, CustomerId>(
    JSON.stringify(asked),
    async (after) => {
      const page = await call('reports/people', { ...asked, after, limit: PAGE });
      setCounting(page.counting);
      return page;
    },
    TOPICS,
  );
  const why = useWhy(ask.figure);
  const columns = useMemo(() => columnsOf(ask.figure, w, p.names, why, say), [ask.figure, w, p.names, why, say]);
  const [file, setFile] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const save = async () => {
    setFile({ busy: true });
    try {
      const made = await call('reports/people-file', asked);
      const saved = await call('shell/save-text', { name: made.name, text: made.text });
      if (saved) toast({ title: w.people.saved(say.n(made.people), made.people === 1), body: saved.path, tone: 'good' });
      setFile({ busy: false });
    } catch (error) {
      setFile({ busy: false, error });
    }
  };
  const total = pages.total;
  const title = [
    w.figures[ask.figure],
    ask.step?.name,
    ask.part !== undefined && p.names.part?.(ask.part),
    ask.words !== undefined && p.names.words?.(ask.words),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <Dialog
      open
      onClose={p.onClose}
      width={920}
      title={
        <>
          {title}
          {total !== undefined && (
            <span className={css.total}>
              <Count n={total} />
            </span>
          )}
        </>
      }
      actions={
        total !== undefined && total > 0 ? (
          <>
            <span className={css.fileNote}>{w.people.fileNote}</span>
            <Button
              variant="default"
              loading={file.busy}
              leftSection={<IconTableExport size={18} stroke={1.75} aria-hidden />}
              onClick={() => void save()}
            >
              {w.people.file}
            </Button>
          </>
        ) : undefined
      }
    >
      <p className={css.says}>
        {total !== undefined && total > 0 && says(say.n(total), total === 1, p.facts)}
        {counting > 0 && ` ${w.counting.title(say.n(counting), counting === 1)}`}
      </p>
      {file.error !== undefined && <ErrorNote error={file.error} />}
      <DataTable
        label={title}
        columns={columns}
        pages={pages}
        rowKey={(r) => r.customerId}
        height={tall()}
        onRetry={pages.refetch}
        onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
        empty={<EmptyState compact title={w.people.nobody} />}
      />
    </Dialog>
  );
}
