import { Tabs } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import { Loaded, Rows, Screen } from '@renderer/ui';
import { useState } from 'react';
import { Approved } from './Approved';
import { FormPart } from './FormPart';
import { PagesPart } from './PagesPart';
import { Answered, Questions } from './Questions';
import css from './registration.module.css';
import { TrackerPanel } from './Tracker';
import type { Guide } from './types';
import { Way } from './Way';

type Part = 'way' | 'form' | 'pages';

/** The way to the carriers' approval: what it takes and costs before any fee, what to fill in, the two pages, and where it stands. */
export function RegistrationScreen() {
  const w = useWords(catalogue);
  const place = usePlace();
  const guide = useQuery('registration/guide', {});
  const part: Part = (place.screen === 'registration' ? place.part : undefined) ?? 'way';
  const show = (to: Part) => go({ screen: 'registration', part: to }, { replace: true });
  return (
    <Screen title={w.title} subtitle={w.subtitle} up={{ label: w.up, onClick: () => go({ screen: 'settings', section: 'texting' }) }}>
      <Tabs value={part} onChange={(t) => t && show(t as Part)} keepMounted={false}>
        <Tabs.List aria-label={w.tabs.label} className={css.tabs ?? ''}>
          <Tabs.Tab value="way">{w.tabs.way}</Tabs.Tab>
          <Tabs.Tab value="form">{w.tabs.form}</Tabs.Tab>
          <Tabs.Tab value="pages">{w.tabs.pages}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="way">
          <Loaded query={guide} lines={8}>
            {(g) => <WayPart guide={g} />}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="form">
          <FormPart />
        </Tabs.Panel>
        <Tabs.Panel value="pages">
          <PagesPart />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}

/** Questions until they are answered; then the way, its steps and its end. */
function WayPart({ guide }: { guide: Guide }) {
  const [changing, setChanging] = useState(false);
  if (guide.answers === null || changing) {
    return <Questions guide={guide} onDone={() => setChanging(false)} {...(guide.answers && { onCancel: () => setChanging(false) })} />;
  }
  const open = guide.tracker !== null;
  // what it takes and costs comes before the first step, where it stands before everything once there was one
  const way = <Way key="way" guide={guide} />;
  const tracker = open && <TrackerPanel key="tracker" guide={guide} />;
  const parts = guide.lastStep === null ? [way, tracker] : [tracker, way];
  return (
    <Rows>
      {open && (guide.tracker?.approvedOn || guide.senderApproved) && <Approved guide={guide} />}
      {parts}
      <Answered guide={guide} onChange={() => setChanging(true)} />
    </Rows>
  );
}
