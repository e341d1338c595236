import { shopDay } from '@domain/calendar';
import type { UtcMs } from '@domain/kernel';
import { Button, SegmentedControl } from '@mantine/core';
import { call, useCommand, useQuery, useShell } from '@renderer/api';
import { offers as catalogue } from '@renderer/strings/offers';
import { Dialog, ErrorNote, FieldRow, NumberField, Rows, SelectField, Sheet, toast } from '@renderer/ui';
import { count, when } from '@renderer/ui/format';
import { useState } from 'react';
import { OfferCard, type Scan } from './OfferCard';
import card from './offer-card.module.css';
import css from './offers.module.css';
import type { Terms } from './say';
import { useSaying } from './useSaying';
import { type OfferRow, type OfferWords, shown } from './words';

type Speaks = 'en' | 'es' | 'both';

/** A poster with the code everybody uses, or cards with a code each: looked at, printed, saved. */
export function PaperDialog({ offer, words: w, onClose }: { offer: OfferRow; words: OfferWords; onClose: () => void }) {
  const t = w.paper;
  const { shop, locale } = useShell();
  const shared = offer.codeMode === 'shared';
  const [scan, setScan] = useState<Scan>('qr');
  const [speaks, setSpeaks] = useState<Speaks>('en');
  const [many, setMany] = useState<number | null>(24);
  const [picked, setPicked] = useState<number | null>(null);
  const make = useCommand('offers/make-paper');
  const batches = useQuery('offers/paper', { offerId: offer.id }, { enabled: !shared });
  const at = picked ?? batches.data?.[0]?.at ?? null;
  const batch = batches.data?.find((b) => b.at === at);
  const codes = useQuery('offers/paper-codes', { offerId: offer.id, at: (at ?? 0) as UtcMs }, { enabled: at !== null });
  const ready = shared || (codes.data !== undefined && codes.data.length > 0);
  const drawn = async () => {
    const done = await make.run({ offerId: offer.id, count: many ?? 24 });
    if (done) setPicked(done.at);
  };
  const save = async () => {
    const done = await call('shell/save-pdf', { name: `${offer.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40)}.pdf` }).catch(
      () => null,
    );
    if (done) toast({ title: t.saved, tone: 'good' });
  };
  const n = (x: number) => count(x, locale);
  return (
    <Dialog
      open
      width={1000}
      onClose={onClose}
      title={t.title}
      actions={
        <>
          <Button variant="default" disabled={!ready} onClick={() => void save()}>
            {t.pdf}
          </Button>
          <Button disabled={!ready} onClick={() => void call('shell/print', {}).catch(() => undefined)}>
            {t.go}
          </Button>
        </>
      }
    >
      <Rows gap={16}>
        <ErrorNote error={make.error} />
        <div className={css.moreRules}>
          <SegmentedControl
            aria-label={t.scan}
            value={scan}
            onChange={(v) => setScan(v === 'bars' ? 'bars' : 'qr')}
            data={(['qr', 'bars'] as const).map((s) => ({ value: s, label: t.scans[s] }))}
          />
          <SegmentedControl
            aria-label={t.language}
            value={speaks}
            onChange={(v) => setSpeaks(v as Speaks)}
            data={(['en', 'es', 'both'] as const).map((l) => ({ value: l, label: t.languages[l] }))}
          />
        </div>
        {!shared && (
          <FieldRow widths="minmax(0, 1fr) 140px auto">
            {batches.data && batches.data.length > 0 ? (
              <SelectField
                label={t.batch}
                {...(batch && { hint: t.used(n(batch.redeemed), n(batch.codes)) })}
                value={String(at)}
                onChange={(v) => setPicked(Number(v))}
                options={batches.data.map((b) => ({
                  value: String(b.at),
                  label: t.batchOf(n(b.codes), when(b.at, 'day-time', shop.zone, locale, Date.now())),
                }))}
              />
            ) : (
              <p className={css.quiet}>{t.none}</p>
            )}
            <NumberField label={t.howMany} value={many} onChange={setMany} min={1} max={1000} />
            <Button variant={ready ? 'default' : 'filled'} loading={make.busy} onClick={() => void drawn()}>
              {t.make}
            </Button>
          </FieldRow>
        )}
        {ready && (
          <OfferSheet offer={offer} scan={scan} speaks={speaks} codes={codes.data ?? []} expiresAt={batch?.expiresAt ?? null} words={w} />
        )}
      </Rows>
    </Dialog>
  );
}

interface OfferSheetProps {
  offer: OfferRow;
  scan: Scan;
  speaks: Speaks;
  codes: readonly string[];
  expiresAt: number | null;
  words: OfferWords;
}

/** What comes out of the printer. */
function OfferSheet({ offer, scan, speaks, codes, expiresAt, words: w }: OfferSheetProps) {
  const { shop } = useShell();
  const [en, es] = [useSaying('en'), useSaying('es')];
  const says = speaks === 'both' ? [en, es] : speaks === 'en' ? [en] : [es];
  const show = says.map((s) => catalogue[s === es ? 'es' : 'en'].paper.show);
  // Codes on paper have a last day of their own, from the day they were made.
  const terms: Terms =
    expiresAt === null ? offer : { ...offer, untilDay: shopDay((expiresAt - 1) as UtcMs, shop.zone), fromDay: offer.fromDay };
  const one = (code: string, size: 'card' | 'poster') => (
    <OfferCard
      key={code}
      shop={shop.name}
      terms={terms}
      name={offer.name}
      says={says}
      code={code}
      scan={scan}
      label={w.paper.number(shown(code))}
      size={size}
      show={show}
    />
  );
  return (
    <Sheet label={w.paper.title}>
      {offer.codeMode === 'shared' ? (
        one(offer.sharedCode ?? '', 'poster')
      ) : (
        <div className={card.sheet}>{codes.map((c) => one(c, 'card'))}</div>
      )}
    </Sheet>
  );
}
