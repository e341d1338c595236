import type { AutomationId, Micros } from '@domain/kernel';
import { Refusal } from '@renderer/gallery/fake';
import { currentPlace, startAt } from '@renderer/nav';
import { AutomationScreen } from '@renderer/screens/automations/AutomationScreen';
import { AutomationsScreen } from '@renderer/screens/automations/AutomationsScreen';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answers, due, id, kinds, type One, one, type Quote, quote, row, w } from '../support/automation-screens';
import { NOW } from '../support/campaign-screens';
import { draw } from '../support/render';

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
