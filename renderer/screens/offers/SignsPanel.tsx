import { Button } from '@mantine/core';
import { type Out, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { Loaded, Panel, When } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import css from './offers.module.css';
import { type OfferRow, type OfferWords, shown } from './words';

type Sign = Out<'offers/signs'>[number];

/** What was counted, in one kind sentence. */
function signWords(s: Sign, t: OfferWords['signs'], offer: string, locale: string): string {
  const n = (x: number) => count(x, locale);
  switch (s.kind) {
    case 'used-again':
    case 'undone-again':
      return t[s.kind](shown(s.code), offer, s.n);
    case 'burst':
      return t.burst(shown(s.code), offer, s.n, s.minutes);
    case 'guessing':
      return t.guessing(s.staffName ?? t.somebody, s.n);
    case 'no-receipt':
      return t['no-receipt'](s.staffName ?? t.somebody, s.n, s.of, s.othersPercent);
    case 'taken-back':
      return t['taken-back'](s.staffName ?? t.somebody, s.n, s.of);
    case 'beyond-texts':
      return t['beyond-texts'](offer, n(s.n), n(s.texts));
    case 'never-sent':
    case 'too-little':
    case 'other-things':
      return t[s.kind](offer, s.n);
  }
}

/** What looks unusual about redeeming: of one offer, or of all. Nothing is drawn where there is nothing to say about one offer. */
export function SignsPanel({ offerId, offers, words: w }: { offerId: number | null; offers: readonly OfferRow[]; words: OfferWords }) {
  const { locale } = useShell();
  const query = useQuery('offers/signs', { offerId: offerId as never, days: 30 }, { topics: ['offers', 'imports', 'campaigns'] });
  const t = w.signs;
  if (offerId !== null && (query.data?.length ?? 0) === 0) return null;
  const nameOf = (id: number) => offers.find((o) => o.id === id)?.name ?? t.anOffer;
  return (
    <Panel title={t.title} hint={t.hint}>
      <Loaded query={query}>
        {(signs) =>
          signs.length === 0 ? (
            <p className={css.quiet}>{t.none}</p>
          ) : (
            <ul className={css.signs}>
              {signs.map((s) => (
                <li key={JSON.stringify(s)}>
                  <span className={css.when}>
                    <When at={s.at} near />
                  </span>
                  <span>{signWords(s, t, 'offerId' in s ? nameOf(s.offerId) : '', locale)}</span>
                  {offerId === null && 'offerId' in s && (
                    <Button
                      className={css.seeOffer ?? ''}
                      size="xs"
                      variant="subtle"
                      onClick={() => go({ screen: 'offers', id: s.offerId as never })}
                    >
                      {w.columns.name}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
