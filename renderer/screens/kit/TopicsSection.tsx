import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { Chip, Dialog, ErrorNote, FieldRow, FieldStack, Loaded, Panel, SwitchField, TextField } from '@renderer/ui';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import { JoinWordsPanel } from './JoinWordsPanel';
import css from './topics.module.css';
import { wordTrouble } from './WordDialog';

type Topic = Out<'kit/topics'>[number];

/** Topics people choose from, and every word that signs somebody up. */
export function TopicsSection() {
  const w = useWords(words).topics;
  const query = useQuery('kit/topics', { all: true });
  const order = useCommand('kit/order-topics');
  const [editing, setEditing] = useState<Topic | 'new' | null>(null);
  const move = (all: readonly Topic[], i: number, by: number) => {
    const slugs = all.map((t) => t.slug);
    const [slug] = slugs.splice(i, 1);
    if (slug !== undefined) slugs.splice(i + by, 0, slug);
    void order.run({ slugs });
  };
  return (
    <>
      <Panel
        title={w.title}
        hint={w.hint}
        action={
          <>
            <Button size="xs" variant="subtle" onClick={() => go({ screen: 'clubs' })}>
              {w.clubs}
            </Button>
            <Button size="xs" variant="default" onClick={() => setEditing('new')}>
              {w.add}
            </Button>
          </>
        }
      >
        <Loaded query={query} lines={4}>
          {(all) =>
            all.length === 0 ? (
              <p className={css.quiet}>{w.none}</p>
            ) : (
              <ul className={css.list}>
                {all.map((t, i) => (
                  <li key={t.slug} data-off={!t.active || undefined}>
                    <button type="button" className={css.open} onClick={() => setEditing(t)}>
                      <strong>{t.name.en}</strong>
                      <span lang="es">{t.name.es}</span>
                      {t.about.en && <small>{t.about.en}</small>}
                    </button>
                    <span className={css.wordOf}>{t.joinWord ?? w.noWord}</span>
                    {!t.active && <Chip>{w.ended}</Chip>}
                    <span className={css.moves}>
                      <button type="button" disabled={i === 0} aria-label={w.up(t.name.en)} onClick={() => move(all, i, -1)}>
                        <IconArrowUp size={18} stroke={1.75} aria-hidden />
                      </button>
                      <button type="button" disabled={i === all.length - 1} aria-label={w.down(t.name.en)} onClick={() => move(all, i, 1)}>
                        <IconArrowDown size={18} stroke={1.75} aria-hidden />
                      </button>
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        <ErrorNote error={order.error} />
      </Panel>
      <JoinWordsPanel />
      {editing !== null && <TopicDialog topic={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}

/** A club, new or changed. */
export function TopicDialog({ topic, onClose, onSaved }: { topic: Topic | null; onClose: () => void; onSaved?: (slug: string) => void }) {
  const w = useWords(words).topics;
  const save = useCommand('kit/save-topic');
  const [name, setName] = useState(topic?.name ?? { en: '', es: '' });
  const [about, setAbout] = useState(topic?.about ?? { en: '', es: '' });
  const [joinWord, setJoinWord] = useState(topic?.joinWord ?? '');
  const [active, setActive] = useState(topic?.active ?? true);
  const promise = useQuery('kit/overview', {}).data?.promiseMax;
  const ok = name.en.trim() !== '' && name.es.trim() !== '' && wordTrouble(joinWord) === undefined;
  const submit = async () => {
    if (!ok) return;
    const done = await save.run({ slug: topic?.slug ?? null, name, about, joinWord: joinWord.trim() || null, active });
    if (!done) return;
    onClose();
    onSaved?.(done.slug);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={topic ? w.edit(topic.name.en) : w.new}
      width={600}
      actions={
        <Button onClick={() => void submit()} disabled={!ok} loading={save.busy}>
          {w.save}
        </Button>
      }
    >
      <FieldStack onSubmit={() => void submit()}>
        <FieldRow widths="1fr 1fr">
          <TextField label={w.nameEn} value={name.en} onChange={(en) => setName({ ...name, en })} maxLength={40} autoFocus />
          <TextField label={w.nameEs} value={name.es} onChange={(es) => setName({ ...name, es })} maxLength={40} />
        </FieldRow>
        <FieldRow widths="1fr 1fr">
          <TextField label={w.aboutEn} value={about.en} onChange={(en) => setAbout({ ...about, en })} maxLength={120} />
          <TextField label={w.aboutEs} value={about.es} onChange={(es) => setAbout({ ...about, es })} maxLength={120} />
        </FieldRow>
        <TextField
          label={w.word}
          hint={w.wordHint}
          value={joinWord}
          onChange={(t) => setJoinWord(t.toUpperCase())}
          maxLength={24}
          spellCheck={false}
          error={wordTrouble(joinWord)}
        />
        {promise !== undefined && <p className={css.quiet}>{w.promise(promise)}</p>}
        <SwitchField label={w.offered} hint={w.endedHint} checked={active} onChange={setActive} />
        <ErrorNote error={save.error} />
      </FieldStack>
    </Dialog>
  );
}
