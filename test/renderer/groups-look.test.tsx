import type { CustomerId, SegmentId, UtcMs } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { sessionAs } from '@renderer/gallery/sample';
import { go } from '@renderer/nav';
import { GroupsScreen } from '@renderer/screens/segments/GroupsScreen';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const list: Rule = { is: 'on-list', listId: 4 as number };
const group = {
  id: 4 as SegmentId,
  name: 'Shirt people',
  rule: { all: [{ is: 'bought', what: 'category', name: 'Shirts', days: null, did: true }] } as Rule,
  readyMade: null,
  sentence: 'People who bought anything from “Shirts”.',
  count: 3,
  permitted: 2,
  updatedAt: 1,
  fixedAt: null as UtcMs | null,
  fixedCount: null as number | null,
  fixedFrom: '',
};
const ana = {
  id: 1 as CustomerId,
  firstName: 'Ana',
  lastName: 'Lee',
  company: '',
  phone: null,
  lastVisitAt: NOW,
  visits: 3,
  spend: 5000 as never,
};
const base = {
  'session/state': () => sessionAs('owner'),
  'segments/list': () => [group, { ...group, id: 5 as SegmentId, name: 'Regulars' }],
  'segments/names': () => [],
  'segments/count': () => ({ count: 3, permitted: 2, examples: [ana], sentence: group.sentence }),
  'segments/get': () => group,
  'segments/members': () => ({ rows: [ana], total: 1 }),
  'segments/why-not': () => ({
    reachable: 2,
    reasons: [{ why: 'landline' as const, count: 1, rule: { is: 'number', state: 'landline' } as Rule }],
  }),
  'segments/overlap': () => ({ both: 2, onlyHere: 1, onlyThere: 9 }),
  'segments/days': () => [
    { day: '2026-11-16' as never, people: 2, permitted: 2 },
    { day: '2026-11-17' as never, people: 3, permitted: 2 },
  ],
  'offers/list': () => [],
  'campaigns/list': () => ({ rows: [], total: 0 }),
};

describe('a sentence typed for a group', () => {
  it('becomes its conditions; a name nobody knows is named, and one press puts the right one in its place', async () => {
    go({ screen: 'groups', id: 0 });
    const fake = draw(<GroupsScreen />, {
      ...base,
      'segments/read': ({ text }) =>
        text.includes('“Shirts”')
          ? { ok: true, rule: group.rule, sentence: group.sentence }
          : { ok: false, why: 'unknown-name', part: 'shrits', suggestions: ['Shirts'] },
    });
    const box = await screen.findByLabelText('Say it in a sentence');
    fireEvent.change(box, { target: { value: 'bought shrits' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    await screen.findByText('Nothing here is called “shrits”: no article, category, group or campaign.');
    fireEvent.click(screen.getByRole('button', { name: 'Shirts' }));
    await screen.findByText('Read. Check below that it says what you mean.');
    expect((box as HTMLInputElement).value).toBe('bought “Shirts”');
    expect((screen.getByRole('combobox', { name: 'Category' }) as HTMLInputElement).value).toBe('Shirts');
    expect(fake.calls.filter((c) => c.channel === 'segments/read').length).toBe(2);
  });

  it('starts from a question with blanks, which do not count until they are filled in', async () => {
    go({ screen: 'groups', id: 0 });
    draw(<GroupsScreen />, base);
    fireEvent.click(await screen.findByRole('button', { name: 'Bought one thing, not another' }));
    expect(screen.getAllByRole('combobox', { name: 'Category' })).toHaveLength(2);
    await screen.findByText('Conditions still to be filled in do not count yet.');
    expect((screen.getByRole('button', { name: 'Save group' }) as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('a group', () => {
  it('shows its people by why they cannot be texted, another group beside it, and how it grew', async () => {
    go({ screen: 'groups', id: 4 });
    const fake = draw(<GroupsScreen />, base);
    const landline = await screen.findByRole('button', { name: /^Landline/ });
    fireEvent.click(landline);
    await waitFor(() =>
      expect(fake.calls.filter((c) => c.channel === 'segments/members').at(-1)?.input).toMatchObject({
        rule: { is: 'number', state: 'landline' },
      }),
    );
    fireEvent.change(screen.getByRole('combobox', { name: 'Other group' }), { target: { value: '5' } });
    const both = await screen.findByText('In both');
    expect(both.nextElementSibling?.textContent).toBe('2');
    expect(screen.getByText('Only in “Regulars”')).toBeTruthy();
    expect(await screen.findByText(/^1 more people since|^1 more person since/)).toBeTruthy();
  });

  it('that is a fixed list may be renamed, not changed', async () => {
    go({ screen: 'groups', id: 4 });
    draw(<GroupsScreen />, {
      ...base,
      'segments/get': () => ({ ...group, rule: list, fixedAt: NOW, fixedCount: 3, fixedFrom: group.sentence }),
    });
    await screen.findByText(/A fixed list of 3 people/);
    expect(screen.queryByRole('combobox', { name: 'Condition' })).toBeNull();
    const save = screen.getByRole('button', { name: 'Save group' }) as HTMLButtonElement;
    expect(save.disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Spring list' } });
    expect(save.disabled).toBe(false);
  });
});
