import { isTextKind, type WordingKind, wordingOf } from '@domain/consent/wording';
import { checkWording } from '@domain/consent/wording-elements';
import { Button } from '@mantine/core';
import { type Out, useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { Chip, ErrorNote, Panel, TextAreaField, toast, When } from '@renderer/ui';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { WordingTroubles } from './WordingTroubles';
import css from './wording.module.css';

type Data = Out<'kit/wording'>;

/** One wording: the words, how people read them, what they must say and whether they do, and every version there was. */
export function WordingEditor({ kind, language, data }: { kind: WordingKind; language: 'en' | 'es'; data: Data }) {
  const w = useWords(words).wording;
  const [template, setTemplate] = useState(data.template);
  const save = useCommand('kit/save-wording');
  const reset = useCommand('kit/reset-wording');
  const { facts } = data;
  const more = useMemo(() => ({ word: facts.word, topics: facts.topics, ...(facts.number !== null && { number: facts.number }) }), [facts]);
  const check = useMemo(
    () => checkWording(kind, language, template, facts.shop, facts.promiseMax, more),
    [kind, language, template, facts, more],
  );
  const changed = template.trim() !== data.template.trim();
  // of our own words the form that fits is taken; the editor's text is always the one typed
  const shown = changed || data.own ? check.text : wordingOf(kind, language, facts.shop, facts.promiseMax, more).text;
  const submit = async () => {
    if (!check.ok || !changed) return;
    if (await save.run({ kind, language, template })) toast({ title: w.saved, tone: 'good' });
  };
  return (
    <>
      <div className={css.editor}>
        <div className={css.stack}>
          <Panel title={data.own ? w.yours : w.ours} action={data.own && <Chip tone="info">{w.version(data.now.version - 100)}</Chip>}>
            <div className={css.stack}>
              <div lang={language}>
                <TextAreaField
                  label={w.field}
                  value={template}
                  onChange={setTemplate}
                  minRows={isTextKind(kind) ? 4 : 8}
                  maxLength={2000}
                />
              </div>
              <p className={css.quiet}>
                {w.placeholders} {kind === 'sign' && w.signPlaceholders} {(kind === 'confirmation' || kind === 'help') && w.hints}
              </p>
              <WordingTroubles check={check} />
              <ErrorNote error={save.error ?? reset.error} />
              <div className={css.buttons}>
                <Button disabled={!check.ok || !changed} loading={save.busy} onClick={() => void submit()}>
                  {w.save}
                </Button>
                {changed && (
                  <Button variant="default" onClick={() => setTemplate(data.template)}>
                    {w.discard}
                  </Button>
                )}
                {data.own && !changed && (
                  <Button
                    variant="default"
                    loading={reset.busy}
                    onClick={async () => {
                      if (await reset.run({ kind, language })) toast({ title: w.saved, tone: 'good' });
                    }}
                  >
                    {w.back}
                  </Button>
                )}
              </div>
            </div>
          </Panel>
          <Panel title={w.preview}>
            <p className={isTextKind(kind) ? css.bubble : css.form} lang={language} data-preview>
              {shown}
            </p>
          </Panel>
        </div>
        <Panel title={w.must}>
          <ul className={css.elements}>
            {check.elements.map(({ element, said }) => (
              <li key={element} data-said={said}>
                <span className={css.mark} aria-hidden>
                  {said ? <IconCheck size={18} stroke={2} /> : <IconX size={18} stroke={2} />}
                </span>
                <span>
                  <strong>{w.elements[element].name}</strong>
                  <span className="rg-hidden">: {said ? w.said : w.missing}</span>
                  {!said && <small>{w.elements[element].why}</small>}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <History data={data} />
    </>
  );
}

/** Every version of the shop's own, newest first; each can be taken up again. */
function History({ data }: { data: Data }) {
  const w = useWords(words).wording;
  const restore = useCommand('kit/restore-wording');
  return (
    <Panel title={w.history}>
      {data.versions.length === 0 ? (
        <p className={css.quiet}>{w.noHistory}</p>
      ) : (
        <ul className={css.versions}>
          {data.versions.map((v) => (
            <li key={v.id}>
              <div className={css.versionHead}>
                <strong>{w.version(v.version - 100)}</strong>
                <span className={css.quiet}>
                  <When at={v.at} /> {v.staffName && w.by(v.staffName)}
                </span>
                {v.active ? (
                  <Chip tone="good" dot>
                    {w.inUse}
                  </Chip>
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${w.restore}: ${w.version(v.version - 100)}`}
                    onClick={async () => {
                      if (await restore.run({ id: v.id })) toast({ title: w.saved, tone: 'good' });
                    }}
                  >
                    {w.restore}
                  </Button>
                )}
              </div>
              <p className={css.old}>{v.template}</p>
            </li>
          ))}
        </ul>
      )}
      <ErrorNote error={restore.error} />
    </Panel>
  );
}
