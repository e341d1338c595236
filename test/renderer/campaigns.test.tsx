import type { ChannelInput, ChannelOutput } from '@contract/index';
import type { CampaignId, Micros, PhoneE164, SegmentId, UtcMs } from '@domain/kernel';
import { Refusal } from '@renderer/gallery/fake';
import { sessionAs } from '@renderer/gallery/sample';
import { go } from '@renderer/nav';
import { CampaignScreen } from '@renderer/screens/campaigns/CampaignScreen';
import { CampaignsScreen } from '@renderer/screens/campaigns/CampaignsScreen';
import { bodyOf, movePart, partsOf, removePart } from '@renderer/screens/campaigns/draft-parts';
import { TextsPanel } from '@renderer/screens/campaigns/TextsPanel';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
type Campaign = ChannelOutput<'campaigns/get'>;
const campaign = (o: Partial<Campaign> = {}): Campaign => ({
  id: 7 as CampaignId,
  name: 'Boots week',
  segmentId: 1 as SegmentId,
  body: '{shop}: Hi {first name|there}',
  offerId: null,
  addStopLine: true,
  holdout: 'auto',
  goal: { kind: 'none', target: null },
  windowDays: 14,
  topic: 'offers',
  dayReason: '',
  partName: '',
  more: [],
  words: [],
  spreadDays: 1,
  localHour: null,
  keepTyped: false,
  parentId: null,
  state: 'draft',
  holdoutPercent: null,
  segmentName: 'Everyone',
  offerName: null,
  pauseReason: null,
  quoteToken: null,
  createdAt: NOW,
  updatedAt: NOW,
  startedAt: null,
  finishedAt: null,
  windowEndsAt: null,
  scheduledAt: null,
  latePolicy: 'ask',
  ceilingPeople: null,
  ceilingPrice: null,
  viaCarrier: false,
  texts: 0,
  left: 0,
  delivered: 0,
  open: 0,
  heldOut: 0,
  excluded: 0,
  redeemed: 0,
  replied: 0,
  pathWaits: false,
  ...o,
});
const group = {
  id: 1 as SegmentId,
  name: 'Everyone',
  rule: { all: [] },
  readyMade: 'everyone',
  sentence: 'Everyone in your list.',
  count: 400,
  permitted: 312,
  updatedAt: 1,
  fixedAt: null,
  fixedCount: null,
  fixedFrom: '',
};
const review = (o: Partial<ChannelOutput<'campaigns/review'>> = {}): ChannelOutput<'campaigns/review'> => ({
  sentence: 'Everyone in your list.',
  group: 400,
  people: 312,
  heldOut: 78,
  holdoutPercent: 20,
  holdoutWhy: 'usual',
  excluded: [{ reason: 'stopped', count: 10 }],
  variants: [{ encoding: 'GSM-7', segments: 1, people: 312 }],
  segments: 312,
  price: 3_525_600 as Micros,
  perSegment: 11_300 as Micros,
  currency: 'USD',
  longest: { text: 'Corner Shoes: Hi Maximiliana', encoding: 'GSM-7', segments: 1 },
  missing: [],
  checks: [],
  parts: [],
  begins: NOW,
  leaves: { days: [], zones: [], dailyShare: null, lastAt: null, asPlanned: 312, never: 0 },
  leaving: { now: 300, later: 12, firstAt: (NOW + 7_200_000) as UtcMs, needReason: 0 },
  lasts: 390_000,
  finish: null,
  money: { spent: 0 as Micros, queued: 0 as Micros, limit: null },
  offerEndsAt: null,
  windowDays: 14,
  quoteToken: 'quote-1',
  ceiling: { people: 344, price: 3_890_000 as Micros },
  ...o,
});
const previewRow = (text: string) => ({
  customerId: 3 as never,
  name: 'Maximiliana Gomez',
  phone: '+12125550103' as PhoneE164,
  text,
  encoding: 'GSM-7' as const,
  segments: 1,
  units: text.length,
  unicode: [],
  changes: [],
  missing: [],
});
const preview = (input: ChannelInput<'campaigns/preview'>): ChannelOutput<'campaigns/preview'> => ({
  people: 312,
  rows: [previewRow(input.body.replace('{shop}', 'Corner Shoes')), previewRow('second')],
  wordings: [{ words: 'en.a.any' as const, people: 312, most: 1 }],
  segments: 312,
  price: 3_525_600 as Micros,
  perSegment: 11_300 as Micros,
  currency: 'USD',
  estimated: false,
  most: 1,
});
const base = {
  'session/state': () => sessionAs('owner'),
  'segments/list': () => [group],
  'offers/list': () => [],
  'campaigns/preview': preview,
  'campaigns/save': () => ({ id: 7 as CampaignId }),
};

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

