import type { SegmentId } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { Button } from '@mantine/core';
import { type Out, useCommand } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { ConfirmDialog, ErrorNote, FieldStack, Note, Panel, Screen, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import { LiveCount } from './LiveCount';
import { RuleBuilder } from './RuleBuilder';
import { toModel, toRule, unfinished } from './rule-model';
import css from './segments.module.css';
import { useTextGroup } from './useTextGroup';

type Group = Out<'segments/get'>;

/** One group: its name, its rule, and who that is just now. `group` null = a new one. */
export function GroupEditor({ group, start }: { group: Group | null; start?: { name: string; rule: Rule } }) {
  const w = useWords(catalogue);
  const [name, setName] = useState(group?.name ?? start?.name ?? '');
  const [root, setRoot] = useState(() => toModel(group?.rule ?? start?.rule ?? { all: [{ is: 'last-visit', op: 'within', days: 90 }] }));
  const [removing, setRemoving] = useState(false);
  const save = useCommand('segments/save');
  const remove = useCommand('segments/remove');
  const text = useTextGroup();
  const fixed = group?.readyMade != null;
  const rule = toRule(root);
  const dirty = group === null || group.name !== name.trim() || JSON.stringify(group.rule) !== JSON.stringify(rule);

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
          {group && !fixed && (
            <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>
              {w.menu.remove}
            </Button>
          )}
          {group && (
            <Button
              variant="default"
              loading={text.busy}
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
      <div className={css.editor}>
        <Panel title={w.who} hint={w.whoHint}>
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
            <RuleBuilder root={root} onChange={setRoot} disabled={fixed} />
          </FieldStack>
        </Panel>
        <LiveCount rule={rule} />
      </div>
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
