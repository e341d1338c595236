import { countSegments } from '@domain/campaigns/sms-text';
import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import type { InboxWords } from '@renderer/strings/inbox';
import { Dialog, ErrorNote, FieldStack, Loaded, Rows, TextAreaField, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './replies.module.css';
import type { Template } from './TemplatePicker';

type Draft = Pick<Template, 'name' | 'en' | 'es'> & { id: number | null };

/** Answers kept for next time: new, changed, taken away (with undo). */
export function TemplatesDialog({ words: w, onClose }: { words: InboxWords; onClose: () => void }) {
  const query = useQuery('inbox/templates', {}, { topics: ['inbox'] });
  const save = useCommand('inbox/save-template');
  const remove = useCommand('inbox/delete-template');
  const restore = useCommand('inbox/restore-template');
  const [draft, setDraft] = useState<Draft | null>(null);
  const full = draft !== null && draft.name.trim() !== '' && draft.en.trim() !== '';
  const keep = async () => {
    if (!draft || !full) return;
    if (!(await save.run({ ...draft, name: draft.name.trim() }))) return;
    toast({ title: w.templates.saved, tone: 'good' });
    setDraft(null);
  };
  const take = async (t: Template) => {
    if (!(await remove.run({ id: t.id }))) return;
    toast({ title: w.templates.removed(t.name), action: { label: w.undo, onClick: () => void restore.run({ id: t.id }) } });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.templates.title}
      width={680}
      actions={
        draft ? (
          <>
            <Button variant="default" onClick={() => setDraft(null)}>
              {w.templates.back}
            </Button>
            <Button loading={save.busy} disabled={!full} onClick={() => void keep()}>
              {w.templates.save}
            </Button>
          </>
        ) : (
          <Button onClick={() => setDraft({ id: null, name: '', en: '', es: '' })}>{w.templates.add}</Button>
        )
      }
    >
      <Rows gap={16}>
        <p className={css.quiet}>{w.templates.hint}</p>
        <ErrorNote error={save.error ?? remove.error ?? restore.error} />
        {draft ? (
          <FieldStack onSubmit={() => void keep()}>
            <TextField
              label={w.templates.name}
              value={draft.name}
              onChange={(name) => setDraft({ ...draft, name })}
              maxLength={60}
              autoFocus
            />
            <TextAreaField
              label={`${w.templates.en} (${w.templates.parts(countSegments(draft.en).segments)})`}
              value={draft.en}
              onChange={(en) => setDraft({ ...draft, en })}
              minRows={2}
              maxLength={400}
            />
            <TextAreaField
              label={`${w.templates.es} (${w.templates.parts(countSegments(draft.es).segments)})`}
              hint={w.templates.esHint}
              value={draft.es}
              onChange={(es) => setDraft({ ...draft, es })}
              minRows={2}
              maxLength={400}
            />
          </FieldStack>
        ) : (
          <Loaded query={query} lines={5}>
            {(all) => (
              <ul className={css.templates}>
                {all.map((t) => (
                  <li key={t.id}>
                    <button type="button" className={css.choice} onClick={() => setDraft({ id: t.id, name: t.name, en: t.en, es: t.es })}>
                      <strong>{t.name}</strong>
                      <span>{t.en}</span>
                    </button>
                    <Button
                      size="xs"
                      variant="subtle"
                      color="gray"
                      aria-label={`${w.templates.remove}: ${t.name}`}
                      onClick={() => void take(t)}
                    >
                      {w.templates.remove}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </Loaded>
        )}
      </Rows>
    </Dialog>
  );
}
