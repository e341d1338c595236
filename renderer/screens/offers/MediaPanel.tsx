import type { CampaignId, Cents, OfferId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { media as catalogue, type MediaWords } from '@renderer/strings/media';
import {
  Count,
  Dialog,
  ErrorNote,
  FieldRow,
  FieldStack,
  Money,
  MoneyField,
  NumberField,
  Panel,
  SelectField,
  TextField,
} from '@renderer/ui';
import { type ReactNode, useState } from 'react';
import css from './media.module.css';

type Medium = Out<'outreach/media'>[number];
type Kind = Medium['kind'];
const KINDS = ['postcard', 'flyer', 'poster', 'radio', 'paper', 'online', 'other'] as const;

/** An offer's codes for other media, with what came by each. */
export function MediaPanel({ offerId }: { offerId: OfferId }) {
  const w = useWords(catalogue);
  const query = useQuery('outreach/media', { baseId: offerId });
  const [editing, setEditing] = useState<Medium | 'new' | null>(null);
  const rows = query.data;
  return (
    <Panel
      title={w.title}
      hint={w.hint}
      action={
        <Button size="xs" variant="default" onClick={() => setEditing('new')}>
          {w.add}
        </Button>
      }
    >
      {query.error && <ErrorNote error={query.error} onRetry={query.refetch} />}
      {rows && (rows.length === 0 ? <p className={css.quiet}>{w.none}</p> : <MediaTable rows={rows} w={w} onEdit={setEditing} />)}
      {editing === 'new' && <NewMedium offerId={offerId} w={w} onClose={() => setEditing(null)} />}
      {editing !== null && editing !== 'new' && <CountMedium medium={editing} w={w} onClose={() => setEditing(null)} />}
    </Panel>
  );
}

interface Text {
  delivered: number;
  redeemed: number;
  takings: number;
  cost: string;
}

/** A campaign's text and the media measured beside it; nothing where there are none. */
export function BesideText({ campaignId, text }: { campaignId: CampaignId; text: Text }) {
  const w = useWords(catalogue);
  const query = useQuery('outreach/media', { campaignId });
  if (!query.data || query.data.length === 0) return null;
  return (
    <Panel title={w.beside}>
      <MediaTable rows={query.data} w={w} text={text} />
    </Panel>
  );
}

function MediaTable({ rows, w, text, onEdit }: { rows: readonly Medium[]; w: MediaWords; text?: Text; onEdit?: (m: Medium) => void }) {
  const c = w.columns;
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {[c.medium, c.code, c.given, c.redeemed, c.takings, c.cost].map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {text && (
            <tr>
              <td>{w.text}</td>
              <td />
              <td>
                <Count n={text.delivered} />
              </td>
              <td>
                <Count n={text.redeemed} />
              </td>
              <td>
                <Money cents={text.takings} />
              </td>
              <td>{text.cost}</td>
            </tr>
          )}
          {rows.map((m) => (
            <tr key={m.id}>
              <td>
                {onEdit ? (
                  <button type="button" className={css.link} onClick={() => onEdit(m)}>
                    {m.name}
                  </button>
                ) : (
                  m.name
                )}{' '}
                {m.name !== w.kinds[m.kind] && <span className={css.quiet}>{w.kinds[m.kind]}</span>}
              </td>
              <td>
                <code>{m.code}</code>
              </td>
              <td>{m.givenOut !== null && <Count n={m.givenOut} />}</td>
              <td>
                <Count n={m.redeemed} />
              </td>
              <td>
                <Money cents={m.takings} />
              </td>
              <td>{m.cost !== null && <Money cents={m.cost} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NewMedium({ offerId, w, onClose }: { offerId: OfferId; w: MediaWords; onClose: () => void }) {
  const make = useCommand('outreach/make-medium');
  const campaigns = useQuery('campaigns/list', { page: { offset: 0, limit: 50 } });
  const [kind, setKind] = useState<Kind>('postcard');
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [givenOut, setGiven] = useState<number | null>(null);
  const [cost, setCost] = useState<number | null>(null);
  const [campaign, setCampaign] = useState('');
  const ready = code.trim().length >= 3;
  const save = async () => {
    if (!ready) return;
    const campaignId = campaign === '' ? null : (Number(campaign) as CampaignId);
    const done = await make.run({
      baseId: offerId,
      campaignId,
      kind,
      name: name.trim() === '' ? w.kinds[kind] : name,
      code,
      givenOut,
      cost: cost as Cents | null,
    });
    if (done) onClose();
  };
  return (
    <MediumDialog title={w.dialog} w={w} busy={make.busy} ready={ready} onSave={() => void save()} onClose={onClose}>
      <ErrorNote error={make.error} />
      <FieldRow widths="1fr 1fr">
        <SelectField label={w.kind} value={kind} onChange={setKind} options={KINDS.map((k) => ({ value: k, label: w.kinds[k] }))} />
        <TextField label={w.name} value={name} placeholder={w.kinds[kind]} maxLength={40} onChange={setName} />
      </FieldRow>
      <TextField label={w.code} hint={w.codeHint} value={code} maxLength={20} onChange={(t) => setCode(t.toUpperCase())} autoFocus />
      <FieldRow widths="1fr 1fr">
        <NumberField label={w.given} value={givenOut} min={0} onChange={setGiven} />
        <MoneyField label={w.cost} cents={cost} onChange={setCost} />
      </FieldRow>
      <SelectField
        label={w.campaign}
        value={campaign}
        onChange={setCampaign}
        options={[{ value: '', label: w.noCampaign }, ...(campaigns.data?.rows ?? []).map((c) => ({ value: String(c.id), label: c.name }))]}
      />
    </MediumDialog>
  );
}

function CountMedium({ medium: m, w, onClose }: { medium: Medium; w: MediaWords; onClose: () => void }) {
  const keep = useCommand('outreach/count-medium');
  const [givenOut, setGiven] = useState(m.givenOut);
  const [cost, setCost] = useState<number | null>(m.cost);
  const save = async () => {
    if (await keep.run({ id: m.id, givenOut, cost: cost as Cents | null })) onClose();
  };
  return (
    <MediumDialog title={`${m.name}: ${w.edit}`} w={w} busy={keep.busy} ready onSave={() => void save()} onClose={onClose}>
      <ErrorNote error={keep.error} />
      <FieldRow widths="1fr 1fr">
        <NumberField label={w.given} value={givenOut} min={0} onChange={setGiven} />
        <MoneyField label={w.cost} cents={cost} onChange={setCost} />
      </FieldRow>
    </MediumDialog>
  );
}

function MediumDialog(p: {
  title: string;
  w: MediaWords;
  busy: boolean;
  ready: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog
      open
      onClose={p.onClose}
      title={p.title}
      actions={
        <>
          <Button variant="default" onClick={p.onClose}>
            {p.w.cancel}
          </Button>
          <Button onClick={p.onSave} loading={p.busy} disabled={!p.ready}>
            {p.w.save}
          </Button>
        </>
      }
    >
      <FieldStack onSubmit={p.onSave}>{p.children}</FieldStack>
    </Dialog>
  );
}
