import { countSegments } from '@domain/campaigns/sms-text';
import { afterHoursText, longestAfterHours } from '@domain/inbox/after-hours';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { afterHours as catalogue } from '@renderer/strings/after-hours';
import { ErrorNote, FieldStack, Note, Panel, Rows, SwitchField, TextAreaField, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './replies-section.module.css';
import type { SettingsData } from './useSettings';

const LANGUAGES = ['en', 'es'] as const;

/** The automatic answer while the shop is closed: on or off, the words, and how they read. */
export function RepliesSection({ replies, shop }: { replies: SettingsData['replies']; shop: SettingsData['shop'] }) {
  const w = useWords(catalogue);
  const [draft, setDraft] = useState(replies.afterHours);
  const save = useCommand('settings/save-replies');
  const never = shop.hours.every((h) => h === null);
  const parts = (language: 'en' | 'es') => countSegments(longestAfterHours(draft[language], shop.name, language)).segments;
  const changed = JSON.stringify(draft) !== JSON.stringify(replies.afterHours);
  const keep = async () => {
    if (await save.run({ afterHours: draft })) toast({ title: w.saved, tone: 'good' });
  };
  return (
    <Panel title={w.title} hint={w.hint}>
      <Rows gap={16}>
        {never && (
          <Note tone="warn">
            <p>{w.noHours}</p>
          </Note>
        )}
        <FieldStack onSubmit={() => void keep()}>
          <SwitchField label={w.on} hint={w.onHint} checked={draft.on} onChange={(on) => setDraft({ ...draft, on })} />
          {LANGUAGES.map((language) => (
            <TextAreaField
              key={language}
              label={w[language]}
              hint={language === 'en' ? w.fields : undefined}
              value={draft[language]}
              minRows={2}
              maxLength={160}
              onChange={(text) => setDraft({ ...draft, [language]: text })}
              error={parts(language) > 1 ? w.parts(parts(language)) : undefined}
            />
          ))}
          <div className={css.reads}>
            <h3>{w.reads}</h3>
            {LANGUAGES.map((language) => (
              <div key={language}>
                <p className={css.bubble} lang={language}>
                  {afterHoursText(draft[language], shop.name, w.sample[language], language)}
                </p>
                <p className={css.quiet}>
                  {language === 'en' ? w.english : w.spanish} · {w.parts(parts(language))}
                </p>
              </div>
            ))}
          </div>
          <ErrorNote error={save.error} />
          <div>
            <Button type="submit" loading={save.busy} disabled={!changed || LANGUAGES.some((l) => parts(l) > 1)}>
              {w.save}
            </Button>
          </div>
        </FieldStack>
        <p className={css.quiet}>{w.help}</p>
      </Rows>
    </Panel>
  );
}
