/** Longer than the customer's page ever takes to come; what nobody asked for until then is forgotten. */
const LONGEST_MS = 5000;
const MOST_DIGITS = 15;

let held = '';
let stop: (() => void) | null = null;

/**
 * From F3 until the customer's page stands: digits pressed meanwhile are the start of their number, and no other box of the counter gets
 * any of these keys.
 */
export function holdKeys(): void {
  // F3 held down is one F3
  if (stop) return;
  const onKey = (e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Backspace') held = held.slice(0, -1);
    else if (e.key.length !== 1) return;
    else if (/^\d$/.test(e.key) && held.length < MOST_DIGITS) held += e.key;
    else if (e.key === '+' && held === '') held = '+';
    e.preventDefault();
    e.stopImmediatePropagation();
  };
  const timer = setTimeout(() => takeKeys(), LONGEST_MS);
  stop = () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKey, true);
  };
  window.addEventListener('keydown', onKey, true);
}

/** What was pressed since `holdKeys`, once; from here on keys go where they always go. */
export function takeKeys(): string {
  stop?.();
  stop = null;
  const keys = held;
  held = '';
  return keys;
}
