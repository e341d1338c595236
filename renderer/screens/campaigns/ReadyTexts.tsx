import { READY_TEXTS, retailText, TEMPLATE_GOALS } from '@domain/campaigns/templates';
import type { CampaignId } from '@domain/kernel';
import { ActionIcon, Button } from '@mantine/core';
import { call, type Out, toApiError, useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { composer } from '@renderer/strings/composer';
import { Dialog, ErrorNote, FieldStack, Rows, TextField, toast } from '@renderer/ui';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import css from './composer.module.css';
import { bodyOf } from './draft-parts';
import type { useDraft } from './useDraft';
import { keepReply, withText } from './useIdea';

const AHEAD_DAYS = 60;
const HOLIDAYS_SHOWN = 4;

interface Props {
  draft: ReturnType<typeof useDraft>;
  /** The part it is put into, 0 = the first. */
  at: number;
  hasOffer: boolean;
  onClose: () => void;
}

/** Texts to begin from: ready-made by goal, for the days to come, and the owner's own. */
export function ReadyTexts({ draft, at, hasOffer, onClose }: Props) {
  const w = useWords(composer);
  const own = useQuery('templates/list', {});
  const remove = useCommand('templates/remove');
  const [error, setError] = useState<ReturnType<typeof toApiError>>();
  const days = (useQuery('templates/days', { ahead: AHEAD_DAYS }).data ?? []).slice(0, HOLIDAYS_SHOWN);
  const put = async (en: string, es: string, after: () => Promise<void>) => {
    draft.change(withText(draft.fields, at, { en, es }));
    try {
      await after();
      onClose();
    } catch (e) {
      setError(toApiError(e));
    }
  };
  const groups = TEMPLATE_GOALS.map((goal) => ({
    goal,
    texts:
      goal === 'holiday'
        ? days.map(retailText)
        : READY_TEXTS.filter((t) => t.goal === goal && t.goal !== 'try-other' && t.offer === hasOffer),
  })).filter((g) => g.texts.length > 0);
  const name = (key: string) => (key.startsWith('holiday:') ? w.holidays[key.slice(8) as keyof typeof w.holidays] : null);
  return (
    <Dialog open onClose={onClose} title={w.templates.title} width={720}>
      <Rows gap={24}>
        <p className={css.quiet}>
          {w.templates.hint} {bodyOf(draft.fields, at, 'en.a.any').trim() !== '' && w.templates.replaces}
        </p>
        <ErrorNote error={error ?? remove.error} />
        <Own
          draft={draft}
          at={at}
          own={own.data ?? []}
          onUse={(t) => void put(t.body, t.bodyEs, () => keepWords(draft, t.words))}
          onRemove={(id) => void remove.run({ id })}
        />
        {groups.map((g) => (
          <section key={g.goal}>
            <h3 className={css.goal}>{w.templates.goals[g.goal]}</h3>
            <ul className={css.texts}>
              {g.texts.map((t) => (
                <li key={t.key} className={css.text}>
                  <div>
                    {name(t.key) !== null && <strong>{name(t.key)}</strong>}
                    <p>{t.en}</p>
                  </div>
                  <Button size="xs" variant="default" onClick={() => void put(t.en, t.es, () => keepReply(draft, t))}>
                    {w.templates.use}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Rows>
    </Dialog>
  );
}

type OwnText = Out<'templates/list'>[number];

/** A kept text's reply words, unless the campaign has words of its own. */
async function keepWords(draft: Pick<ReturnType<typeof useDraft>, 'flush'>, words: OwnText['words']): Promise<void> {
  const id = await draft.flush();
  if (id === null || words.length === 0 || (await call('inbox/reply-words', { campaignId: id })).length > 0) return;
  await call('inbox/save-reply-words', { campaignId: id, words });
}

function Own(p: {
  draft: ReturnType<typeof useDraft>;
  at: number;
  own: readonly OwnText[];
  onUse: (t: OwnText) => void;
  onRemove: (id: number) => void;
}) {
  const w = useWords(composer);
  const keep = useCommand('templates/keep');
  const [name, setName] = useState<string | null>(null);
  const body = bodyOf(p.draft.fields, p.at, 'en.a.any');
  const save = async () => {
    if (name === null || name.trim() === '') return;
    const campaignId: CampaignId | null = await p.draft.flush();
    const done = await keep.run({ name: name.trim(), body, bodyEs: bodyOf(p.draft.fields, p.at, 'es.a.any'), campaignId });
    if (!done) return;
    toast({ title: w.templates.kept(name.trim()) });
    setName(null);
  };
  return (
    <section>
      <h3 className={css.goal}>{w.templates.mine}</h3>
      <ErrorNote error={keep.error} />
      {p.own.length === 0 && name === null && <p className={css.quiet}>{w.templates.none}</p>}
      <ul className={css.texts}>
        {p.own.map((t) => (
          <li key={t.id} className={css.text}>
            <div>
              <strong>{t.name}</strong>
              <p>{t.body}</p>
            </div>
            <div className={css.tools}>
              <Button size="xs" variant="default" onClick={() => p.onUse(t)}>
                {w.templates.use}
              </Button>
              <ActionIcon variant="subtle" color="gray" aria-label={w.templates.remove(t.name)} onClick={() => p.onRemove(t.id)}>
                <IconTrash size={18} stroke={1.75} />
              </ActionIcon>
            </div>
          </li>
        ))}
      </ul>
      {body.trim() !== '' && (
        <div className={css.addPart}>
          {name === null ? (
            <Button size="xs" variant="default" onClick={() => setName('')}>
              {w.templates.keep}
            </Button>
          ) : (
            <FieldStack onSubmit={() => void save()}>
              <TextField label={w.templates.keepName} value={name} onChange={setName} maxLength={60} autoFocus />
              <div>
                <Button size="xs" type="submit" loading={keep.busy} disabled={name.trim() === ''}>
                  {w.templates.keepDo}
                </Button>
              </div>
            </FieldStack>
          )}
        </div>
      )}
    </section>
  );
}
