import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './over-time.module.css';

/** In place of a drawing: what it will show, and the button that fills it. Eight of them may stand below each other: quiet. */
export function Nothing({ children, action }: { children: ReactNode; action?: { label: string; onClick: () => void } | undefined }) {
  return (
    <div className={css.nothing}>
      <p>{children}</p>
      {action && (
        <Button size="xs" variant="default" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
