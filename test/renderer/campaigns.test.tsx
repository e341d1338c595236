import type { SegmentId } from '@domain/kernel';
import { Refusal } from '@renderer/gallery/fake';
import { go } from '@renderer/nav';
import { CampaignScreen } from '@renderer/screens/campaigns/CampaignScreen';
import { bodyOf, movePart, partsOf, removePart } from '@renderer/screens/campaigns/draft-parts';
import { TextsPanel } from '@renderer/screens/campaigns/TextsPanel';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { base, campaign } from '../support/campaign-screens';
import { draw } from '../support/render';

beforeEach(() => go({ screen: 'counter' }));

describe('writing a campaign', () => {
  it('a new one saves itself, shows real people, and puts fields in', async () => {
    go({ screen: 'campaigns', id: 0 });
    const fake = draw(<CampaignScreen />, base);
    await screen.findByRole('option', { name: 'Everyone · 312 may be texted' });
    fireEvent.change(screen.getByLabelText('Group'), { target: { value: '1' } });
    fireEvent.change(screen.getByLabelText('Text'), { target: { value: '{shop}: new boots' } });
    await waitFor(() => expect(screen.getByTestId('bubble').textContent).toBe('Corner Shoes: new boots'));
    expect(screen.getByText('1 of 312')).toBeTruthy();
    expect(screen.getByText('about $3.53')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Next person'));
    await waitFor(() => expect(screen.getByTestId('bubble').textContent).toBe('second'));
    fireEvent.click(screen.getByRole('button', { name: 'First name' }));
    expect((screen.getByLabelText('Text') as HTMLTextAreaElement).value).toContain('{first name|there}');
    await waitFor(
      () => expect(fake.calls.filter((c) => c.channel === 'campaigns/save').at(-1)?.input).toMatchObject({ fields: { segmentId: 1 } }),
      {
        timeout: 3000,
      },
    );
  });

  it('names what makes a text dear and mends it with one click', async () => {
    go({ screen: 'campaigns', id: 0 });
    draw(<CampaignScreen />, base);
    const box = screen.getByLabelText('Text') as HTMLTextAreaElement;
    fireEvent.change(box, { target: { value: 'Corner Shoes: allá ☕!' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Use plain letters and leave out “☕”' }));
    expect(box.value).toBe('Corner Shoes: alla!');
    expect(screen.queryByText(/leaves room for only 70/)).toBeNull();
  });

  it('says which field it does not know', async () => {
    go({ screen: 'campaigns', id: 7 });
    draw(<CampaignScreen />, {
      ...base,
      'campaigns/get': () => campaign({ body: '{frist name}' }),
      'campaigns/preview': () => new Refusal('campaign.unknown-field', { field: 'frist name' }),
    });
    await screen.findByText(/We do not know the field \{frist name\}/);
  });
});

describe('several groups and wordings', () => {
  it('an idea becomes a group, a name, words in two languages and a word to answer with', async () => {
    go({ screen: 'campaigns', id: 0 });
    const fake = draw(<CampaignScreen />, {
      ...base,
      'segments/names': ({ what, beginning }) =>
        what === 'category' ? ['Shirts', 'Suits'].filter((n) => n.toLowerCase().startsWith(beginning.toLowerCase())) : [],
      'segments/save': () => ({ id: 9 as SegmentId }),
      'inbox/reply-words': () => [],
      'inbox/save-reply-words': () => ({ done: true as const }),
    });
    const idea = await screen.findByRole('button', { name: /Bought this, never that/ });
    await waitFor(() => expect((idea as HTMLButtonElement).disabled).toBe(false));
    fireEvent.click(idea);
    const boxes = await screen.findAllByPlaceholderText('As your till calls it');
    fireEvent.change(boxes[0] as HTMLElement, { target: { value: 'shirts' } });
    fireEvent.change(boxes[1] as HTMLElement, { target: { value: 'SUITS' } });
    fireEvent.click(screen.getByRole('button', { name: 'Make the group and the text' }));
    await waitFor(() => expect(fake.calls.some((c) => c.channel === 'inbox/save-reply-words')).toBe(true));
    expect(fake.calls.find((c) => c.channel === 'segments/save')?.input).toEqual({
      id: null,
      name: 'Bought Shirts, never Suits',
      rule: {
        all: [
          { is: 'bought', what: 'category', name: 'Shirts', days: null, did: true },
          { is: 'bought', what: 'category', name: 'Suits', days: null, did: false },
        ],
      },
    });
    const saved = fake.calls.filter((c) => c.channel === 'campaigns/save').at(-1)?.input as { fields: Record<string, never> };
    expect(saved.fields).toMatchObject({ segmentId: 9, words: [{ part: 1, language: 'es', arm: 'a', links: 'any' }] });
    expect(String(saved.fields['body'])).toContain('you know us for shirts. Did you know we do suits too? Reply MORE');
    expect(fake.calls.find((c) => c.channel === 'inbox/save-reply-words')?.input).toMatchObject({
      words: [{ word: 'MORE' }, { word: 'MAS' }],
    });
  });

  it('a moved group takes its words and wordings along', () => {
    const one = { part: 1, language: 'es', arm: 'a', links: 'any', body: 'uno' } as const;
    const two = { part: 2, language: 'es', arm: 'a', links: 'any', body: 'dos' } as const;
    const { name, holdout, goal, windowDays } = campaign();
    const f = { name, holdout, goal, windowDays, addStopLine: true, segmentId: 1 as SegmentId, body: 'one', offerId: null };
    const three = {
      ...f,
      more: [
        { segmentId: 2 as SegmentId, body: 'two', offerId: null },
        { segmentId: 3 as SegmentId, body: 'three', offerId: null },
      ],
      words: [one, two],
    };
    const moved = { ...three, ...movePart(three, 0, 1) };
    expect(partsOf(moved).map((p) => p.body)).toEqual(['two', 'one', 'three']);
    expect([bodyOf(moved, 0, 'es.a.any'), bodyOf(moved, 1, 'es.a.any'), bodyOf(moved, 2, 'es.a.any')]).toEqual(['dos', 'uno', '']);
    expect(partsOf({ ...moved, ...movePart(moved, 1, -1) })).toEqual(partsOf(three));
    const without = { ...moved, ...removePart(moved, 0) };
    expect(partsOf(without).map((p) => p.body)).toEqual(['one', 'three']);
    expect(without.words).toEqual([one]);
    expect(removePart(f, 0)).toEqual({});
  });

  it('a draft opened again is what was stored last, not what was seen before', async () => {
    let body = '{shop}: first words';
    go({ screen: 'campaigns', id: 7 });
    draw(<CampaignScreen />, { ...base, 'campaigns/get': ({ id }) => campaign({ id, body: id === 7 ? body : '{shop}: another' }) });
    expect(((await screen.findByLabelText('Text')) as HTMLTextAreaElement).value).toBe('{shop}: first words');
    act(() => go({ screen: 'campaigns', id: 8 }));
    await screen.findByDisplayValue('{shop}: another');
    body = '{shop}: later words';
    act(() => go({ screen: 'campaigns', id: 7 }));
    expect(((await screen.findByLabelText('Text')) as HTMLTextAreaElement).value).toBe('{shop}: later words');
  });

  it('says what is written plainly and what keeping it costs, and keeps it when asked', async () => {
    go({ screen: 'campaigns', id: 7 });
    const fake = draw(<CampaignScreen />, { ...base, 'campaigns/get': () => campaign({ body: `{shop}: “boots” ${'a'.repeat(80)}` }) });
    await screen.findByText(/takes 2 parts instead of 1 part: about \$3\.53 more for this group/);
    fireEvent.click(screen.getByRole('button', { name: 'Keep it as I typed it' }));
    await screen.findByText('Sent as you typed it');
    await waitFor(
      () => expect(fake.calls.filter((c) => c.channel === 'campaigns/save').at(-1)?.input).toMatchObject({ fields: { keepTyped: true } }),
      { timeout: 3000 },
    );
  });
});

describe('what a campaign says', () => {
  it('is shown of every group and in every wording, not of the first alone', async () => {
    const more = [{ name: '', segmentId: 1 as SegmentId, body: '{shop}: boots are in', offerId: null }];
    const words = [{ part: 2, language: 'es' as const, arm: 'a' as const, links: 'any' as const, body: '{shop}: llegaron las botas' }];
    draw(<TextsPanel campaign={campaign({ partName: 'Regulars', more, words })} />, base);
    expect(screen.getByText('{shop}: Hi {first name|there}')).toBeTruthy();
    expect(screen.getByText('{shop}: boots are in')).toBeTruthy();
    expect(screen.getByText('{shop}: llegaron las botas')).toBeTruthy();
    expect(screen.getByText('1. Regulars')).toBeTruthy();
    await screen.findByText('2. Everyone');
  });
});
