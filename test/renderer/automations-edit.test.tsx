import type { AutomationId, CustomerId } from '@domain/kernel';
import { currentPlace, startAt } from '@renderer/nav';
import { AutomationScreen } from '@renderer/screens/automations/AutomationScreen';
import { priorityAfter } from '@renderer/screens/automations/RulesPanel';
import { causeWords } from '@renderer/screens/automations/say';
import { OfPerson } from '@renderer/screens/why/OfPerson';
import { useToasts } from '@renderer/ui/toast';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answers, id, type One, one, w } from '../support/automation-screens';
import { NOW } from '../support/campaign-screens';
import { draw } from '../support/render';

describe('changing one', () => {
  const edit = (o: Partial<One>) => {
    startAt({ screen: 'automations', id, part: 'edit' });
    return draw(<AutomationScreen />, { ...answers, 'automations/one': () => one(o) });
  };
  const saves = (b: ReturnType<typeof draw>) =>
    b.calls.filter((c) => c.channel === 'automations/save').map((c) => c.input as { terms: object; pattern: One['pattern'] });

  it('one that is off saves itself, with only the terms its kind goes by', async () => {
    const b = edit({});
    fireEvent.change(await screen.findByRole('combobox', { name: w.terms.daysBefore }), { target: { value: '0' } });
    await waitFor(() => expect(saves(b)).toHaveLength(1));
    expect(saves(b)[0]).toMatchObject({ id, terms: { daysBefore: 0, goodFor: 2 }, pattern: { holdout: 'auto' } });
    expect(Object.keys(saves(b)[0]?.terms ?? {})).toEqual(['daysBefore', 'goodFor']);
  });

  it('one that runs is changed by the button only; left without it, the changes come back when asked for', async () => {
    const b = edit({ state: 'on' });
    fireEvent.change(await screen.findByLabelText(w.edit.name), { target: { value: 'Cake day' } });
    expect(await screen.findByText(w.edit.unsaved)).toBeDefined();
    await new Promise((done) => setTimeout(done, 700));
    expect(saves(b)).toHaveLength(0);
    cleanup();
    const said = useToasts.getState().toasts.at(-1);
    expect(said?.title).toBe(w.edit.notSaved('Birthday'));
    said?.action?.onClick();
    const again = edit({ state: 'on' });
    expect(((await screen.findByLabelText(w.edit.name)) as HTMLInputElement).value).toBe('Cake day');
    fireEvent.click(screen.getByRole('button', { name: w.edit.saveOn }));
    await waitFor(() => expect(saves(again)[0]).toMatchObject({ name: 'Cake day' }));
    await waitFor(() => expect(currentPlace()).toEqual({ screen: 'automations', id }));
  });

  it('words for a group stand before those for everybody else', async () => {
    const b = edit({});
    fireEvent.click(await screen.findByRole('button', { name: w.edit.addGroup }));
    const fields = await screen.findAllByRole('combobox', { name: /^Group \d|group/i });
    fireEvent.change(fields[0] as HTMLElement, { target: { value: '1' } });
    await waitFor(() => expect(saves(b).length).toBeGreaterThan(0));
    await waitFor(() => {
      const p = saves(b).at(-1)?.pattern;
      expect([p?.segmentId, p?.more[0]?.segmentId]).toEqual([1, null]);
      expect(p?.more[0]?.body).toContain('a present waits');
      // the Spanish words moved with the words they belong to
      expect(p?.words[0]?.part).toBe(2);
    });
  });
});

describe('words', () => {
  const say = { day: (d: string) => `<${d}>` };
  it('every cause the triggers write has words of its own', () => {
    for (const [cause, words] of [
      ['birthday:2026', 'birthday 2026'],
      ['late:2026-10-01', 'last in <2026-10-01>'],
      ['lapse:2026-10-01', 'last in <2026-10-01>'],
      ['welcome:sign-up', 'signed up for texts'],
      ['welcome:purchase', 'bought for the first time'],
      ['rising:2026-11-03', 'came again <2026-11-03>, more often than before'],
      ['code:ABCDEF', 'holds code ABC-DEF'],
      ['arrival:4', 'you told their club'],
    ] as const)
      expect(causeWords(cause, w, say)).toBe(words);
  });

  it('a place behind another one leaves the order of the others alone', () => {
    const others = [
      { id: 1 as AutomationId, priority: 25 },
      { id: 2 as AutomationId, priority: 30 },
    ];
    expect(priorityAfter(others, null)).toBeLessThan(25);
    expect(priorityAfter(others, 1)).toBe(27);
    expect(priorityAfter(others, 2)).toBeGreaterThan(30);
  });

  it('a person’s page of why tells what runs by itself, too', async () => {
    draw(<OfPerson customerId={1 as CustomerId} onPick={() => {}} />, {
      ...answers,
      'automations/of-person': () => [
        {
          automationId: id,
          name: 'Birthday',
          kind: 'birthday',
          state: 'on',
          events: [
            {
              cause: 'birthday:2026',
              dueAt: NOW,
              outcome: 'left-out',
              reason: 'no-group',
              campaignId: null,
              againAt: null,
              at: NOW,
            },
          ],
          next: [],
          none: 'told',
        },
      ],
    });
    fireEvent.click(await screen.findByText('Birthday'));
    expect(screen.getByText(new RegExp(w.reasons['no-group'] ?? ''))).toBeDefined();
  });
});
