import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { closeToast, useToasts } from '@renderer/ui/toast';
import { IconX } from '@tabler/icons-react';
import css from './frame.module.css';

/** The one live region for brief words. */
export function Toasts() {
  const w = useWords(words);
  const toasts = useToasts((s) => s.toasts);
  return (
    <section className={`${css.toasts} rg-no-print`} aria-live="polite" aria-label={w.done}>
      {toasts.map((t) => (
        <div key={t.id} className={css.toast} data-tone={t.tone}>
          <div>
            <p>{t.title}</p>
            {t.body && <p>{t.body}</p>}
            {t.action && (
              <button
                type="button"
                className={css.link}
                onClick={() => {
                  t.action?.onClick();
                  closeToast(t.id);
                }}
              >
                {t.action.label}
              </button>
            )}
          </div>
          <button type="button" className={css.toastClose} aria-label={w.close} onClick={() => closeToast(t.id)}>
            <IconX size={16} aria-hidden />
          </button>
        </div>
      ))}
    </section>
  );
}
