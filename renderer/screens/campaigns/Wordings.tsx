import { BASE_WORDS, parseWordsKey, type WordsKey, wordsKey } from '@domain/campaigns/parts';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { type ComposerWords, composer } from '@renderer/strings/composer';
import { count } from '@renderer/ui/format';
import { IconPlus } from '@tabler/icons-react';
import css from './composer.module.css';
import { bodyOf, changeBody, wordingsOf } from './draft-parts';
import type { Preview } from './PhonePreview';
import type { Fields } from './useDraft';

/** What a wording is called: "Spanish, phones without links". */
export function wordingName(key: WordsKey, w: ComposerWords): string {
  const k = parseWordsKey(key);
  if (!k) return key;
  const said = [k.language === 'es' ? w.wordings.es : w.wordings.base, w.wordings.links[k.links], k.arm === 'b' ? w.wordings.b : ''];
  return said.filter(Boolean).join(', ');
}

const HAS_LINK = /https?:\/\/|www\.|\b[\w-]+\.[a-z]{2,}\/|\{\s*(?:\w+ )?link\b/i;

interface Props {
  fields: Fields;
  change: (part: Partial<Fields>) => void;
  at: number;
  look: WordsKey;
  onLook: (key: WordsKey) => void;
  preview: Preview | undefined;
}

/** The wordings of a part as tabs: by language, and for phones that open links or do not. Nothing where there is only one. */
export function Wordings({ fields, change, at, look, onLook, preview }: Props) {
  const w = useWords(composer);
  const { locale } = useShell();
  const keys = [BASE_WORDS, ...wordingsOf(fields, at).map(wordsKey)];
  const readers = preview?.wordings.find((x) => x.words === look)?.people;
  if (keys.length === 1) return null;
  return (
    <div className={css.wordings}>
      <fieldset className={css.tabs}>
        <legend className="rg-hidden">{w.wordings.label}</legend>
        {keys.map((k) => (
          <button key={k} type="button" aria-pressed={k === look} onClick={() => onLook(k)}>
            {wordingName(k, w)}
          </button>
        ))}
      </fieldset>
      <div className={css.between}>
        <span className={css.quiet}>
          {readers === undefined ? '\u00a0' : readers === 0 ? w.wordings.nobody : w.wordings.whoReads(readers, count(readers, locale))}
        </span>
        {look !== BASE_WORDS && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              change(changeBody(fields, at, look, null));
              onLook(BASE_WORDS);
            }}
          >
            {w.wordings.remove}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What else could be written for this part: another language, a second wording, one without a link. */
export function MoreWordings({ fields, change, at, onLook }: Pick<Props, 'fields' | 'change' | 'at' | 'onLook'>) {
  const w = useWords(composer);
  const others = wordingsOf(fields, at).map(wordsKey);
  const keys = [BASE_WORDS, ...others];
  const linked = keys.some((k) => HAS_LINK.test(bodyOf(fields, at, k)));
  const spanish = others.some((k) => k.startsWith('es.'));
  const offered: [WordsKey, string][] = [
    ['es.a.any', w.wordings.addEs],
    ...(linked ? ([['en.a.no', w.wordings.addNoLinks]] as [WordsKey, string][]) : []),
    ...(linked && spanish ? ([['es.a.no', w.wordings.addEsNoLinks]] as [WordsKey, string][]) : []),
    ['en.b.any', w.wordings.addTest],
    ...(spanish && others.includes('en.b.any') ? ([['es.b.any', w.wordings.addEsTest]] as [WordsKey, string][]) : []),
  ];
  const missing = offered.filter(([k]) => !keys.includes(k));
  const add = (key: WordsKey) => {
    change(changeBody(fields, at, key, bodyOf(fields, at, key.startsWith('es.') && spanish ? 'es.a.any' : BASE_WORDS)));
    onLook(key);
  };
  if (missing.length === 0) return null;
  return (
    <div className={css.more}>
      <p className={css.quiet}>{w.wordings.add}</p>
      <div className={css.line}>
        {missing.map(([k, label]) => (
          <Button key={k} size="xs" variant="default" leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />} onClick={() => add(k)}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
