import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { Dialog, ErrorNote, FieldRow, FieldStack, MoneyField, NumberField, SelectField, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import type { OfferRow, OfferWords } from './words';

const KINDS = ['percent', 'amount', 'free-item', 'bundle', 'points', 'other'] as const;

/** Makes or changes an offer: only the fields its kind needs. */
export function OfferDialog({ offer, words: w, onClose }: { offer: OfferRow | null; words: OfferWords; onClose: () => void }) {
  const t = w.edit;
  const save = useCommand('offers/save');
  const [name, setName] = useState(offer?.name ?? '');
  const [kind, setKind] = useState<(typeof KINDS)[number]>(offer?.kind ?? 'percent');
  const [percent, setPercent] = useState<number | null>(offer?.percent ?? 15);
  const [amount, setAmount] = useState<number | null>(offer?.amount ?? null);
  const [item, setItem] = useState(offer?.item ?? '');
  const [minSpend, setMinSpend] = useState<number | null>(offer?.minSpend || null);
  const [validDays, setValidDays] = useState<number | null>(offer?.validDays ?? 14);
  const [codeMode, setCodeMode] = useState<'personal' | 'shared'>(offer?.codeMode ?? 'personal');
  const [sharedCode, setSharedCode] = useState(offer?.sharedCode ?? '');
  const [tillKey, setTillKey] = useState(offer?.tillKey ?? '');
  const [terms, setTerms] = useState(offer?.terms ?? '');
  const field = save.error?.code === 'input.invalid' ? String(save.error.params['field'] ?? '') : '';
  const bad = (name: string) => (field === name ? (name === 'sharedCode' ? t.badShared : t.bad) : undefined);

  const submit = async (archived = offer?.archived ?? false) => {
    const done = await save.run({
      id: (offer?.id ?? null) as never,
      name,
      kind,
      percent: kind === 'percent' ? percent : null,
      amount: (kind === 'amount' ? amount : null) as never,
      item,
      minSpend: (minSpend ?? 0) as never,
      terms,
      validDays: validDays ?? 14,
      codeMode,
      sharedCode: codeMode === 'shared' ? sharedCode : null,
      tillKey,
      archived,
    });
    if (!done) return;
    toast({ title: archived && !offer?.archived ? t.archivedToast : offer === null ? t.made : t.saved, tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      width={600}
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
      <FieldStack onSubmit={() => void submit()}>
        {!field && <ErrorNote error={save.error} />}
        <TextField
          label={t.name}
          value={name}
          onChange={setName}
          placeholder={t.namePlaceholder}
          error={bad('name')}
          autoFocus
          maxLength={80}
        />
        <FieldRow>
          <SelectField label={t.kind} value={kind} onChange={setKind} options={KINDS.map((k) => ({ value: k, label: t.kinds[k] }))} />
          {kind === 'percent' && (
            <NumberField
              label={t.percent}
              value={percent}
              onChange={setPercent}
              min={1}
              max={100}
              unit="%"
              width={400}
              error={bad('percent')}
            />
          )}
          {kind === 'amount' && <MoneyField label={t.amount} cents={amount} onChange={setAmount} width={400} error={bad('amount')} />}
          {kind === 'free-item' && <TextField label={t.item} value={item} onChange={setItem} error={bad('item')} maxLength={120} />}
        </FieldRow>
        <FieldRow>
          <NumberField
            label={t.validDays}
            value={validDays}
            onChange={setValidDays}
            min={1}
            max={365}
            unit={t.daysUnit}
            width={400}
            error={bad('validDays')}
          />
          <MoneyField label={t.minSpend} cents={minSpend} onChange={setMinSpend} width={400} />
        </FieldRow>
        <SelectField
          label={t.code}
          value={codeMode}
          onChange={setCodeMode}
          disabled={offer !== null && offer.issued > 0}
          options={[
            { value: 'personal', label: t.codes.personal },
            { value: 'shared', label: t.codes.shared },
          ]}
        />
        {codeMode === 'shared' && (
          <TextField
            label={t.sharedCode}
            hint={t.sharedHint}
            value={sharedCode}
            onChange={(v) => setSharedCode(v.toUpperCase())}
            error={bad('sharedCode')}
            maxLength={20}
            spellCheck={false}
          />
        )}
        <TextField label={t.tillKey} hint={t.tillKeyHint} value={tillKey} onChange={setTillKey} maxLength={40} spellCheck={false} />
        <TextField label={t.terms} hint={t.termsHint} value={terms} onChange={setTerms} maxLength={400} />
      </FieldStack>
    </Dialog>
  );
}
