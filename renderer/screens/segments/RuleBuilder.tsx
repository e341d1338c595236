import type { ConditionKind } from '@domain/segments/rule';
import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { IconPlus, IconX } from '@tabler/icons-react';
import { ConditionFields } from './ConditionFields';
import { conditionNode, emptyGroup, type GroupNode, isGroup, type Node, newCondition, replaceNode } from './rule-model';
import css from './segments.module.css';

interface Props {
  root: GroupNode;
  onChange: (root: GroupNode) => void;
  disabled?: boolean;
}

/** Conditions in plain words; brackets inside brackets, three deep. */
export function RuleBuilder({ root, onChange, disabled }: Props) {
  const set = (id: number, by: Node | null) => onChange(id === root.id ? (by as GroupNode) : replaceNode(root, id, by));
  return (
    <fieldset className={css.builder} disabled={disabled}>
      <GroupBox node={root} depth={0} set={set} fixed={disabled ?? false} />
    </fieldset>
  );
}

type Set = (id: number, by: Node | null) => void;
const DEEPEST = 3;

function GroupBox({ node, depth, set, fixed }: { node: GroupNode; depth: number; set: Set; fixed: boolean }) {
  const w = useWords(catalogue);
  const add = (child: Node) => set(node.id, { ...node, children: [...node.children, child] });
  return (
    <div className={css.group} data-depth={depth}>
      <div className={css.join}>
        <span>{w.join.label}</span>
        <NativeSelect
          aria-label={w.join.label}
          value={node.join}
          onChange={(e) => set(node.id, { ...node, join: e.currentTarget.value as GroupNode['join'] })}
          data={(['all', 'any', 'none'] as const).map((j) => ({ value: j, label: w.join[j] }))}
        />
        {depth > 0 && !fixed && (
          <ActionIcon variant="subtle" color="gray" aria-label={w.removeNest} onClick={() => set(node.id, null)}>
            <IconX size={16} stroke={1.75} />
          </ActionIcon>
        )}
      </div>
      {node.children.length === 0 && <p className={css.nothing}>{depth === 0 ? w.noConditions : w.noConditionsInside}</p>}
      <ul className={css.list}>
        {node.children.map((c) => (
          <li key={c.id}>
            {isGroup(c) ? (
              <GroupBox node={c} depth={depth + 1} set={set} fixed={fixed} />
            ) : (
              <ConditionRow node={c} set={set} fixed={fixed} />
            )}
          </li>
        ))}
      </ul>
      {!fixed && (
        <div className={css.adders}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => add(conditionNode(newCondition('last-visit')))}
          >
            {w.addCondition}
          </Button>
          {depth < DEEPEST - 1 && (
            <Button size="xs" variant="subtle" color="gray" onClick={() => add(emptyGroup(node.join === 'any' ? 'all' : 'any'))}>
              {w.addNest}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function ConditionRow({ node, set, fixed }: { node: Extract<Node, { condition: unknown }>; set: Set; fixed: boolean }) {
  const w = useWords(catalogue);
  // a fixed list is chosen as a group; the kind itself is only in rules of such lists
  const kinds = (Object.entries(w.kinds) as [ConditionKind, string][]).filter(([k]) => k !== 'on-list' || node.condition.is === k);
  return (
    <div className={css.condition}>
      <NativeSelect
        aria-label={w.condition}
        className={css.kind ?? ''}
        value={node.condition.is}
        onChange={(e) => set(node.id, { ...node, condition: newCondition(e.currentTarget.value as ConditionKind) })}
        data={kinds.map(([value, label]) => ({ value, label }))}
      />
      <ConditionFields value={node.condition} onChange={(condition) => set(node.id, { ...node, condition })} />
      {!fixed && (
        <ActionIcon
          className={css.takeOut ?? ''}
          variant="subtle"
          color="gray"
          aria-label={w.removeCondition}
          onClick={() => set(node.id, null)}
        >
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      )}
    </div>
  );
}
