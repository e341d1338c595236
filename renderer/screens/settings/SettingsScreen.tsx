import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { Screen } from '@renderer/ui/Screen';
import { Loaded } from '@renderer/ui/States';
import { KitSection } from '../kit/KitSection';
import { MailSection } from '../mail/MailSection';
import { RecordsSection } from '../privacy/RecordsSection';
import { ActivitySection } from './ActivitySection';
import { AboutSection, AppearanceSection, UpdatesSection } from './AppSections';
import { BackgroundSection } from './BackgroundSection';
import { BackupsSection } from './BackupsSection';
import { CustomerDisplaySection } from './CustomerDisplaySection';
import { PrintingSection } from './PrintingSection';
import { RepliesSection } from './RepliesSection';
import { CourtesySection, MoneySection } from './RulesSections';
import { ShopSection } from './ShopSection';
import { StaffSection } from './StaffSection';
import css from './settings.module.css';
import { TextingSection } from './TextingSection';
import { type SettingsData, useSettings } from './useSettings';

const SECTIONS = [
  'shop',
  'staff',
  'activity',
  'texting',
  'mail',
  'replies',
  'kit',
  'records',
  'courtesy',
  'money',
  'papers',
  'backups',
  'background',
  'appearance',
  'display',
  'updates',
  'about',
] as const;
type Section = (typeof SECTIONS)[number];

function body(section: Section, s: SettingsData) {
  switch (section) {
    case 'shop':
      return <ShopSection shop={s.shop} />;
    case 'staff':
      return <StaffSection access={s.access} />;
    case 'activity':
      return <ActivitySection />;
    case 'texting':
      return <TextingSection texting={s.texting} />;
    case 'mail':
      return <MailSection />;
    case 'replies':
      return <RepliesSection replies={s.replies} shop={s.shop} />;
    case 'records':
      return <RecordsSection />;
    case 'kit':
      return <KitSection />;
    case 'courtesy':
      return <CourtesySection courtesy={s.courtesy} />;
    case 'money':
      return <MoneySection money={s.money} />;
    case 'backups':
      return <BackupsSection />;
    case 'papers':
      return <PrintingSection />;
    case 'background':
      return <BackgroundSection />;
    case 'appearance':
      return <AppearanceSection />;
    case 'display':
      return <CustomerDisplaySection />;
    case 'updates':
      return <UpdatesSection />;
    case 'about':
      return <AboutSection />;
  }
}

/** Everything that is set once; sections on the left, one at a time on the right. */
export function SettingsScreen() {
  const w = useWords(words);
  const place = usePlace();
  const settings = useSettings();
  const wanted = place.screen === 'settings' ? place.section : undefined;
  const section = SECTIONS.find((s) => s === wanted) ?? 'shop';
  return (
    <Screen title={w.title}>
      <div className={css.layout}>
        <nav aria-label={w.title}>
          <ul className={css.sections}>
            {SECTIONS.map((s) => (
              <li key={s}>
                <button
                  type="button"
                  {...(s === section && { 'aria-current': 'true' as const })}
                  onClick={() => go({ screen: 'settings', section: s }, { replace: true })}
                >
                  {w.sections[s]}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className={css.section} key={section}>
          <Loaded query={settings} lines={6}>
            {(s) => body(section, s)}
          </Loaded>
        </div>
      </div>
    </Screen>
  );
}
