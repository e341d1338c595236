import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import css from './layout.module.css';

interface ScreenProps {
  title: ReactNode;
  subtitle?: ReactNode;
  /** The one primary action, top right. */
  primary?: ReactNode;
  /** Quieter actions beside it. */
  actions?: ReactNode;
  /** One level up, with the words of where that is. */
  up?: { label: string; onClick: () => void };
  /** State chips beside the title. */
  badge?: ReactNode;
  /** Fills the window's height (tables, conversations) instead of scrolling as a page. */
  fill?: boolean;
  children: ReactNode;
}

/** A screen: title, one primary action top right, content at most 1200 px wide. */
export function Screen({ title, subtitle, primary, actions, up, badge, fill, children }: ScreenProps) {
  const id = useId();
  return (
    <main className={fill ? `${css.screen} ${css.fill}` : css.screen} aria-labelledby={id} data-screen>
      <div className={css.inner}>
        <header className={css.head}>
          <div className={css.headWords}>
            {up && (
              <button type="button" className={css.up} onClick={up.onClick}>
                <IconArrowLeft size={16} stroke={1.75} aria-hidden />
                {up.label}
              </button>
            )}
            <div className={css.titleLine}>
              <h1 id={id} className={css.title}>
                {title}
              </h1>
              {badge}
            </div>
            {subtitle && <p className={css.subtitle}>{subtitle}</p>}
          </div>
          {(primary || actions) && (
            <div className={css.headActions}>
              {actions}
              {primary}
            </div>
          )}
        </header>
        <div className={css.body}>{children}</div>
      </div>
    </main>
  );
}

interface PanelProps {
  title?: ReactNode;
  /** One quiet line under the title: what this answers. */
  hint?: ReactNode;
  action?: ReactNode;
  /** 'flush' for tables that reach the edges. */
  padding?: 'normal' | 'flush';
  tone?: 'plain' | 'warn' | 'danger' | 'accent';
  children?: ReactNode;
}

/** A quiet box that keeps together what belongs together. */
export function Panel({ title, hint, action, padding = 'normal', tone = 'plain', children }: PanelProps) {
  const id = useId();
  return (
    <section className={css.panel} data-tone={tone} data-padding={padding} {...(title ? { 'aria-labelledby': id } : {})}>
      {(title || action) && (
        <header className={css.panelHead}>
          <div>
            {title && (
              <h2 id={id} className={css.panelTitle}>
                {title}
              </h2>
            )}
            {hint && <p className={css.panelHint}>{hint}</p>}
          </div>
          {action && <div className={css.panelAction}>{action}</div>}
        </header>
      )}
      <div className={css.panelBody}>{children}</div>
    </section>
  );
}

/** Things side by side, wrapping when narrow. `min` is the smallest width of one, in px. */
export function Columns({ min = 320, children }: { min?: number; children: ReactNode }) {
  return (
    <div className={css.columns} style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(${min}px, 100%), 1fr))` }}>
      {children}
    </div>
  );
}

/** Things above each other on the 8-px grid. */
export function Rows({ gap = 24, children }: { gap?: 8 | 16 | 24 | 32; children: ReactNode }) {
  return (
    <div className={css.rows} style={{ gap }}>
      {children}
    </div>
  );
}
