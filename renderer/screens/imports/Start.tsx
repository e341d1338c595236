import { Tabs } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Screen } from '@renderer/ui';
import { useState } from 'react';
import { AttestWaiting } from './Attest';
import { DropZone } from './DropZone';
import { FileTrouble } from './FileTrouble';
import css from './imports.module.css';
import { MappingPanel } from './MappingPanel';
import { Mappings } from './Mappings';
import { MatchRate } from './MatchRate';
import { PastImports } from './PastImports';
import { Queue } from './Queue';
import { Sources } from './Sources';
import { TillHelp } from './TillHelp';
import { useFile } from './useImports';
import { WaitingFiles } from './WaitingFiles';

type Tab = 'past' | 'sources' | 'match' | 'mappings' | 'where';

/** The way in: drop or choose files, say what unknown columns mean; below, what was imported before and everything beside it. */
export function Start() {
  const w = useWords(catalogue);
  const file = useFile();
  const [tab, setTab] = useState<Tab>('past');
  const [till, setTill] = useState('');
  const where = (of: string) => {
    setTill(of);
    setTab('where');
  };
  const mapping = file.ui.look && !file.ui.look.profile ? file.ui.look : null;
  if (mapping) {
    return (
      <Screen
        title={w.mapping.title}
        subtitle={w.mapping.hint(mapping.fileName)}
        up={{ label: file.ui.queue.length ? w.queue.back : w.back, onClick: file.ui.forget }}
      >
        <FileTrouble error={file.error} />
        <MappingPanel key={mapping.fingerprint} look={mapping} file={file} />
      </Screen>
    );
  }
  return (
    <Screen title={w.title} subtitle={w.subtitle}>
      <DropZone file={file} slim={file.ui.queue.length > 0} onWhere={() => where('')} />
      <FileTrouble error={file.error} onWhere={where} />
      <Queue file={file} />
      <WaitingFiles />
      <AttestWaiting />
      <Tabs value={tab} onChange={(t) => t && setTab(t as Tab)} keepMounted={false} className={css.tabs ?? ''}>
        <Tabs.List aria-label={w.tabs.label}>
          <Tabs.Tab value="past">{w.tabs.past}</Tabs.Tab>
          <Tabs.Tab value="sources">{w.tabs.sources}</Tabs.Tab>
          <Tabs.Tab value="match">{w.tabs.match}</Tabs.Tab>
          <Tabs.Tab value="mappings">{w.tabs.mappings}</Tabs.Tab>
          <Tabs.Tab value="where">{w.tabs.where}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="past">
          <PastImports />
        </Tabs.Panel>
        <Tabs.Panel value="sources">
          <Sources />
        </Tabs.Panel>
        <Tabs.Panel value="match">
          <MatchRate />
        </Tabs.Panel>
        <Tabs.Panel value="mappings">
          <Mappings />
        </Tabs.Panel>
        <Tabs.Panel value="where">
          <TillHelp key={till} till={till} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
