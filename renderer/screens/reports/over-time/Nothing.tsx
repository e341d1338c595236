import { EmptyState } from '@renderer/ui';
import type { ReactNode } from 'react';

/** In place of a drawing: what it will show, and the button that fills it. */
export function Nothing({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return <EmptyState compact title={children} action={action} />;
}
