import type { Zone } from '@domain/kernel';
import { MantineProvider, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { setBridge } from '@renderer/api/client';
import { type Shell, ShellContext } from '@renderer/api/useShell';
import { Frame } from '@renderer/frame/Frame';
import { Toasts } from '@renderer/frame/Toasts';
import { startAt } from '@renderer/nav';
import { useLanguage } from '@renderer/strings';
import { cssVariables, theme } from '@renderer/ui/theme';
import { type ComponentType, Suspense, useEffect, useState } from 'react';
import { fakeBridge } from './fake';
import css from './gallery.module.css';
import { pages } from './pages';
import { sampleAnswers, sessionAs, settingsSample, tasksSample } from './sample';

const shell: Shell = {
  shop: { name: 'Corner Shoes', kind: 'real', currency: 'USD', country: 'US', zone: 'America/New_York' as Zone },
  role: 'owner',
  staff: { id: 1 as never, name: 'Dana', role: 'owner', language: 'en', practised: true },
  online: true,
  ready: true,
  locale: 'en-US',
};

/** Charts bring their own page: renderer/charts/*.gallery.tsx exporting `pages`. */
const chartPages = import.meta.glob<{ pages: Record<string, ComponentType> }>('../charts/*.gallery.tsx', { eager: true });
const all: Record<string, ComponentType> = { ...pages, ...Object.assign({}, ...Object.values(chartPages).map((m) => m.pages)) };

/** Whole windows; they draw without the gallery's own frame. */
const windows: Record<string, () => void> = {
  'Window: staff': () => setBridge(fakeBridge(sampleAnswers('staff'))),
  'Window: owner': () => {
    setBridge(fakeBridge({ ...sampleAnswers(), 'tasks/list': tasksSample }));
  },
  'Window: practice': () => setBridge(fakeBridge({ ...sampleAnswers(), 'session/state': sessionAs('owner', { kind: 'practice' }) })),
  'Window: first start': () =>
    setBridge(
      fakeBridge({
        ...sampleAnswers(),
        'session/state': sessionAs('owner', { name: '', setUp: false }),
        'settings/get': { ...settingsSample, shop: { ...settingsSample.shop, name: '' } },
      }),
    ),
  'Window: passphrase': () =>
    setBridge(
      fakeBridge({
        'shell/status': { backend: 'needs-passphrase', errorCode: null, errorParams: {}, shop: 'real', version: '0.1.0', vault: 'new' },
      }),
    ),
  'Window: damaged': () =>
    setBridge(
      fakeBridge({
        'shell/status': { backend: 'failed', errorCode: 'shop.corrupt', errorParams: {}, shop: 'real', version: '0.1.0', vault: 'system' },
      }),
    ),
};

/** `#page` names what is shown, so that scripts can photograph every page. */
const fromHash = () => decodeURIComponent(location.hash.slice(1));

/** Every part in every state, without a backend. */
export function Gallery() {
  const [name, setName] = useState(() => fromHash() || (Object.keys(all)[0] ?? ''));
  useEffect(() => {
    const read = () => setName(fromHash());
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  const open = windows[name];
  const [ready, setReady] = useState('');
  useEffect(() => {
    localStorage.removeItem('regulars-last');
    if (open) open();
    else setBridge(fakeBridge(sampleAnswers()));
    startAt(name === 'Window: owner' ? { screen: 'settings' } : { screen: 'counter' });
    setReady(name);
  }, [name, open]);
  const Page = all[name];
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="light" withGlobalClasses={false}>
      <div className={css.columns}>
        <Side name={name} />
        <div className={css.stage} data-window={open !== undefined || undefined}>
          {ready === name &&
            (open ? (
              <Frame key={name} />
            ) : (
              <ShellContext value={shell}>
                <Suspense fallback={null}>{Page && <Page key={name} />}</Suspense>
                <Toasts />
              </ShellContext>
            ))}
        </div>
      </div>
    </MantineProvider>
  );
}

function Side({ name }: { name: string }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, setLanguage } = useLanguage();
  return (
    <nav className={css.side} aria-label="Gallery">
      <SegmentedControl
        size="xs"
        value={colorScheme}
        onChange={(v) => setColorScheme(v as 'light' | 'dark')}
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
      <SegmentedControl
        size="xs"
        value={language}
        onChange={(v) => setLanguage(v as 'en' | 'es')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'es', label: 'Español' },
        ]}
      />
      {[...Object.keys(all), ...Object.keys(windows)].map((p) => (
        <a key={p} href={`#${encodeURIComponent(p)}`} {...(p === name && { 'aria-current': 'page' as const })}>
          {p}
        </a>
      ))}
    </nav>
  );
}
