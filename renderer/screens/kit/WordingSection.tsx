import { WORDING_KINDS, type WordingKind } from '@domain/consent/wording';
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { Loaded, Note, Panel, SelectField } from '@renderer/ui';
import { useState } from 'react';
import { WordingEditor } from './WordingEditor';
import css from './wording.module.css';

/** What people are told, kind by kind and in both languages; the shop may say it in its own words. */
export function WordingSection({ start }: { start?: string }) {
  const w = useWords(words).wording;
  const [kind, setKind] = useState<WordingKind>(WORDING_KINDS.find((k) => k === start) ?? 'sign-up');
  const [language, setLanguage] = useState<'en' | 'es'>('en');
  const inUse = useQuery('kit/wordings', {});
  const query = useQuery('kit/wording', { kind, language });
  const of = (k: WordingKind, l: 'en' | 'es') => inUse.data?.find((x) => x.kind === k && x.language === l);
  const stale = inUse.data?.some((x) => !x.ok) ?? false;
  return (
    <>
      {stale && <Note tone="warn" title={w.stale} />}
      <Panel title={w.title} hint={w.hint}>
        <div className={css.which}>
          <SelectField
            label={w.which}
            hint={w.kinds[kind].hint}
            value={kind}
            onChange={setKind}
            options={WORDING_KINDS.map((k) => ({
              value: k,
              label: of(k, 'en')?.own || of(k, 'es')?.own ? `${w.kinds[k].name} (${w.own})` : w.kinds[k].name,
            }))}
          />
          <SegmentedControl
            aria-label={w.language}
            value={language}
            onChange={(l) => setLanguage(l as 'en' | 'es')}
            data={[
              { value: 'en', label: 'English' },
              { value: 'es', label: 'Español' },
            ]}
          />
        </div>
      </Panel>
      <Loaded query={query} lines={8}>
        {(data) => (
          <WordingEditor key={`${kind} ${language} ${data.now.version} ${data.own}`} kind={kind} language={language} data={data} />
        )}
      </Loaded>
      <p className={css.quiet}>{w.notLegal}</p>
    </>
  );
}
