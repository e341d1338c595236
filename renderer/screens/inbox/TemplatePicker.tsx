import { fillReply, type ReplyField } from '@domain/inbox/reply-template';
import type { Out } from '@renderer/api';
import type { InboxWords } from '@renderer/strings/inbox';
import css from './replies.module.css';

export type Template = Out<'inbox/templates'>[number];

const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Kept answers whose name or words hold what was typed after the "/". */
export function templatesFor(all: readonly Template[], typed: string): Template[] {
  const q = bare(typed.trim());
  return all.filter((t) => q === '' || bare(t.name).includes(q) || bare(t.en).includes(q) || bare(t.es).includes(q)).slice(0, 6);
}

interface Props {
  choices: readonly Template[];
  picked: number;
  words: InboxWords;
  fields: Record<ReplyField, string>;
  language: 'en' | 'es';
  onUse: (i: number) => void;
  onManage: () => void;
}

/** Over the box while it begins with "/": each answer as it would stand there, in the person's language. */
export function TemplatePicker({ choices, picked, words: w, fields, language, onUse, onManage }: Props) {
  return (
    <div className={css.picker}>
      {choices.length === 0 ? (
        <p className={css.quiet}>{w.templates.none}</p>
      ) : (
        <ul aria-label={w.templates.pick}>
          {choices.map((t, i) => (
            <li key={t.id}>
              <button
                type="button"
                tabIndex={-1}
                className={css.choice}
                aria-current={i === picked || undefined}
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => onUse(i)}
              >
                <strong>{t.name}</strong>
                <span>{fillReply((language === 'es' && t.es) || t.en, fields)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="button" className={css.link} onClick={onManage}>
        {w.templates.manage}
      </button>
    </div>
  );
}
