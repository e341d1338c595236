import type { CustomerId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { givesWords } from '@renderer/screens/offers/say';
import { useSaying } from '@renderer/screens/offers/useSaying';
import { useLanguage, useWords } from '@renderer/strings';
import { counterLoyalty as catalogue } from '@renderer/strings/loyalty-counter';
import { Chip, Dialog, ErrorNote, toast } from '@renderer/ui';
import { count, dayText } from '@renderer/ui/format';
import { IconCheck, IconGift, IconPlus, IconStars } from '@tabler/icons-react';
import { useState } from 'react';
import { ByHand, CountIt } from './LoyaltyDialogs';
import css from './loyalty.module.css';
import type { Person } from './words';

export type Card = NonNullable<Out<'loyalty/card'>>;
type Offer = Person['offers'][number];

/** A card of more dots than this is told in numbers. */
const MOST_DOTS = 12;

/**
 * Somebody's punches or points, and what can be done with them: nothing is there while the shop has no rewards. A reward that is used
 * becomes a code of theirs, redeemed like any other (`onRedeem`).
 */
export function LoyaltyCard({ customerId, onRedeem }: { customerId: CustomerId; onRedeem: (offer: Offer) => void }) {
  const { data: card } = useQuery('loyalty/card', { customerId });
  return card ? <CardOf card={card} customerId={customerId} onRedeem={onRedeem} /> : null;
}

function CardOf({ card, customerId, onRedeem }: { card: Card; customerId: CustomerId; onRedeem: (offer: Offer) => void }) {
  const w = useWords(catalogue);
  const s = useSaying();
  const { locale } = useShell();
  const spanish = useLanguage((l) => l.language) === 'es';
  const [open, setOpen] = useState<'count' | 'hand' | 'choose' | null>(null);
  const give = useCommand('loyalty/give');
  const join = useCommand('loyalty/join');
  const n = (x: number) => count(x, locale);
  const day = (d: string) => dayText(d, locale, Date.now());
  const ready = card.rewards.filter((r) => r.times > 0);
  const dearest = ready.at(-1);
  const next = card.rewards.find((r) => r.times === 0) ?? card.rewards[0];
  const gives = (r: Card['rewards'][number]) => givesWords(r.offer, s, r.offer.name);
  const use = async (r: Card['rewards'][number]) => {
    setOpen(null);
    const given = await give.run({ customerId, offerId: r.offerId });
    if (given) onRedeem(given);
  };
  const many = card.kind === 'points' && ready.length > 1;
  const head = dearest
    ? card.kind === 'points'
      ? `${w.ready}: ${w.have(card.have, n(card.have), card.kind)}`
      : dearest.times > 1
        ? w.readyTimes(dearest.times)
        : w.ready
    : card.collects || card.have !== 0
      ? next
        ? w.of(n(Math.max(0, card.have)), n(next.needs), card.kind)
        : w.have(card.have, n(card.have), card.kind)
      : w.title;
  return (
    <section className={css.card} data-ready={dearest ? true : undefined} data-loyalty aria-label={w.title}>
      {dearest ? <IconGift size={26} stroke={1.6} aria-hidden /> : <IconStars size={26} stroke={1.6} aria-hidden />}
      <div className={css.words}>
        <div className={css.head}>
          <span>{head}</span>
          {card.tier && <Chip tone="good">{spanish ? card.tier.nameEs : card.tier.name}</Chip>}
        </div>
        {!card.collects && <span className={css.said}>{card.have === 0 ? w.noCard : w.noMore}</span>}
        {(card.collects || card.have > 0) && next && (!dearest || card.missing !== null) && <Progress card={card} cost={next.needs} />}
        {dearest && (
          <span className={css.said}>
            {ready.map((r) => (card.kind === 'points' ? `${gives(r)} ${w.cost(n(r.needs))}` : gives(r))).join(' · ')}
          </span>
        )}
        {card.collects && card.missing !== null && next && next.times === 0 && (
          <span className={css.said}>{w.more(card.missing, n(card.missing), card.kind, gives(next))}</span>
        )}
        {card.have < 0 && <span className={css.said}>{w.below(n(-card.have))}</span>}
        {card.unconfirmed > 0 && (
          <span className={css.said}>{w.unconfirmed(w.have(card.unconfirmed, n(card.unconfirmed), card.kind))}</span>
        )}
        {card.expiring && (
          <span className={css.said}>
            {w.expiring(w.have(card.expiring.points, n(card.expiring.points), card.kind), day(card.expiring.day))}
          </span>
        )}
        {!card.on && <span className={css.said}>{card.useUntil === null ? w.ended : w.untilDay(day(card.useUntil))}</span>}
        <ErrorNote error={give.error ?? join.error} />
      </div>
      <div className={css.actions}>
        {dearest && (
          <Button size="lg" className={css.touch ?? ''} loading={give.busy} onClick={() => (many ? setOpen('choose') : void use(dearest))}>
            {w.use}
          </Button>
        )}
        {card.on && !card.collects && (
          <Button
            size="md"
            variant="default"
            className={css.touch ?? ''}
            loading={join.busy}
            onClick={async () => {
              if (await join.run({ customerId })) toast({ title: w.joined, tone: 'good' });
            }}
          >
            {w.join}
          </Button>
        )}
        {card.on && card.collects && (
          <Button
            size="md"
            variant="default"
            className={css.touch ?? ''}
            disabled={card.countedToday}
            leftSection={
              card.countedToday ? <IconCheck size={20} stroke={1.6} aria-hidden /> : <IconPlus size={20} stroke={1.6} aria-hidden />
            }
            onClick={() => setOpen('count')}
          >
            {card.countedToday ? w.counted : w.count[card.kind]}
          </Button>
        )}
        {card.collects && card.staffMost !== 0 && (
          <Button size="md" variant="subtle" color="gray" className={css.touch ?? ''} onClick={() => setOpen('hand')}>
            {w.byHand}
          </Button>
        )}
      </div>
      {open === 'count' && <CountIt card={card} customerId={customerId} onClose={() => setOpen(null)} />}
      {open === 'hand' && <ByHand card={card} customerId={customerId} onClose={() => setOpen(null)} />}
      {open === 'choose' && (
        <Dialog
          open
          title={w.useTitle}
          onClose={() => setOpen(null)}
          actions={
            <Button variant="default" onClick={() => setOpen(null)}>
              {w.cancel}
            </Button>
          }
        >
          <div>
            {ready.map((r) => (
              <div key={r.offerId} className={css.reward}>
                <span>
                  <strong>{gives(r)}</strong> {w.cost(n(r.needs))}
                </span>
                <Button size="md" className={css.touch ?? ''} onClick={() => void use(r)}>
                  {w.use}
                </Button>
              </div>
            ))}
          </div>
        </Dialog>
      )}
    </section>
  );
}

/** Dots of a card, or how far the points reach. */
function Progress({ card, cost }: { card: Card; cost: number }) {
  const have = Math.max(0, Math.min(cost, card.rewards.length === 1 && card.have >= cost ? card.have % cost : card.have));
  if (card.kind !== 'points' && cost <= MOST_DOTS) {
    return (
      <div className={css.dots} aria-hidden>
        {Array.from({ length: cost }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots have nothing but their place
          <span key={i} className={css.dot} data-on={i < have ? true : undefined} />
        ))}
      </div>
    );
  }
  return (
    <div className={css.bar} aria-hidden>
      <div style={{ width: `${Math.round((100 * have) / cost)}%` }} />
    </div>
  );
}
