import { readMemberNumber } from '@domain/customers/member-number';
import { readCode } from '@domain/offers/code';
import { useEffect, useRef } from 'react';

/** Scanners type a key every 1–20 ms; nobody's fingers keep below this for a whole code. */
const FAST_MS = 40;
const SHORTEST = 5;

/** Puts a text into a box as if it had been typed, so that React hears of it. */
function write(box: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const proto = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(box, text);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A number nobody could take for one of our codes, not even for a mistyped one. */
export function isNoCode(text: string): boolean {
  // a receipt has digits; a word is a code everybody shares
  if (!/\d/.test(text)) return false;
  if (readMemberNumber(text).kind !== 'no') return false;
  const { kind } = readCode(text);
  return kind === 'unknown-shape' || (kind === 'typo' && /^\d+$/.test(text));
}

/** A receipt scanned into the box for it belongs there; our own codes never do. */
const isReceiptFor = (box: Element | null, text: string): boolean => box?.closest('[data-scan="receipt"]') != null && isNoCode(text);

/**
 * Hears a barcode scanner wherever the focus is: a burst of fast keys ended by Enter. What it typed into some other box is taken
 * out again, its Enter presses no button, and the text goes to `onScan`. While something on screen takes scans for itself
 * (`data-scan="own"`, catching up), only the listener with `own` hears them.
 */
export function useScanner(onScan: (text: string) => void, enabled = true, own = false): void {
  const latest = useRef(onScan);
  latest.current = onScan;
  useEffect(() => {
    if (!enabled) return;
    let burst = '';
    let last = 0;
    let box: HTMLInputElement | HTMLTextAreaElement | null = null;
    let before = '';
    const onKey = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const slow = e.timeStamp - last > FAST_MS;
      last = e.timeStamp;
      if (e.key === 'Enter') {
        const text = burst;
        burst = '';
        if (slow || text.length < SHORTEST || isReceiptFor(box, text)) return;
        if (!own && document.querySelector('[data-scan="own"]') !== null) return;
        // in the very box for it the whole of it stands there, also when the machine stalled between two keys
        if (own && document.activeElement?.closest('[data-catch-up]') != null) return;
        e.preventDefault();
        e.stopImmediatePropagation();
        if (box) write(box, before);
        latest.current(text);
        return;
      }
      if (e.key.length !== 1) {
        if (e.key !== 'Shift') burst = '';
        return;
      }
      if (slow || burst === '') {
        burst = '';
        const at = document.activeElement;
        box = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at : null;
        before = box?.value ?? '';
      }
      burst += e.key;
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [enabled, own]);
}
