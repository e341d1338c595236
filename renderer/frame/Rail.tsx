import { call } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { go, type Place, type ScreenName, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import {
  IconAlertTriangle,
  IconBuildingStore,
  IconCalendarEvent,
  IconCalendarWeek,
  IconCashRegister,
  IconCertificate,
  IconChartBar,
  IconConfetti,
  IconFileImport,
  IconHeartHandshake,
  IconHistory,
  IconListDetails,
  IconLock,
  IconLockOpen,
  IconMailForward,
  IconMessages,
  IconPercentage,
  IconQrcode,
  IconReceipt2,
  IconRepeat,
  IconSearch,
  IconSend,
  IconSettings,
  IconShieldCheck,
  IconStars,
  IconTicket,
  IconTruckDelivery,
  IconUsers,
  IconUsersGroup,
  IconWallet,
} from '@tabler/icons-react';
import { askPin, setPalette } from './frame-state';
import { RepliesBadge } from './RepliesBadge';
import css from './rail.module.css';
import { TaskTray } from './TaskTray';

const ICONS: Record<ScreenName, typeof IconUsers> = {
  'this-week': IconCalendarWeek,
  counter: IconCashRegister,
  customers: IconUsers,
  groups: IconUsersGroup,
  campaigns: IconSend,
  automations: IconRepeat,
  calendar: IconCalendarEvent,
  clubs: IconHeartHandshake,
  draws: IconConfetti,
  deliveries: IconTruckDelivery,
  notices: IconAlertTriangle,
  outreach: IconMailForward,
  replies: IconMessages,
  texts: IconListDetails,
  offers: IconTicket,
  loyalty: IconStars,
  results: IconChartBar,
  'till-check': IconReceipt2,
  margins: IconPercentage,
  import: IconFileImport,
  kit: IconQrcode,
  registration: IconCertificate,
  account: IconWallet,
  records: IconShieldCheck,
  restore: IconHistory,
  settings: IconSettings,
};
/** Places the rail does not name, by the one they are reached from. */
const FROM: Partial<Record<ScreenName, ScreenName>> = {
  calendar: 'campaigns',
  clubs: 'customers',
  draws: 'campaigns',
  deliveries: 'campaigns',
  notices: 'campaigns',
  texts: 'campaigns',
  outreach: 'groups',
  kit: 'settings',
  registration: 'settings',
  account: 'settings',
  records: 'settings',
  restore: 'settings',
};
const OWNER: readonly (readonly ScreenName[])[] = [
  ['this-week', 'counter'],
  ['customers', 'groups', 'campaigns', 'automations', 'replies', 'offers', 'results'],
  ['import', 'settings'],
];

/** Locks to the counter: nobody signed in, staff rights only. */
export const lock = (): void => void call('session/lock', {}).catch(() => undefined);

/** The way around: icons with words; staff see the counter only. */
export function Rail({ owner, staff }: { owner: boolean; staff: { name: string } | null }) {
  const w = useWords(words);
  const { shop } = useShell();
  const place = usePlace();
  const mac = navigator.platform.startsWith('Mac');
  const groups = owner ? OWNER : ([['counter']] as const);
  return (
    <nav className={`${css.rail} rg-no-print`} aria-label={w.mainMenu}>
      <div className={css.shop}>{shop.name || 'Regulars'}</div>
      <div className={css.all}>
        {groups.map((group, i) => (
          <div key={group[0]}>
            {i > 0 && <div className={css.gap} />}
            <ul className={css.places}>
              {group.map((name) => {
                const Icon = ICONS[name];
                const here = owner ? place.screen : 'counter';
                const current = here === name ? 'page' : FROM[here] === name ? 'true' : null;
                return (
                  <li key={name}>
                    <button
                      type="button"
                      className={css.place}
                      title={w.places[name]}
                      {...(current !== null && { 'aria-current': current })}
                      onClick={() => go({ screen: name } as Place)}
                    >
                      <Icon size={20} stroke={1.6} aria-hidden />
                      <span className={css.word}>{w.places[name]}</span>
                    </button>
                    {name === 'replies' && <RepliesBadge />}
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </div>
      <div className={css.spring} />
      <TaskTray owner={owner} />
      <div className={css.foot}>
        {owner && (
          <button type="button" className={css.place} onClick={() => setPalette(true)}>
            <IconSearch size={20} stroke={1.6} aria-hidden />
            <span className={css.word}>{w.palette.open}</span>
            <kbd className={css.kbd}>{mac ? '⌘K' : 'Ctrl K'}</kbd>
          </button>
        )}
        {staff ? (
          <button type="button" className={css.place} onClick={lock} title={w.lockHint}>
            <IconLock size={20} stroke={1.6} aria-hidden />
            <span className={css.who}>
              <span>{w.lock}</span>
              <small>{staff.name}</small>
            </span>
          </button>
        ) : (
          <button type="button" className={css.place} onClick={() => askPin()}>
            {owner ? <IconBuildingStore size={20} stroke={1.6} aria-hidden /> : <IconLockOpen size={20} stroke={1.6} aria-hidden />}
            <span className={css.word}>{w.unlock}</span>
          </button>
        )}
      </div>
    </nav>
  );
}
