import { Button } from '@mantine/core';
import { WhenCanI } from '@renderer/screens/consent/WhenCanI';
import { givesWords, refusalWords } from '@renderer/screens/offers/say';
import { useSaying } from '@renderer/screens/offers/useSaying';
import { PersonOrders } from '@renderer/screens/orders/PersonOrders';
import { useLanguage, useWords } from '@renderer/strings';
import { desk as deskWords } from '@renderer/strings/desk';
import { Chip, When } from '@renderer/ui';
import { IconGift, IconHandStop, IconMapPin } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './counter.module.css';
import { MailStop } from './MailStop';
import { CounterNotes } from './PersonNotes';
import { type CounterWords, nextStep, type Person, permissionWords } from './words';

interface PersonCardProps {
  person: Person;
  words: CounterWords;
  onRedeem: (offer: Person['offers'][number]) => void;
  /** Of several: the key that opens the card. */
  number?: number;
  /** All there is to see and do; of several people only of the one that was picked. */
  open: boolean;
  onOpen: () => void;
  onHere: () => void;
  onStop: () => void;
  /** Already noted as here today. */
  here: boolean;
  /** What is being done for them, under what they are. */
  children?: ReactNode;
  /** Quieter things one may do for them: choices, card. */
  tools?: ReactNode;
}

/** One person as staff may see them, with what can be done for them now. */
export function PersonCard({ person, words: w, number, open, onOpen, onRedeem, onHere, onStop, here, children, tools }: PersonCardProps) {
  const d = useWords(deskWords);
  const spoken = useLanguage((l) => l.language);
  const next = nextStep(person.permission, d.card.next);
  const s = useSaying();
  const permission = permissionWords(person.permission, w);
  const stopped = person.permission.state === 'out' || person.phoneEnd === null;
  return (
    <li className={css.card} data-person={person.id}>
      <div className={css.cardHead}>
        <div className={css.cardWho}>
          <h2 className={css.cardName}>
            {number !== undefined && <kbd className={css.pickKey}>{number}</kbd>}
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
            {person.language === 'es' && ` · ${d.card.spanish}`}
          </p>
          {open && person.clubs.length > 0 && <p className={css.cardMeta}>{d.card.clubs(person.clubs.map((c) => c[spoken]).join(', '))}</p>}
          {open && next && <p className={css.cardMeta}>{next}</p>}
          {open && person.phoneEnd !== null && person.permission.state === 'in' && <WhenCanI customerId={person.id} />}
        </div>
        <div className={css.cardActions}>
          {!open && (
            <Button size="md" variant="default" className={css.touch ?? ''} onClick={onOpen} data-open-card>
              {d.pick.open}
            </Button>
          )}
          {open && tools}
          {open && (
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
          )}
          {open && !stopped && (
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
          {open && person.mails && <MailStop customerId={person.id} who={person.name} />}
        </div>
      </div>
      {person.offers.length > 0 && (
        <ul className={css.offers}>
          {person.offers.map((o, i) => {
            const refused = o.refusal && refusalWords(o.refusal, s, Date.now());
            return (
              <li key={o.code} className={css.offer} data-refused={refused ? true : undefined}>
                <IconGift size={24} stroke={1.6} aria-hidden className={css.offerIcon} />
                <div className={css.offerWords}>
                  <strong>{givesWords(o.offer, s, o.offer.name)}</strong>
                  <span>
                    {o.offer.name}
                    {o.expiresAt !== null && (
                      <>
                        {' · '}
                        {w.person.until} <When at={o.expiresAt - 1} style="day" />
                      </>
                    )}
                    {o.offer.codeUses > 1 && !o.shared && ` · ${s.w.left(o.left)}`}
                    {o.shared && ` · ${s.w.members}`}
                  </span>
                  {refused && (
                    <span>
                      {refused.title}. {refused.hint}
                    </span>
                  )}
                </div>
                {(!refused || o.mayHonour) && (
                  <Button
                    size="lg"
                    variant={refused ? 'default' : 'filled'}
                    className={css.touch ?? ''}
                    onClick={() => onRedeem(o)}
                    {...(i === 0 && { 'data-first-action': true })}
                  >
                    {refused ? s.w.honour : w.person.redeem}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {children}
      {open && <PersonOrders customerId={person.id} />}
      {open && <CounterNotes customerId={person.id} found={person} />}
    </li>
  );
}
