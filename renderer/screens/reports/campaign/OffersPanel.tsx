import { type Out, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { plainMicros, plainMoney, unitColumns } from '@renderer/print/csv';
import { useWords } from '@renderer/strings';
import { type CampaignResultWords, campaignResults } from '@renderer/strings/campaign-results';
import { moreOrFewer, tenths } from '@renderer/strings/count';
import { explain } from '@renderer/strings/explain';
import { reports } from '@renderer/strings/reports';
import { type Column, HowCounted, Loaded, Panel, tableCsv } from '@renderer/ui';
import { saveCsv } from '../Export';
import type { Say } from '../format';
import { CsvButton } from './CsvButton';
import css from './campaign.module.css';

type Offer = Out<'reports/offers'>['offers'][number];

/** What the smallest window leaves to the file, and what may take two lines. */
const lookOf = (key: string): string | undefined =>
  key === 'effect' ? css.words : key === 'campaigns' || key === 'stopped' ? css.wide : undefined;

function finding(offers: readonly Offer[], w: CampaignResultWords['offers'], say: Say): string {
  const told = offers.filter((o) => o.offerId !== null);
  const good = told.filter((o) => (o.measured?.effect.low ?? 0) > 0);
  const [only] = good;
  if (!only) return w.nothingYet;
  return good.length === 1 ? w.foundOne(only.name ?? '') : w.found(say.n(good.length), say.n(told.length));
}

/** Each offer over all campaigns that told of it; nothing is drawn before one did. */
export function OffersPanel({ say }: { say: Say }) {
  const all = useWords(campaignResults);
  const w = all.offers;
  const r = useWords(reports);
  const e = useWords(explain).offersOver;
  const { shop } = useShell();
  const query = useQuery('reports/offers', {});
  const offers = query.data?.offers ?? [];
  if (query.error === undefined && !offers.some((o) => o.offerId !== null)) return null;
  const share = (o: Offer, n: number) => (o.delivered === 0 ? '' : ` · ${say.share(n / o.delivered)}`);
  const [, campaigns, arrived, came, used, stopped, takings, cost, because] = w.head as [string, ...string[]];
  const people = (key: 'delivered' | 'came' | 'redeemed' | 'stopped', title = ''): Column<Offer> => ({
    key,
    title,
    render: (o) => say.n(o[key]) + (key === 'delivered' ? '' : share(o, o[key])),
    text: (o) => String(o[key]),
  });
  const effect = (o: Offer) =>
    o.measured ? moreOrFewer(100 * o.measured.effect.low, 100 * o.measured.effect.high, tenths) : w.notMeasured;
  const columns: Column<Offer>[] = [
    { key: 'campaigns', title: campaigns ?? '', render: (o) => say.n(o.campaigns), text: (o) => String(o.campaigns) },
    people('delivered', arrived),
    people('came', came),
    people('redeemed', used),
    people('stopped', stopped),
    {
      key: 'takings',
      title: takings ?? '',
      render: (o) => say.cents(o.direct + o.influenced),
      text: (o) => plainMoney(o.direct + o.influenced, shop.currency),
    },
    { key: 'cost', title: cost ?? '', render: (o) => say.micros(o.cost, o.currency), text: (o) => plainMicros(o.cost, o.currency) },
    { key: 'effect', title: because ?? '', render: effect, text: effect },
  ];
  const name: Column<Offer> = { key: 'name', title: w.head[0] ?? '', render: () => null, text: (o) => o.name ?? w.noOffer };
  return (
    <Panel
      title={query.data ? finding(offers, w, say) : w.title}
      hint={w.title}
      action={
        <CsvButton
          of={w.title}
          onSave={() => saveCsv(r, 'offers.csv', tableCsv([name, ...columns, ...unitColumns<Offer>(shop)], offers))}
        />
      }
    >
      <Loaded query={query}>
        {(d) => (
          <>
            <div className={css.scroll}>
              <table className={css.table} aria-label={w.title}>
                <thead>
                  <tr>
                    {[name, ...columns].map((c) => (
                      <th key={c.key} scope="col" className={lookOf(c.key)}>
                        {c.title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {d.offers.map((o) => (
                    <tr key={o.offerId ?? 'none'}>
                      <th scope="row">
                        {o.offerId === null ? (
                          w.noOffer
                        ) : (
                          <button type="button" className={css.figure} onClick={() => go({ screen: 'offers', id: o.offerId as number })}>
                            {o.name}
                          </button>
                        )}
                        <span className={css.under}>{o.campaigns === 1 ? o.latest : w.latest(o.latest)}</span>
                      </th>
                      {columns.map((c) => (
                        <td key={c.key} className={lookOf(c.key)}>
                          {c.render(o)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <HowCounted lines={[e.people, e.effect, e.least, e.chance]} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}
