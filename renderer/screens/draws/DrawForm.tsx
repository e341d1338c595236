import { addDays, shopDay } from '@domain/calendar';
import { BOND_ABOVE, type DrawRules, NO_RULES } from '@domain/draws/rules';
import type { Cents, ShopDay, UtcMs } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { draws as catalogue } from '@renderer/strings/draws';
import { Dialog, ErrorNote, FieldRow, FieldStack, MoneyField, Note, NumberField, TextAreaField, TextField } from '@renderer/ui';
import { useState } from 'react';
import css from './draws.module.css';

type Draw = Out<'draws/get'>;

const isDay = (s: string): s is ShopDay => /^\d{4}-\d\d-\d\d$/.test(s);

/** What a draw is, and its official rules field by field. */
export function DrawForm({ draw, onClose, onSaved }: { draw: Draw | null; onClose: () => void; onSaved: (id: number) => void }) {
  const w = useWords(catalogue).form;
  const { shop } = useShell();
  const today = shopDay(Date.now() as UtcMs, shop.zone);
  const [name, setName] = useState(draw?.name ?? '');
  const [word, setWord] = useState(draw?.word ?? '');
  const [opensOn, setOpens] = useState<string>(draw?.opensOn ?? today);
  const [closesOn, setCloses] = useState<string>(draw?.closesOn ?? addDays(today, 14));
  const [winners, setWinners] = useState<number | null>(draw?.winners ?? 1);
  const [alternates, setAlternates] = useState<number | null>(draw?.alternates ?? 2);
  const [rules, setRules] = useState<DrawRules>(draw?.rules ?? { ...NO_RULES, sponsor: shop.name });
  const save = useCommand('draws/save');
  const change = (c: Partial<DrawRules>) => setRules((r) => ({ ...r, ...c }));
  /** Told of a draft that was looked at before; as soon as something stands there, no longer. */
  const needed = (f: keyof typeof w.fields) => {
    const value = rules[f];
    const empty = typeof value === 'string' ? value.trim() === '' : value === null || value === draw?.rules[f];
    return empty && draw?.missing.includes(f) ? w.missing : undefined;
  };
  const ready = name.trim() !== '' && isDay(opensOn) && isDay(closesOn) && opensOn <= closesOn && winners !== null && alternates !== null;
  const store = async () => {
    if (!ready || winners === null || alternates === null) return;
    const done = await save.run({
      id: draw?.id ?? null,
      name,
      word: word.trim() === '' ? null : word,
      opensOn,
      closesOn,
      winners,
      alternates,
      rules,
    });
    if (!done) return;
    onClose();
    onSaved(done.id);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={draw ? w.title : w.newTitle}
      width={680}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button onClick={() => void store()} loading={save.busy} disabled={!ready}>
            {w.save}
          </Button>
        </>
      }
    >
      <FieldStack onSubmit={() => void store()}>
        <ErrorNote error={save.error} />
        <TextField label={w.name} placeholder={w.namePlaceholder} value={name} maxLength={80} onChange={setName} autoFocus />
        <FieldRow widths="1fr 1fr">
          <TextField label={w.opens} type="date" value={opensOn} onChange={setOpens} />
          <TextField label={w.closes} type="date" value={closesOn} onChange={setCloses} />
        </FieldRow>
        <TextField label={w.word} hint={w.wordHint} value={word} maxLength={20} onChange={setWord} />
        <FieldRow widths="1fr 1fr">
          <NumberField label={w.winners} value={winners} min={1} max={100} onChange={setWinners} />
          <NumberField label={w.alternates} value={alternates} min={0} max={100} onChange={setAlternates} />
        </FieldRow>
        <h3 className={css.formHead}>{w.rules}</h3>
        <p className={css.quiet}>{w.rulesHint}</p>
        <FieldRow widths="1fr 1fr">
          <TextField
            label={w.fields.sponsor}
            error={needed('sponsor')}
            value={rules.sponsor}
            maxLength={120}
            onChange={(sponsor) => change({ sponsor })}
          />
          <TextField
            label={w.fields.sponsorAddress}
            error={needed('sponsorAddress')}
            value={rules.sponsorAddress}
            maxLength={200}
            onChange={(sponsorAddress) => change({ sponsorAddress })}
          />
        </FieldRow>
        <FieldRow widths="2fr 1fr">
          <TextField
            label={w.fields.prize}
            error={needed('prize')}
            placeholder={w.prizePlaceholder}
            value={rules.prize}
            maxLength={300}
            onChange={(prize) => change({ prize })}
          />
          <MoneyField
            label={w.fields.prizeValue}
            error={needed('prizeValue')}
            cents={rules.prizeValue}
            onChange={(c) => change({ prizeValue: c as Cents | null })}
          />
        </FieldRow>
        {(rules.prizeValue ?? 0) > BOND_ABOVE && <Note tone="warn">{w.bond}</Note>}
        <FieldRow widths="2fr 1fr 1fr">
          <TextField
            label={w.fields.residents}
            error={needed('residents')}
            placeholder={w.residentsPlaceholder}
            value={rules.residents}
            maxLength={200}
            onChange={(residents) => change({ residents })}
          />
          <NumberField
            label={w.fields.minAge}
            error={needed('minAge')}
            value={rules.minAge}
            min={18}
            max={99}
            onChange={(n) => change({ minAge: n ?? 18 })}
          />
          <NumberField
            label={w.fields.claimDays}
            error={needed('claimDays')}
            value={rules.claimDays}
            min={3}
            max={90}
            onChange={(n) => change({ claimDays: n ?? 14 })}
          />
        </FieldRow>
        <TextField
          label={w.fields.freeEntry}
          error={needed('freeEntry')}
          placeholder={w.freeEntryPlaceholder}
          value={rules.freeEntry}
          maxLength={400}
          onChange={(freeEntry) => change({ freeEntry })}
        />
        <TextField
          label={w.fields.winnersList}
          error={needed('winnersList')}
          placeholder={w.winnersListPlaceholder}
          value={rules.winnersList}
          maxLength={300}
          onChange={(winnersList) => change({ winnersList })}
        />
        <TextAreaField label={w.extra} value={rules.extra} minRows={2} maxLength={2000} onChange={(extra) => change({ extra })} />
      </FieldStack>
    </Dialog>
  );
}
