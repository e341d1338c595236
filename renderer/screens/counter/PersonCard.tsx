import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { Chip, When } from '@renderer/ui';
import { IconGift, IconHandStop, IconMapPin } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './counter.module.css';
import { type CounterWords, offerWords, type Person, permissionWords } from './words';

interface PersonCardProps {
  person: Person;
  words: CounterWords;
  onRedeem: (offer: Person['offers'][number]) => void;
  onHere: () => void;
  onStop: () => void;
  /** Already noted as here today. */
  here: boolean;
  /** Takes the focus, so that Enter goes on. */
  first?: boolean;
  /** What is being done for them, under what they are. */
  children?: ReactNode;
  /** Quieter things one may do for them: choices, card. */
  tools?: ReactNode;
}

/** One person as staff may see them, with what can be done for them now. */
export function PersonCard({ person, words: w, onRedeem, onHere, onStop, here, first, children, tools }: PersonCardProps) {
  const { shop, locale } = useShell();
  const permission = permissionWords(person.permission, w);
  const stopped = person.permission.state === 'out' || person.phoneEnd === null;
  return (
    <li className={css.card} data-person={person.id}>
      <div className={css.cardHead}>
        <div className={css.cardWho}>
          <h2 className={css.cardName}>
            {person.name || w.person.unnamed}
            <Chip tone={permission.tone} dot>
              {permission.label}
            </Chip>
          </h2>
          <p className={css.cardMeta}>
            {person.phoneEnd ? w.person.ends(person.phoneEnd) : w.person.noNumber}
            {' · '}
            {person.lastVisitAt ? (
              <>
                {w.person.lastHere} <When at={person.lastVisitAt} style="day" />
              </>
            ) : (
              w.person.neverHere
            )}
          </p>
        </div>
        <div className={css.cardActions}>
          {tools}
          <Button
            size="md"
            variant="default"
            className={css.touch ?? ''}
            leftSection={<IconMapPin size={20} stroke={1.6} aria-hidden />}
            onClick={onHere}
            disabled={here}
          >
            {here ? w.person.hereDone : w.person.here}
          </Button>
          {!stopped && (
            <Button
              size="md"
              variant="default"
              className={css.touch ?? ''}
              leftSection={<IconHandStop size={20} stroke={1.6} aria-hidden />}
              onClick={onStop}
            >
              {w.person.stop}
            </Button>
          )}
        </div>
      </div>
      {person.offers.length > 0 && (
        <ul className={css.offers}>
          {person.offers.map((o, i) => (
            <li key={o.code} className={css.offer}>
              <IconGift size={24} stroke={1.6} aria-hidden className={css.offerIcon} />
              <div className={css.offerWords}>
                <strong>{offerWords(o.offer, w, shop.currency, locale)}</strong>
                <span>
                  {o.offer.name} · {w.person.until} <When at={o.expiresAt} style="day" />
                </span>
              </div>
              <Button
                size="lg"
                className={css.touch ?? ''}
                onClick={() => onRedeem(o)}
                {...(first && i === 0 && { 'data-first-action': true })}
              >
                {w.person.redeem}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {children}
    </li>
  );
}