describe('checking and sending', () => {
  const open = async (over: Parameters<typeof draw>[1]) => {
    go({ screen: 'campaigns', id: 7 });
    const fake = draw(<CampaignScreen />, { ...base, 'campaigns/get': () => campaign(), 'campaigns/review': () => review(), ...over });
    fireEvent.click(await screen.findByRole('button', { name: 'Check and send' }));
    await screen.findByText('Before you send');
    return fake;
  };
  const press = (name: RegExp) => {
    const b = screen.getByRole('button', { name });
    fireEvent.click(b); // assistive technology presses twice
    fireEvent.click(b);
  };

  it('says who gets it, who does not and why, what it costs and when it leaves', async () => {
    const asked: unknown[] = [];
    await open({
      'campaigns/people': (input) => {
        asked.push(input);
        return { rows: [], total: 0 };
      },
    });
    expect(screen.getByText('312 people get this text')).toBeTruthy();
    expect(screen.getByText('78 people are left out on purpose')).toBeTruthy();
    expect(screen.getByText('300 people now')).toBeTruthy();
    expect(screen.getByText(/12 people from Tue 17 Nov, 1:00 pm/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /10\s*asked to stop/ }));
    await waitFor(() => expect(asked[0]).toMatchObject({ id: 7, view: 'excluded', reason: 'stopped' }));
  });

  it('lists the people of the hour that is reviewed, not those of now', async () => {
    const reviewed: unknown[] = [];
    const listed: unknown[] = [];
    await open({
      'campaigns/review': (input) => {
        reviewed.push(input.at ?? null);
        return review();
      },
      'campaigns/people': (input) => {
        listed.push(input.at ?? null);
        return { rows: [], total: 0 };
      },
    });
    fireEvent.click(screen.getByRole('radio', { name: 'At a time' }));
    await waitFor(() => expect(reviewed.at(-1)).not.toBeNull());
    await screen.findByText(/people at that time/);
    fireEvent.click(screen.getAllByRole('button', { name: 'See who' })[0] as HTMLElement);
    await waitFor(() => expect(listed.length).toBeGreaterThan(0));
    expect(listed).toEqual([reviewed.at(-1)]);
  });

  it('says of everybody where they are, also of the few in places too many to name', async () => {
    const zones = ['New_York', 'Chicago', 'Denver', 'Los_Angeles', 'Anchorage', 'Phoenix'].map((z, i) => ({
      zones: [`America/${z}` as never],
      people: 200 - 30 * i,
      from: NOW,
      to: NOW,
    }));
    const people = zones.reduce((sum, z) => sum + z.people, 0);
    await open({
      'campaigns/review': () => review({ people, leaves: { days: [], zones, dailyShare: null, lastAt: NOW, asPlanned: people, never: 0 } }),
    });
    const said = screen.getAllByRole('listitem').map((l) => l.textContent ?? '');
    const counts = said.flatMap((t) => /^(?:[A-Z][\w ]* Time|Elsewhere)\b.*?: ([\d,]+) people/.exec(t)?.[1] ?? []);
    expect(counts.reduce((sum, n) => sum + Number(n.replaceAll(',', '')), 0)).toBe(people);
    expect(said.some((t) => t.startsWith('Elsewhere'))).toBe(true);
  });

  it('sends with the quote it showed', async () => {
    const fake = await open({ 'campaigns/start': () => ({ taskId: 't1' as never }) });
    press(/Text 312 people · about \$3\.53/);
    await waitFor(() => expect(fake.calls.find((c) => c.channel === 'campaigns/start')?.input).toEqual({ id: 7, quoteToken: 'quote-1' }));
  });

  it('asks for the number above 500 people', async () => {
    await open({ 'campaigns/review': () => review({ people: 1218 }) });
    const hold = screen.getByRole('button', { name: /Text 1,218 people/ }) as HTMLButtonElement;
    expect(hold.disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('Type 1,218 to send'), { target: { value: '1218' } });
    expect(hold.disabled).toBe(false);
  });

  it('counts again when something changed meanwhile, and says what', async () => {
    let n = 0;
    await open({
      'campaigns/review': () => review({ people: n++ === 0 ? 312 : 313 }),
      'campaigns/start': () => new Refusal('campaign.quote-outdated', { why: 'people' }),
    });
    press(/Text 312 people/);
    await screen.findByText(/New people came into the group/);
    await screen.findByText('313 people get this text');
  });

  it('restricted days stay closed until the owner typed why, and the reason is kept with the campaign before it is counted again', async () => {
    const kept: string[] = [];
    const fake = await open({
      'campaigns/save': (input) => {
        kept.push(String(input.fields.dayReason));
        return { id: 7 as CampaignId };
      },
      'campaigns/review': () => review({ leaving: { now: 300, later: 12, firstAt: NOW, needReason: 12 } }),
    });
    const button = screen.getByRole('button', { name: 'Text them today as well' }) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    const before = fake.calls.filter((c) => c.channel === 'campaigns/review').length;
    fireEvent.change(screen.getByLabelText('Your reason'), { target: { value: 'They asked for the Sunday market' } });
    fireEvent.click(button);
    await screen.findByText(/Your reason: They asked for the Sunday market/);
    await waitFor(() => expect(fake.calls.filter((c) => c.channel === 'campaigns/review').length).toBe(before + 1));
    expect(kept).toEqual(['They asked for the Sunday market']);
    fireEvent.click(screen.getByRole('button', { name: 'Let them wait instead' }));
    await waitFor(() => expect(kept.at(-1)).toBe(''));
  });

  it('one press on a finding mends the words and counts again', async () => {
    let n = 0;
    const kept: string[] = [];
    await open({
      'campaigns/get': () => campaign({ body: '{shop}: new boots!!!' }),
      'campaigns/review': () => review(n++ === 0 ? { checks: [{ code: 'loud-signs', level: 'warn', found: '!!!' }] } : {}),
      'campaigns/save': (input) => {
        kept.push(input.fields.body);
        return { id: 7 as CampaignId };
      },
    });
    expect(screen.getByText(/Found: “!!!”/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Calm the signs down' }));
    await screen.findByText('Nothing to mend.');
    expect(kept.at(-1)).toBe('{shop}: new boots!');
  });

  it('has no send button while something stops it', async () => {
    await open({ 'campaigns/review': () => review({ quoteToken: null, checks: [{ code: 'who-speaks', level: 'stop' }] }) });
    expect(screen.getByText('The text does not say who it is from')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Text / })).toBeNull();
  });
});

