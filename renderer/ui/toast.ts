import { create } from 'zustand';

export interface Toast {
  id: number;
  title: string;
  body?: string;
  tone: 'plain' | 'good' | 'warn' | 'danger';
  /** One thing to do about it, usually "Undo". */
  action?: { label: string; onClick: () => void };
}

interface ToastState {
  toasts: readonly Toast[];
}

export const useToasts = create<ToastState>(() => ({ toasts: [] }));
let next = 1;

/** Says something briefly at the bottom; longer when there is something to undo. Read out by screen readers. */
export function toast(t: { title: string; body?: string; tone?: Toast['tone']; action?: Toast['action']; ms?: number }): number {
  const id = next++;
  const made: Toast = {
    id,
    title: t.title,
    tone: t.tone ?? 'plain',
    ...(t.body !== undefined && { body: t.body }),
    ...(t.action && { action: t.action }),
  };
  useToasts.setState((s) => ({ toasts: [...s.toasts, made].slice(-3) }));
  setTimeout(() => closeToast(id), t.ms ?? (t.action ? 10_000 : t.tone === 'danger' ? 8000 : 4500));
  return id;
}

export function closeToast(id: number): void {
  useToasts.setState((s) => ({ toasts: s.toasts.filter((t) => t.id !== id) }));
}
