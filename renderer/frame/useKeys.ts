import { bridge, call } from '@renderer/api/client';
import { back, type CounterWish, currentPlace, go, type Place, type ScreenName, wishCounter } from '@renderer/nav';
import { wordsOf } from '@renderer/strings';
import { background } from '@renderer/strings/background';
import { toast } from '@renderer/ui/toast';
import { useLayoutEffect } from 'react';
import { askPin, closePin, setPalette, setPractice, useFrame } from './frame-state';
import { lock } from './Rail';

/** What main's menu sends (main/shell/menu.ts). */
type MenuWish = { go: ScreenName } | { do: CounterWish | 'palette' | 'lock' | 'print' | 'pause-all' };

const F_KEYS: Record<string, CounterWish> = { F2: 'find', F3: 'sign-up', F4: 'redeem' };

const typing = (el: Element | null): el is HTMLElement =>
  el instanceof HTMLElement && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));
const covered = (): boolean => document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

/** From the menu; the owner sees it above every screen, staff are told that it worked. */
function pauseEverything(): void {
  call('outbox/pause-all', {}).then(
    () => toast({ title: wordsOf(background).pausedAll, tone: 'warn' }),
    () => askPin(),
  );
}

/** Keys and menu entries that work everywhere. */
export function useKeys({ owner, active }: { owner: boolean; active: boolean }): void {
  // With the frame itself, not after it: a key pressed the moment the owner's screens stand is the owner's.
  useLayoutEffect(() => {
    if (!active) return;
    const visit = (place: Place) => {
      if (owner || place.screen === 'counter') {
        closePin();
        go(place);
      } else askPin(place);
    };
    const wish = (w: CounterWish) => {
      closePin();
      setPractice(false);
      wishCounter(w);
    };
    // Asked before anybody hears the key: a dialog that this very Escape closes is gone by the time it bubbles here.
    let coveredAtPress = false;
    const onKey = (e: KeyboardEvent) => {
      coveredAtPress = covered();
      const f = F_KEYS[e.key];
      if (f && !e.ctrlKey && !e.altKey && !e.metaKey) {
        e.preventDefault();
        wish(f);
      } else if ((e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === 'k') {
        e.preventDefault();
        if (owner) setPalette(!useFrame.getState().palette);
        else askPin();
      }
    };
    // Bubbling, and after the screens: whoever used Escape already has called preventDefault.
    const onEscape = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented || coveredAtPress || covered()) return;
      if (useFrame.getState().pin) closePin();
      else if (typing(document.activeElement) && currentPlace().screen !== 'counter') document.activeElement.blur();
      else if (owner) back();
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('keydown', onEscape);
    const off = bridge().on('menu', (payload) => {
      const w = payload as MenuWish;
      if ('go' in w) visit({ screen: w.go } as Place);
      else if (w.do === 'palette') owner ? setPalette(true) : askPin();
      else if (w.do === 'lock') lock();
      else if (w.do === 'print') void call('shell/save-pdf', { name: `${currentPlace().screen}.pdf` }).catch(() => undefined);
      else if (w.do === 'pause-all') pauseEverything();
      else wish(w.do);
    });
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('keydown', onEscape);
      off();
    };
  }, [owner, active]);
}
