import { call } from '@renderer/api/client';
import { useWords } from '@renderer/strings';
import { practice as practiceWords } from '@renderer/strings/practice';
import { shell as words } from '@renderer/strings/shell';
import { IconLock, IconSchool, IconWifiOff, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import css from './frame.module.css';
import { setPractice } from './frame-state';

/** What the system says about the network; sending itself finds out the truth. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online;
}

/** Once per loss of the network; only sending is affected. */
export function OfflineBanner({ online, relevant }: { online: boolean; relevant: boolean }) {
  const w = useWords(words);
  const [closed, setClosed] = useState(false);
  useEffect(() => {
    if (online) setClosed(false);
  }, [online]);
  if (online || closed || !relevant) return null;
  return (
    <div className={`${css.offline} rg-no-print`} role="status">
      <IconWifiOff size={18} stroke={1.75} aria-hidden />
      <span>{w.offline}</span>
      <button type="button" className={css.toastClose} aria-label={w.close} onClick={() => setClosed(true)}>
        <IconX size={16} aria-hidden />
      </button>
    </div>
  );
}

/** Before whoever is signed in is signed out: any touch or key stays. */
export function AutoLockNotice({ left }: { left: number | null }) {
  const w = useWords(words);
  if (left === null) return null;
  return (
    <div className={`${css.offline} rg-no-print`} role="status">
      <IconLock size={18} stroke={1.75} aria-hidden />
      <span>{w.autoLock(left)}</span>
      <button type="button" className={css.noticeButton}>
        {w.stay}
      </button>
    </div>
  );
}

/** Somebody's first time at the counter: three things to try, or not now. */
export function PracticeInvite({ name }: { name: string }) {
  const w = useWords(practiceWords);
  const [closed, setClosed] = useState(false);
  if (closed) return null;
  return (
    <div className={`${css.offline} rg-no-print`} role="status">
      <IconSchool size={18} stroke={1.75} aria-hidden />
      <span>{w.invite(name)}</span>
      <button type="button" className={css.noticeButton} onClick={() => setPractice(true)}>
        {w.start}
      </button>
      <button type="button" className={css.noticeButton} onClick={() => setClosed(true)}>
        {w.later}
      </button>
    </div>
  );
}

/** The practice shop cannot be mistaken for the real one: frame, label and the way out. */
export function PracticeStrip() {
  const w = useWords(words);
  return (
    <aside className={`${css.practice} rg-no-print`} aria-label={w.practice}>
      <span>
        <strong>{w.practice}</strong> · {w.practiceHint}
      </span>
      <button type="button" onClick={() => void call('shell/open-shop', { kind: 'real' }).catch(() => undefined)}>
        {w.leavePractice}
      </button>
    </aside>
  );
}
