import type { ChannelOutput } from '@contract/index';
import { ALL_TERMS } from '@domain/automations/terms';
import type { AutomationId, CampaignId, CustomerId, Micros, UtcMs } from '@domain/kernel';
import { Refusal } from '@renderer/gallery/fake';
import { currentPlace, startAt } from '@renderer/nav';
import { AutomationScreen } from '@renderer/screens/automations/AutomationScreen';
import { AutomationsScreen } from '@renderer/screens/automations/AutomationsScreen';
import { priorityAfter } from '@renderer/screens/automations/RulesPanel';
import { causeWords } from '@renderer/screens/automations/say';
import { OfPerson } from '@renderer/screens/why/OfPerson';
import { automations as catalogue } from '@renderer/strings/automations';
import { useToasts } from '@renderer/ui/toast';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { base, NOW } from '../support/campaign-screens';
import { draw } from '../support/render';

type One = ChannelOutput<'automations/one'>;
type Row = ChannelOutput<'automations/list'>['rows'][number];
type Quote = ChannelOutput<'automations/quote'>;
const w = catalogue.en;
const id = 3 as AutomationId;

const row = (o: Partial<Row> = {}): Row => ({
  id,
  kind: 'birthday',
  name: 'Birthday',
  state: 'off',
  stopped: null,
  terms: { ...ALL_TERMS, daysBefore: 7, goodFor: 2 },
  uses: ['daysBefore', 'goodFor'],
  missing: null,
  offered: true,
  promised: false,
  absence: false,
  service: false,
  patternId: 40 as CampaignId,
  onSince: null,
  waitDays: 0,
  atMinute: 660,
  mostPerDay: null,
  stops: { came: false, replied: false, redeemed: false, bought: null, textedDays: null },
  priority: 30,
  today: 0,
  next30: 0,
  texts: 0,
  heldOut: 0,
  leftOut: 0,
  came: 0,
  waitsForSales: false,
  counting: false,
  updatedAt: NOW,
  ...o,
});
const one = (o: Partial<One> = {}): One => ({
  ...row(),
  pattern: {
    name: 'Birthday',
    segmentId: null,
    body: '{shop}: Hi {first name|there}, a present waits. Reply GIFT.',
    offerId: null,
    addStopLine: true,
    holdout: 'auto',
    goal: { kind: 'none', target: null },
    windowDays: 14,
    topic: 'offers',
    dayReason: '',
    partName: '',
    more: [],
    words: [{ part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: Hola, un regalo. Responde REGALO.' }],
    keepTyped: false,
    channels: 'sms',
    mails: [],
  },
  ...o,
});
const due = (n: number, firstName: string, reason: string | null = null): ChannelOutput<'automations/today'>['rows'][number] => ({
  customerId: n as CustomerId,
  firstName,
  lastName: 'Gomez',
  company: '',
  cause: 'birthday:2026',
  dueAt: (Date.now() - 86_400_000) as UtcMs,
  until: (Date.now() + 86_400_000) as UtcMs,
  reason,
  facts: { birthday: '--11-20', lastVisitAt: null, firstVisitAt: null, usualDays: null, visits: 2 },
});
const quote = (o: Partial<Quote> = {}): Quote => ({
  inside: {
    people: 3,
    reachable: 2,
    held: 0,
    excluded: [{ reason: 'month-used', count: 1 }],
    rows: [due(1, 'Ana'), due(2, 'Ben', 'month-used'), due(3, 'Cleo')],
  },
  month: { people: 44, reachable: 41, held: 0, excluded: [{ reason: 'stopped', count: 3 }], rows: [] },
  texts: 41,
  segments: 41,
  price: 463_300 as Micros,
  perSegment: 11_300 as Micros,
  currency: 'USD',
  holdoutPercent: 20,
  checks: [],
  missing: null,
  quoteToken: 'q-1',
  ...o,
});
const today = { rows: [due(1, 'Ana'), due(2, 'Bea'), due(3, 'Cleo', 'month-used')], total: 3 };
const kinds: ChannelOutput<'automations/list'>['kinds'] = (['welcome-sign-up', 'late', 'birthday', 'review'] as const).map((kind) => ({
  kind,
  offered: true,
  terms: ALL_TERMS,
  uses: [],
  waitDays: 0,
  promised: false,
  absence: false,
  service: false,
}));
const answers = {
  ...base,
  'automations/list': () => ({ rows: [row()], kinds }),
  'automations/one': () => one(),
  'automations/today': () => today,
  'automations/quote': () => quote(),
  'automations/switch-on': { done: true as const },
  'automations/save': { done: true as const },
  'kit/topics': () => [],
  'inbox/reply-words': () => [],
  'taps/source': () => null,
};

describe('the list', () => {
  it('says by what they are for whether they run, whose day it is, and what they wait for', async () => {
    draw(<AutomationsScreen />, {
      ...answers,
      'automations/list': () => ({
        kinds,
        rows: [
          row({ state: 'on', today: 7, texts: 41, leftOut: 5, came: 12 }),
          row({ id: 4 as AutomationId, kind: 'late', name: 'Later than usual', state: 'on', absence: true, waitsForSales: true }),
          row({ id: 5 as AutomationId, kind: 'bought-not', name: 'Ties', missing: 'notName' }),
        ],
      }),
    });
    const days = await screen.findByRole('region', { name: w.purposes.days });
    expect(within(days).getByText('7 people')).toBeDefined();
    expect(within(days).getByText('41 texts')).toBeDefined();
    expect(within(days).getByText('12 came in, 5 left out')).toBeDefined();
    expect(within(days).getByText('7 days before their birthday')).toBeDefined();
    const away = screen.getByRole('region', { name: w.purposes.away });
    expect(within(away).getByText(w.waits.sales)).toBeDefined();
    expect(within(away).getByText('Still to say: what was not bought')).toBeDefined();
    expect((screen.getByRole('switch', { name: w.toggle('Ties') }) as HTMLInputElement).checked).toBe(false);
    // of the three to begin with only what is not there yet is offered
    expect(screen.queryByRole('button', { name: w.first.look('Birthday') })).toBeNull();
    expect(screen.getByRole('button', { name: w.first.look('Welcome') })).toBeDefined();
  });

  it('a shop without any reads what they are for, and makes one switched off with words in both languages', async () => {
    const b = draw(<AutomationsScreen />, {
      ...answers,
      'automations/list': () => ({ rows: [], kinds }),
      'automations/make': () => ({ id }),
      'inbox/save-reply-words': [] as never,
    });
    expect(await screen.findByText(w.empty.title)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: w.first.look('Birthday') }));
    await waitFor(() => expect(currentPlace()).toEqual({ screen: 'automations', id }));
    const made = b.calls.find((c) => c.channel === 'automations/make')?.input as { kind: string; pattern: One['pattern'] };
    expect(made.kind).toBe('birthday');
    expect(made.pattern.body).toContain('Reply GIFT');
    expect(made.pattern.words[0]).toMatchObject({ language: 'es', body: expect.stringContaining('Responde REGALO') });
    expect(b.calls.find((c) => c.channel === 'inbox/save-reply-words')?.input).toMatchObject({
      campaignId: 40,
      words: [{ word: 'GIFT' }, { word: 'REGALO' }],
    });
    expect(b.calls.some((c) => c.channel === 'automations/switch-on')).toBe(false);
  });

  it('says what went wrong, and that everything can be tried again', async () => {
    draw(<AutomationsScreen />, { ...answers, 'automations/list': () => new Refusal('automation.not-found') });
    expect(await screen.findByRole('alert')).toBeDefined();
  });
});