describe('after sending', () => {
  it('an interrupted start can be finished with the same quote', async () => {
    go({ screen: 'campaigns', id: 7 });
    const fake = draw(<CampaignScreen />, {
      ...base,
      'campaigns/get': () => campaign({ state: 'staging', startedAt: NOW, quoteToken: 'quote-1' }),
      'campaigns/division': () => ({ text: 100, control: 0, excluded: [], dropOuts: 0, parts: [] }),
      'tasks/list': () => [],
      'campaigns/start': () => ({ taskId: 't2' as never }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Finish and send' }));
    await waitFor(() => expect(fake.calls.find((c) => c.channel === 'campaigns/start')?.input).toEqual({ id: 7, quoteToken: 'quote-1' }));
  });

  it('the list shows states and shares', async () => {
    draw(<CampaignsScreen />, {
      ...base,
      'campaigns/list': () => ({
        total: 1,
        rows: [
          campaign({
            state: 'finished',
            startedAt: NOW,
            offerId: 1 as never,
            offerName: '20 % off',
            left: 200,
            delivered: 190,
            redeemed: 19,
          }),
        ],
      }),
    });
    const row = (await screen.findByText('Boots week')).closest('tr') as HTMLElement;
    expect(within(row).getByText('Sent')).toBeTruthy();
    expect(within(row).getByText('95%')).toBeTruthy();
    expect(within(row).getByText('10%')).toBeTruthy();
  });
});
