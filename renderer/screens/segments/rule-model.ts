import type { Cents } from '@domain/kernel';
import { type Condition, type ConditionKind, childrenOf, isCondition, type Rule } from '@domain/segments/rule';

/** The rule tree while it is edited: every part has an id of its own, so that fields keep their focus. */
export type Node = GroupNode | ConditionNode;
export interface GroupNode {
  id: number;
  join: 'all' | 'any' | 'none';
  children: readonly Node[];
}
export interface ConditionNode {
  id: number;
  condition: Condition;
}
export const isGroup = (n: Node): n is GroupNode => 'join' in n;

let last = 0;
const freshId = () => ++last;

const nodeOf = (rule: Rule): Node => (isCondition(rule) ? { id: freshId(), condition: rule } : groupNode(rule));
const groupNode = (rule: Exclude<Rule, Condition>): GroupNode => ({
  id: freshId(),
  join: 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'none',
  children: childrenOf(rule).map(nodeOf),
});

/** For editing the outermost part is always a group. */
export function toModel(rule: Rule): GroupNode {
  return isCondition(rule) ? { id: freshId(), join: 'all', children: [nodeOf(rule)] } : groupNode(rule);
}

/** Conditions still without a name, tag or number to go by are left out until they are complete. */
export function toRule(node: GroupNode): Rule {
  const inside = node.children.flatMap((c): Rule[] => (isGroup(c) ? [toRule(c)] : isComplete(c.condition) ? [c.condition] : []));
  return node.join === 'all' ? { all: inside } : node.join === 'any' ? { any: inside } : { none: inside };
}

function isComplete(c: Condition): boolean {
  switch (c.is) {
    case 'bought':
      return c.name.trim() !== '';
    case 'tag':
      return c.tag.trim() !== '';
    case 'topic':
      return c.topic.trim() !== '';
    case 'lives':
      return c.name.trim() !== '';
    case 'on-list':
      return c.listId > 0;
    case 'reacted':
      return c.campaignId === null || c.campaignId > 0;
    case 'group':
      return c.segmentId > 0;
    default:
      return true;
  }
}

/** Whether something is still missing anywhere. */
export const unfinished = (n: Node): boolean => (isGroup(n) ? n.children.some(unfinished) : !isComplete(n.condition));

/** A sensible start for each kind. */
export function newCondition(is: ConditionKind): Condition {
  switch (is) {
    case 'last-visit':
    case 'first-visit':
      return { is, op: 'within', days: 30 };
    case 'visits':
      return { is, op: 'at-least', count: 3, days: null };
    case 'spend':
      return { is, op: 'at-least', amount: 10_000 as Cents, days: 365 };
    case 'bought':
      return { is, what: 'item', name: '', days: null, did: true };
    case 'may-text':
      return { is, value: true };
    case 'topic':
      return { is, topic: '' };
    case 'tag':
      return { is, tag: '' };
    case 'language':
      return { is, language: 'en' };
    case 'links':
      return { is, capable: 'no' };
    case 'birthday':
      return { is, days: null };
    case 'has':
      return { is, what: 'phone', value: true };
    case 'redeemed':
      return { is, offerId: null, days: null, did: true };
    case 'reacted':
      return { is, campaignId: null, how: 'nothing' };
    case 'permission':
      return { is, state: 'in' };
    case 'number':
      return { is, state: 'fine' };
    case 'lives':
      return { is, where: 'city', name: '' };
    case 'score':
      return { is, of: 'spend', least: 5 };
    case 'on-list':
      return { is, listId: 0 };
    case 'rhythm':
      return { is, class: 'later' };
    case 'rfm':
      return { is, class: 'loyal' };
    case 'group':
      return { is, segmentId: 0, member: true };
  }
}

export const conditionNode = (condition: Condition): ConditionNode => ({ id: freshId(), condition });
export const emptyGroup = (join: GroupNode['join']): GroupNode => ({
  id: freshId(),
  join,
  children: [conditionNode(newCondition('last-visit'))],
});

/** The tree with one part replaced (null = taken out). */
export function replaceNode(root: GroupNode, id: number, by: Node | null): GroupNode {
  return {
    ...root,
    children: root.children.flatMap((c): Node[] => {
      if (c.id === id) return by === null ? [] : [by];
      return [isGroup(c) ? replaceNode(c, id, by) : c];
    }),
  };
}