describe('switching on', () => {
  const open = async (o: Partial<Quote> = {}) => {
    const b = draw(<AutomationsScreen />, { ...answers, 'automations/quote': () => quote(o) });
    fireEvent.click(await screen.findByRole('switch', { name: w.toggle('Birthday') }));
    const dialog = await screen.findByRole('dialog');
    return { b, dialog };
  };

  it('tells before who is inside by name, how many a month, and what they cost; those inside stay out unless asked for', async () => {
    const { b, dialog } = await open();
    expect(await within(dialog).findByText('About 41 people a month')).toBeDefined();
    expect(within(dialog).getByText(/about 41 texts, \$0\.47 a month/)).toBeDefined();
    expect(within(dialog).getByText(/asked to stop.*\(3\)/)).toBeDefined();
    expect(within(dialog).getByText(w.sheet.inside('3', false))).toBeDefined();
    expect(await within(dialog).findByText('Ana Gomez')).toBeDefined();
    expect(within(dialog).getByText('Cleo Gomez')).toBeDefined();
    expect(within(dialog).getByText(w.sheet.holdout(20), { exact: false })).toBeDefined();
    fireEvent.click(within(dialog).getByRole('button', { name: w.sheet.confirm }));
    await waitFor(() =>
      expect(b.calls.find((c) => c.channel === 'automations/switch-on')?.input).toEqual({ id, quoteToken: 'q-1', inside: false }),
    );
  });

  it('“also those” is a choice of its own, and the button says how many that are', async () => {
    const { b, dialog } = await open();
    fireEvent.click(await within(dialog).findByRole('radio', { name: w.sheet.also('2', false) }));
    fireEvent.click(within(dialog).getByRole('button', { name: w.sheet.confirmAlso('2', false) }));
    await waitFor(() => expect(b.calls.find((c) => c.channel === 'automations/switch-on')?.input).toMatchObject({ inside: true }));
  });

  it('nobody may be texted yet: it says so and can be switched on all the same', async () => {
    const none = { people: 0, reachable: 0, held: 0, excluded: [], rows: [] };
    const { dialog } = await open({ inside: none, month: none, texts: 0, segments: 0, price: 0 as Micros });
    expect(await within(dialog).findByText(w.sheet.monthNone)).toBeDefined();
    expect(within(dialog).getByText(w.sheet.insideNone)).toBeDefined();
    expect((within(dialog).getByRole('button', { name: w.sheet.confirm }) as HTMLButtonElement).disabled).toBe(false);
  });

  it('what stands in the way is named, and the button waits for it', async () => {
    const { dialog } = await open({ quoteToken: null, checks: [{ code: 'who-speaks', level: 'stop' }] });
    expect(await within(dialog).findByText(w.sheet.stop)).toBeDefined();
    expect((within(dialog).getByRole('button', { name: w.sheet.confirm }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(within(dialog).getByRole('button', { name: w.sheet.mend }));
    expect(currentPlace()).toEqual({ screen: 'automations', id, part: 'edit' });
  });
});

describe('one automation', () => {
  const show = (o: Partial<One>, more: object = {}, part?: 'edit' | 'today' | 'people' | 'results') => {
    startAt(part === undefined ? { screen: 'automations', id } : { screen: 'automations', id, part });
    return draw(<AutomationScreen />, { ...answers, 'automations/one': () => one(o), ...more });
  };

  it('is drawn as a path with the words, and says who is due and why', async () => {
    show({ state: 'on', stops: { came: false, replied: true, redeemed: false, bought: null, textedDays: null } });
    const path = await screen.findByRole('region', { name: w.path.title });
    expect(within(path).getByText('7 days before their birthday')).toBeDefined();
    expect(within(path).getByText(w.path.waitNone('11:00 am'))).toBeDefined();
    expect(within(path).getByText(/Hi Maria, a present waits/)).toBeDefined();
    expect(within(path).getByText(w.path.stops.replied)).toBeDefined();
    const list = await screen.findByRole('region', { name: w.now.title('3', false) });
    expect(within(list).getAllByText(/birthday .*20/i)).toHaveLength(3);
    expect(within(list).getByText('had all the texts promised this month')).toBeDefined();
  });

  it('stopped by itself: why, and one press that lets it go on', async () => {
    const b = show({ state: 'paused', stopped: 'words' }, { 'automations/resume': { done: true } });
    expect(await screen.findByText(w.notes.words)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: w.one.resume }));
    await waitFor(() => expect(b.calls.some((c) => c.channel === 'automations/resume')).toBe(true));
  });

  it('last month is played when asked for', async () => {
    show(
      {},
      {
        'automations/dry-run': {
          from: '2026-10-01',
          to: '2026-10-31',
          people: 44,
          heldOut: 2,
          leftOut: [{ reason: 'no-group', count: 1 }],
          texts: 41,
          segments: 41,
          price: 463_300,
          currency: 'USD',
          days: [{ day: '2026-10-07', texts: 41 }],
          examples: [{ customerId: 1, name: 'Ana Gomez', cause: 'birthday:2026', at: NOW }],
        },
      },
    );
    fireEvent.click(await screen.findByRole('button', { name: w.dry.run }));
    expect(await screen.findByText(/would have sent 41 texts/)).toBeDefined();
    expect(screen.getByText(/in none of its groups \(1\), to compare, by lot \(2\)/)).toBeDefined();
    expect(screen.getAllByRole('button', { name: /Ana Gomez/ }).length).toBeGreaterThan(1);
  });

  it('results: too early is said as such, a range with its ends on either side of nothing as not settled', async () => {
    const total = {
      texted: 200,
      delivered: 190,
      came: 60,
      redeemed: 0,
      stops: 1,
      direct: 0,
      influenced: 120_00,
      cost: 2_260_000,
      currency: 'USD',
    };
    const month = {
      id: 50,
      name: 'Birthday',
      startedAt: NOW,
      window: { state: 'closed', endsOn: '2026-10-30', coveredThrough: null },
      ...total,
      verdict: null,
      goal: null,
      month: '2026-10',
      heldOut: 40,
    };
    const results = { counting: 0, months: [month], verdict: 'too-early', reason: 'unknown', closed: 1, total, kept: null, pooled: null };
    show({ state: 'on' }, { 'automations/results': results }, 'results');
    expect(await screen.findByText(w.results.verdicts['too-early'])).toBeDefined();
    cleanup();
    const pooled = { months: 2, texted: 200, heldOut: 40, effect: { estimate: 0.05, low: -0.02, high: 0.12 } };
    show({ state: 'on' }, { 'automations/results': { ...results, pooled } }, 'results');
    expect(await screen.findByText(w.results.effectUnclear('2', '12'))).toBeDefined();
    cleanup();
    const said = { verdict: 'off', reason: 'leaving', kept: { times: 12, discount: 48_00 } };
    show({ state: 'on' }, { 'automations/results': { ...results, ...said } }, 'results');
    expect(await screen.findByRole('region', { name: w.results.verdicts.off })).toBeDefined();
    expect(screen.getByText(/surely more than 4 of every 100/)).toBeDefined();
    expect(screen.getByText(w.results.kept('12', false, '$48'))).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: w.results.off }));
    expect(await screen.findByRole('dialog')).toBeDefined();
  });

  it('a press on the list of everybody tells why', async () => {
    show(
      { state: 'on' },
      {
        'automations/people': () => ({
          total: 1,
          rows: [
            {
              ...due(1, 'Ana'),
              phone: null,
              outcome: 'left-out',
              reason: 'did-came',
              campaignId: null,
              againAt: null,
              at: NOW,
            },
          ],
        }),
        'automations/why': () => ({
          who: 'Ana Gomez',
          automationId: id,
          name: 'Birthday',
          kind: 'birthday',
          state: 'on',
          events: [],
          next: [],
          none: 'told',
        }),
      },
      'people',
    );
    fireEvent.click(await screen.findByText('Ana Gomez'));
    expect(await screen.findByText(w.why.none.told)).toBeDefined();
    expect(screen.getAllByText(w.reasons['did-came'] ?? '').length).toBeGreaterThan(0);
  });
});

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
