import type { CampaignId } from '@domain/kernel';
import { Refusal } from '@renderer/gallery/fake';
import { go } from '@renderer/nav';
import { CampaignScreen } from '@renderer/screens/campaigns/CampaignScreen';
import { CampaignsScreen } from '@renderer/screens/campaigns/CampaignsScreen';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { base, campaign, NOW, review } from '../support/campaign-screens';
import { draw } from '../support/render';

beforeEach(() => go({ screen: 'counter' }));

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
