import { showMemberNumber } from '@domain/customers/member-number';
import { Button, SegmentedControl } from '@mantine/core';
import { call, type Out, useCommand } from '@renderer/api';
import { type Language, useLanguage, useWords, wordsOf } from '@renderer/strings';
import { signUpDesk as catalogue } from '@renderer/strings/sign-up-desk';
import { Dialog, ErrorNote, FieldRow, FieldStack, Rows, SelectField, Sheet, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import { barsOf } from './bars';
import css from './member-card.module.css';

type Card = Out<'sign-up/card'>;

/** Business cards, 3.5 × 2 inches, one or ten on the page. */
function CardSheet({ card, copies }: { card: Card; copies: 1 | 10 }) {
  const w = wordsOf(catalogue, card.language).member;
  const bars = `data:image/svg+xml;utf8,${encodeURIComponent(barsOf(card.number))}`;
  return (
    <Sheet label={w.cardTitle}>
      <div className={css.page} data-copies={copies}>
        {Array.from({ length: copies }, (_, i) => `card-${i}`).map((key) => (
          <div key={key} className={css.card} lang={card.language}>
            <div className={css.head}>
              <strong>{card.shopName}</strong>
              <span>{w.card}</span>
            </div>
            <p className={css.name}>{card.name || '\u00a0'}</p>
            <img src={bars} alt={`${w.number} ${showMemberNumber(card.number)}`} className={css.bars} />
            <div className={css.foot}>
              <span className={css.number}>{showMemberNumber(card.number)}</span>
              <span>{w.hint}</span>
            </div>
          </div>
        ))}
      </div>
    </Sheet>
  );
}

/** The card of somebody: looked at, printed, or saved. Made when they have none yet. */
export function MemberCard({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const w = useWords(catalogue).member;
  const make = useCommand('sign-up/card');
  const [card, setCard] = useState<Card | null>(null);
  const [copies, setCopies] = useState<1 | 10>(1);
  const [asked, setAsked] = useState(false);
  if (!asked) {
    setAsked(true);
    void make.run({ customerId: customerId as never }).then((done) => done && setCard(done));
  }
  const save = async () => {
    const done = await call('shell/save-pdf', { name: `card-${card?.number}.pdf` }).catch(() => null);
    if (done) toast({ title: w.saved, tone: 'good' });
  };
  return (
    <Dialog
      open
      width={900}
      onClose={onClose}
      title={w.cardTitle}
      actions={
        <>
          <Button variant="default" size="md" disabled={!card} onClick={() => void save()}>
            {w.pdf}
          </Button>
          <Button size="md" disabled={!card} onClick={() => void call('shell/print', {}).catch(() => undefined)}>
            {w.print}
          </Button>
        </>
      }
    >
      <Rows gap={16}>
        <ErrorNote error={make.error} />
        <SegmentedControl
          aria-label={w.copies}
          value={String(copies)}
          onChange={(v) => setCopies(v === '10' ? 10 : 1)}
          data={[
            { value: '1', label: w.one },
            { value: '10', label: w.ten },
          ]}
        />
        {card && <CardSheet card={card} copies={copies} />}
      </Rows>
    </Dialog>
  );
}

/** A member with a name or with nothing; the card follows at once. */
export function MemberDialog({ onMade, onClose }: { onMade: (customerId: number) => void; onClose: () => void }) {
  const w = useWords(catalogue).member;
  const language = useLanguage((s) => s.language);
  const add = useCommand('sign-up/member');
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [theirs, setTheirs] = useState<Language>(language);
  const go = async () => {
    const done = await add.run({ firstName: first, lastName: last, language: theirs });
    if (done) onMade(done.customerId);
  };
  return (
    <Dialog open onClose={onClose} title={w.title}>
      <FieldStack onSubmit={() => void go()}>
        <p>{w.lead}</p>
        <FieldRow widths="1fr 1fr">
          <TextField label={w.first} value={first} onChange={setFirst} maxLength={60} autoFocus />
          <TextField label={w.last} value={last} onChange={setLast} maxLength={60} />
        </FieldRow>
        <SelectField
          label={w.language}
          value={theirs}
          onChange={setTheirs}
          options={[
            { value: 'en', label: 'English' },
            { value: 'es', label: 'Español' },
          ]}
        />
        <ErrorNote error={add.error} />
        <Button type="submit" size="lg" loading={add.busy}>
          {w.go}
        </Button>
      </FieldStack>
    </Dialog>
  );
}
