import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useQuery } from '@renderer/api/useQuery';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { Panel } from '@renderer/ui/Screen';
import { ErrorNote, Note } from '@renderer/ui/States';
import { useState } from 'react';
import css from './settings.module.css';

export function AppearanceSection() {
  const all = useWords(words);
  const w = all.appearance;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title={all.sections.appearance} hint={w.hint}>
      <div className={css.fields}>
        <div>
          <p className={css.label} id="scheme-label">
            {w.scheme}
          </p>
          <SegmentedControl
            aria-labelledby="scheme-label"
            value={colorScheme}
            onChange={(v) => setColorScheme(v as 'auto' | 'light' | 'dark')}
            data={[
              { value: 'auto', label: w.auto },
              { value: 'light', label: w.light },
              { value: 'dark', label: w.dark },
            ]}
          />
        </div>
        <p className={css.quiet}>{w.size}</p>
      </div>
    </Panel>
  );
}

export function UpdatesSection() {
  const all = useWords(words);
  const w = all.updates;
  const status = useQuery('shell/status', {});
  const check = useCommand('shell/check-updates');
  const [found, setFound] = useState<{ tone: 'good' | 'info' | 'warn'; text: string } | null>(null);
  const look = async () => {
    setFound(null);
    const r = await check.run({});
    if (!r) return;
    if (r.state === 'available') setFound({ tone: 'good', text: w.available(r.latest ?? '') });
    else if (r.state === 'current') setFound({ tone: 'good', text: w.current });
    else if (r.state === 'no-feed') setFound({ tone: 'info', text: w.noFeed });
    else setFound({ tone: 'warn', text: w.unreachable });
  };
  return (
    <Panel
      title={all.sections.updates}
      hint={w.hint}
      action={
        <Button variant="default" loading={check.busy} onClick={() => void look()}>
          {w.check}
        </Button>
      }
    >
      <div className={css.fields}>
        <p>{w.version(status.data?.version ?? '…')}</p>
        {found && (
          <Note tone={found.tone} role="status">
            {found.text}
          </Note>
        )}
        <ErrorNote error={check.error} />
      </div>
    </Panel>
  );
}

export function AboutSection() {
  const all = useWords(words);
  const w = all.about;
  return (
    <>
      <Panel title={all.sections.about}>
        <p className={css.measure}>{w.line}</p>
      </Panel>
      <Panel title={w.legalTitle}>
        <p className={css.measure}>{w.legal}</p>
      </Panel>
      <Panel title={w.licences}>
        <p className={css.measure}>{w.licencesBody}</p>
      </Panel>
    </>
  );
}
