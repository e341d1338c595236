import { shopDay } from '@domain/calendar';
import type { SegmentId } from '@domain/kernel';
import { plain, type Rule } from '@domain/segments/rule';
import { Button, Menu } from '@mantine/core';
import { type Out, useCommand, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { outreach as reachWords } from '@renderer/strings/outreach';
import { segments as catalogue } from '@renderer/strings/segments';
import { Columns, ConfirmDialog, ErrorNote, FieldStack, Note, Panel, Screen, TextField, toast } from '@renderer/ui';
import { count, dayText } from '@renderer/ui/format';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { ReachDialog } from '../outreach/ReachDialog';
import { ExportDialog, FixDialog } from './GroupDialogs';
import { LiveCount } from './LiveCount';
import { OverlapPanel } from './OverlapPanel';
import { PeoplePanel } from './PeoplePanel';
import { RuleBuilder } from './RuleBuilder';
import { toModel, toRule, unfinished } from './rule-model';
import { SentenceBox } from './SentenceBox';
import { Starters } from './Starters';
import css from './segments.module.css';
import { TrendPanel } from './TrendPanel';
import { useTextGroup } from './useTextGroup';

type Group = Out<'segments/get'>;

/** One group: its name, its rule, and who that is just now. `group` null = a new one. */
export function GroupEditor({ group, start }: { group: Group | null; start?: { name: string; rule: Rule } }) {
  const w = useWords(catalogue);
  const reach = useWords(reachWords);
  const { shop, locale } = useShell();
  const [name, setName] = useState(group?.name ?? start?.name ?? '');
  const [root, setRoot] = useState(() => toModel(group?.rule ?? start?.rule ?? { all: [{ is: 'last-visit', op: 'within', days: 90 }] }));
  const [removing, setRemoving] = useState(false);
  const save = useCommand('segments/save');
  const remove = useCommand('segments/remove');
  const text = useTextGroup();
  const list = group?.fixedAt != null;
  const fixed = group?.readyMade != null;
  const [asking, setAsking] = useState<'fix' | 'export' | 'reach' | null>(null);
  const rule = toRule(root);
  const dirty = group === null || group.name !== name.trim() || JSON.stringify(plain(group.rule)) !== JSON.stringify(plain(rule));

  const store = async (): Promise<SegmentId | undefined> => {
    if (group && (fixed || !dirty)) return group.id;
    const done = await save.run({ id: group?.id ?? null, name: name.trim(), rule });
    if (done) toast({ title: w.saved(name.trim()), tone: 'good' });
    return done?.id;
  };
  const saveAndStay = async () => {
    const id = await store();
    if (id !== undefined && group === null) go({ screen: 'groups', id }, { replace: true });
  };

  return (
    <Screen
      title={group?.name ?? w.newName}
      up={{ label: w.title, onClick: () => go({ screen: 'groups' }) }}
      actions={
        <>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <Button variant="subtle" color="gray" rightSection={<IconChevronDown size={16} aria-hidden />}>
                {w.more}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {!list && <Menu.Item onClick={() => setAsking('fix')}>{w.keep}</Menu.Item>}
              <Menu.Item onClick={() => setAsking('export')}>{w.saveFile}</Menu.Item>
              {group && !dirty && <Menu.Item onClick={() => setAsking('reach')}>{reach.open}</Menu.Item>}
              <Menu.Item onClick={() => go({ screen: 'outreach' })}>{reach.title}</Menu.Item>
              {group && !fixed && <Menu.Item onClick={() => setRemoving(true)}>{w.menu.remove}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
          {group && (
            <Button
              variant="default"
              loading={text.busy}
              disabled={group.permitted === 0 && !dirty}
              title={group.permitted === 0 && !dirty ? w.textNobody : undefined}
              onClick={async () => {
                const id = await store();
                if (id !== undefined) await text.start(id, name.trim());
              }}
            >
              {w.textThem}
            </Button>
          )}
        </>
      }
      primary={
        fixed ? (
          <Button
            loading={save.busy}
            onClick={async () => {
              const done = await save.run({ id: null, name: w.copyName(group.name), rule: group.rule });
              if (done) go({ screen: 'groups', id: done.id });
            }}
          >
            {w.copy}
          </Button>
        ) : (
          <Button onClick={() => void saveAndStay()} loading={save.busy} disabled={!dirty || name.trim() === '' || unfinished(root)}>
            {w.save}
          </Button>
        )
      }
    >
      {(save.error ?? remove.error ?? text.error) && <ErrorNote error={save.error ?? remove.error ?? text.error} />}
      {fixed && <Note>{w.readyMadeNote}</Note>}
      {group?.fixedAt != null && (
        <Note>
          {w.fixedNote(
            count(group.fixedCount ?? 0, locale),
            group.fixedCount === 1,
            dayText(shopDay(group.fixedAt, shop.zone), locale, Date.now()),
          )}{' '}
          {w.fixedFrom(group.fixedFrom)}
        </Note>
      )}
      <div className={css.editor}>
        <Panel title={w.who} hint={list ? w.listHint : w.whoHint}>
          <FieldStack onSubmit={() => void (fixed ? undefined : saveAndStay())}>
            {!fixed && (
              <TextField
                label={w.name}
                placeholder={w.namePlaceholder}
                value={name}
                maxLength={80}
                onChange={setName}
                autoFocus={group === null && !start}
              />
            )}
            {!fixed && !list && <SentenceBox onRule={(r) => setRoot(toModel(r))} />}
            {group === null && <Starters onRule={(r) => setRoot(toModel(r))} />}
            {!list && <RuleBuilder root={root} onChange={setRoot} disabled={fixed} />}
          </FieldStack>
        </Panel>
        <LiveCount rule={rule} unfinished={unfinished(root)} />
      </div>
      {group && (
        <div className={css.look}>
          <PeoplePanel rule={group.rule} />
          <Columns min={400}>
            <OverlapPanel rule={group.rule} own={group.id} />
            <TrendPanel id={group.id} />
          </Columns>
        </div>
      )}
      {asking === 'fix' && <FixDialog name={name.trim()} rule={rule} onClose={() => setAsking(null)} />}
      {asking === 'reach' && group && <ReachDialog name={group.name} source={{ segmentId: group.id }} onClose={() => setAsking(null)} />}
      {asking === 'export' && <ExportDialog name={name.trim()} rule={rule} onClose={() => setAsking(null)} />}
      {group && (
        <ConfirmDialog
          open={removing}
          onClose={() => setRemoving(false)}
          title={w.removeTitle(group.name)}
          confirm={w.remove}
          danger
          busy={remove.busy}
          onConfirm={async () => {
            if (await remove.run({ id: group.id })) go({ screen: 'groups' }, { replace: true });
          }}
        >
          {w.removeBody}
        </ConfirmDialog>
      )}
    </Screen>
  );
}
