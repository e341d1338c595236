import { endsOn } from '@domain/campaigns/template';
import type { UtcMs } from '@domain/kernel';
import { OFFER_KINDS } from '@domain/offers/offer';
import { codeWindow } from '@domain/offers/window';
import { Button, SegmentedControl } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { offers as catalogue } from '@renderer/strings/offers';
import { Dialog, ErrorNote, FieldRow, FieldStack, MoneyField, Note, NumberField, SelectField, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import { type Draft, draftOf, hasRules, inputOf, termsOf } from './draft';
import { OfferCard } from './OfferCard';
import { OfferRules } from './OfferRules';
import css from './offers.module.css';
import { useSaying } from './useSaying';
import { type OfferRow, type OfferWords, shown } from './words';

/** Of the length every code has, in the letters codes are made of. */
const SAMPLE = 'K7M4Q9X';

/** Fields that stand behind "More rules": a mistake in one opens it. */
const BEHIND = new Set(['weekdays', 'untilMinute', 'codeUses', 'mostUses']);

/** Makes or changes an offer: only the fields its kind needs, and beside them what customers will read. */
export function OfferDialog({
  offer,
  words: w,
  begin,
  onClose,
}: {
  offer: OfferRow | null;
  words: OfferWords;
  /** What a new one begins with. */
  begin?: Partial<Draft>;
  onClose: () => void;
}) {
  const t = w.edit;
  const save = useCommand('offers/save');
  const [d, setDraft] = useState<Draft>(() => ({ ...draftOf(offer), ...begin }));
  const [more, setMore] = useState(() => hasRules({ ...draftOf(offer), ...begin }));
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const [noEnd, setNoEnd] = useState(false);
  const refused = save.error?.code === 'input.invalid' ? String(save.error.params['field'] ?? '') : '';
  // without its last day an offer of fixed dates would silently count from the text
  const field = noEnd && d.fixed && d.untilDay === '' ? 'untilDay' : refused;
  const bad = (name: string) =>
    field === name ? (name === 'sharedCode' ? t.badShared : name === 'weekdays' ? t.badDays : t.bad) : undefined;
  const rules = more || BEHIND.has(field);

  const submit = async (archived = offer?.archived ?? false) => {
    setNoEnd(true);
    if (d.fixed && d.untilDay === '') return;
    const done = await save.run(inputOf(d, offer?.id ?? null, archived));
    if (!done) return;
    toast({ title: archived && !offer?.archived ? t.archivedToast : offer === null ? t.made : t.saved, tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      width={980}
      onClose={onClose}
      title={offer === null ? t.addTitle : t.title}
      actions={
        <>
          {offer !== null && (
            <Button variant="default" onClick={() => void submit(!offer.archived)} disabled={save.busy}>
              {offer.archived ? t.bringBack : t.archive}
            </Button>
          )}
          <Button onClick={() => void submit()} loading={save.busy}>
            {t.save}
          </Button>
        </>
      }
    >
      <div className={css.editor}>
        <FieldStack onSubmit={() => void submit()}>
          {!field && <ErrorNote error={save.error} />}
          <TextField
            label={t.name}
            value={d.name}
            onChange={(name) => set({ name })}
            placeholder={t.namePlaceholder}
            error={bad('name')}
            autoFocus
            maxLength={80}
          />
          <Gives draft={d} set={set} words={w} bad={bad} />
          <When draft={d} set={set} words={w} bad={bad} />
          <SelectField
            label={t.code}
            value={d.codeMode}
            onChange={(codeMode) => set({ codeMode })}
            disabled={offer !== null && offer.issued > 0}
            options={[
              { value: 'personal', label: t.codes.personal },
              { value: 'shared', label: t.codes.shared },
            ]}
          />
          {d.codeMode === 'shared' && (
            <TextField
              label={t.sharedCode}
              hint={d.fixed ? t.sharedHint : `${t.sharedHint}. ${t.sharedDays}`}
              value={d.sharedCode}
              onChange={(v) => set({ sharedCode: v.toUpperCase() })}
              error={bad('sharedCode')}
              maxLength={20}
              spellCheck={false}
            />
          )}
          {rules ? (
            <OfferRules draft={d} set={set} words={w} bad={bad} />
          ) : (
            <div className={css.moreRules}>
              <Button variant="default" size="xs" onClick={() => setMore(true)}>
                {t.rules}
              </Button>
              <span className={css.quiet}>{t.rulesHint}</span>
            </div>
          )}
          <TextField
            label={t.tillKey}
            hint={t.tillKeyHint}
            value={d.tillKey}
            onChange={(tillKey) => set({ tillKey })}
            maxLength={40}
            spellCheck={false}
          />
          <TextField label={t.terms} hint={t.termsHint} value={d.terms} onChange={(terms) => set({ terms })} maxLength={400} />
        </FieldStack>
        <Preview draft={d} />
      </div>
    </Dialog>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  words: OfferWords;
  bad: (field: string) => string | undefined;
}

/** What people get. */
function Gives({ draft: d, set, words: w, bad }: PartProps) {
  const t = w.edit;
  return (
    <>
      <FieldRow widths={d.kind === 'other' ? '1fr' : '1fr 1fr'}>
        <SelectField
          label={t.kind}
          value={d.kind}
          onChange={(kind) => set({ kind })}
          options={OFFER_KINDS.map((k) => ({ value: k, label: t.kinds[k] }))}
        />
        {d.kind === 'percent' && (
          <NumberField
            label={t.percent}
            value={d.percent}
            onChange={(percent) => set({ percent })}
            min={1}
            max={100}
            unit="%"
            width={400}
            error={bad('percent')}
          />
        )}
        {d.kind === 'amount' && (
          <MoneyField label={t.amount} cents={d.amount} onChange={(amount) => set({ amount })} width={400} error={bad('amount')} />
        )}
        {d.kind === 'free-item' && (
          <TextField label={t.item} value={d.item} onChange={(item) => set({ item })} error={bad('item')} maxLength={120} />
        )}
        {d.kind === 'points' && (
          <NumberField label={t.points} value={d.points} onChange={(points) => set({ points })} min={1} width={400} error={bad('points')} />
        )}
        {d.kind === 'bundle' && (
          <SelectField
            label={t.bundle}
            value={d.bundle}
            onChange={(bundle) => set({ bundle })}
            options={[
              { value: 'price', label: t.bundles.price },
              { value: 'get', label: t.bundles.get },
            ]}
          />
        )}
      </FieldRow>
      {d.kind === 'points' && <Note>{t.pointsNote}</Note>}
      {d.kind === 'bundle' && (
        <FieldRow widths={d.bundle === 'price' ? '1fr 1fr' : '1fr 1fr 1fr'}>
          <NumberField label={t.buy} value={d.buy} onChange={(buy) => set({ buy })} min={1} max={99} width={400} error={bad('bundle')} />
          {d.bundle === 'price' ? (
            <MoneyField
              label={t.forPrice}
              cents={d.forPrice}
              onChange={(forPrice) => set({ forPrice })}
              width={400}
              error={bad('bundle')}
            />
          ) : (
            <>
              <NumberField label={t.get} value={d.get} onChange={(get) => set({ get })} min={1} max={99} width={400} />
              <NumberField
                label={t.getPercent}
                value={d.getPercent}
                onChange={(getPercent) => set({ getPercent })}
                min={1}
                max={100}
                unit={d.getPercent === 100 ? '%' : `% · ${t.free}`}
                width={400}
              />
            </>
          )}
        </FieldRow>
      )}
      <MoneyField label={t.minSpend} cents={d.minSpend} onChange={(minSpend) => set({ minSpend })} width={285} error={bad('minSpend')} />
    </>
  );
}

/** Days from the text, or fixed dates. */
function When({ draft: d, set, words: w, bad }: PartProps) {
  const t = w.edit;
  return (
    <fieldset className={css.group}>
      <legend>{t.when}</legend>
      <SegmentedControl
        aria-label={t.when}
        value={d.fixed ? 'dates' : 'days'}
        onChange={(v) => set({ fixed: v === 'dates' })}
        data={[
          { value: 'days', label: t.whens.days },
          { value: 'dates', label: t.whens.dates },
        ]}
      />
      {d.fixed ? (
        <FieldRow widths="1fr 1fr">
          <TextField label={t.fromDay} type="date" value={d.fromDay} onChange={(fromDay) => set({ fromDay })} error={bad('fromDay')} />
          <TextField label={t.untilDay} type="date" value={d.untilDay} onChange={(untilDay) => set({ untilDay })} error={bad('untilDay')} />
        </FieldRow>
      ) : (
        <NumberField
          label={t.validDays}
          value={d.validDays}
          onChange={(validDays) => set({ validDays })}
          min={1}
          max={365}
          unit={t.daysUnit}
          width={285}
          error={bad('validDays')}
        />
      )}
    </fieldset>
  );
}

/** The words and the code as customers will see them, in both languages. */
function Preview({ draft }: { draft: Draft }) {
  const w = useWords(catalogue);
  const { shop } = useShell();
  const [en, es] = [useSaying('en'), useSaying('es')];
  const terms = termsOf(draft);
  const code = draft.codeMode === 'shared' ? draft.sharedCode.trim() || 'FALL10' : SAMPLE;
  const scannable = /^[\dA-Z-]+$/.test(code) ? code : 'FALL10';
  const ends = endsOn(codeWindow(terms, Date.now() as UtcMs, shop.zone).endsAt, shop.zone);
  return (
    <aside className={css.preview} aria-label={w.edit.preview}>
      <h3>{w.edit.preview}</h3>
      <OfferCard
        shop={shop.name}
        terms={terms}
        name={draft.name.trim() || w.edit.namePlaceholder}
        says={[en, es]}
        code={scannable}
        scan="qr"
        label={w.paper.number(shown(scannable))}
        size="preview"
        show={[catalogue.en.paper.show, catalogue.es.paper.show]}
      />
      <p className={css.quiet}>{w.edit.inText(shown(code), ends)}</p>
    </aside>
  );
}
