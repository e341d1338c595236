import type { SegmentId } from '@domain/kernel';
import { READY_MADE } from '@domain/segments/ready-made';
import { sessionAs } from '@renderer/gallery/sample';
import { go } from '@renderer/nav';
import { GroupsScreen } from '@renderer/screens/segments/GroupsScreen';
import { toModel, toRule } from '@renderer/screens/segments/rule-model';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const base = {
  'session/state': () => sessionAs('owner'),
  'segments/list': () => [],
  'segments/names': () => ['Boots'],
  'segments/count': () => ({ count: 42, permitted: 30, examples: [], sentence: 'People who came in.' }),
  'offers/list': () => [],
  'campaigns/list': () => ({ rows: [], total: 0 }),
};

describe('the rule builder', () => {
  it('builds a nested rule in plain words, counts it, and saves exactly that', async () => {
    go({ screen: 'groups', id: 0 });
    const fake = draw(<GroupsScreen />, { ...base, 'segments/save': () => ({ id: 5 as SegmentId }) });
    await screen.findByText('42 people');
    expect(screen.getByText('30 of them may be texted')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Boot people' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add conditions in brackets' }));
    const kinds = screen.getAllByRole('combobox', { name: 'Condition' });
    fireEvent.change(kinds[1] as HTMLElement, { target: { value: 'spend' } });
    fireEvent.change(screen.getByLabelText('Amount'), { target: { value: '55.50' } });
    const save = screen.getByRole('button', { name: 'Save group' }) as HTMLButtonElement;
    fireEvent.change(kinds[0] as HTMLElement, { target: { value: 'bought' } });
    expect(save.disabled).toBe(true); // no article named yet
    fireEvent.change(screen.getByRole('combobox', { name: 'Article' }), { target: { value: 'Boots' } });
    fireEvent.click(save);
    await waitFor(() =>
      expect(fake.calls.find((c) => c.channel === 'segments/save')?.input).toEqual({
        id: null,
        name: 'Boot people',
        rule: {
          all: [
            { is: 'bought', what: 'item', name: 'Boots', days: null, did: true },
            { any: [{ is: 'spend', op: 'at-least', amount: 5550, days: 365 }] },
          ],
        },
      }),
    );
  });

  it('editing and reading back loses nothing', () => {
    for (const g of READY_MADE) expect(toRule(toModel(g.rule))).toEqual(g.rule);
  });
});
