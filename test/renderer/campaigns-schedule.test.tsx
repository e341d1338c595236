import type { ChannelOutput } from '@contract/index';
import { MissedNote } from '@renderer/screens/campaigns/MissedNote';
import { missedWords } from '@renderer/screens/campaigns/missed-words';
import { boxes, type Chosen, firstChoice, instantIn, TimeBoxes, WhenChoice } from '@renderer/screens/campaigns/WhenChoice';
import { schedule } from '@renderer/strings/schedule';
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { draw } from '../support/render';

const NY = 'America/New_York';
const w = schedule.en;
const year = new Date().getFullYear() + 1;

function Boxes({ start, viaCarrier = false }: { start: Partial<Chosen>; viaCarrier?: boolean }) {
  const [value, setValue] = useState<Chosen>({ ...firstChoice(NY), timed: true, ...start });
  return <TimeBoxes value={value} onChange={(patch) => setValue((v) => ({ ...v, ...patch }))} viaCarrier={viaCarrier} />;
}

const review = (o: Partial<ChannelOutput<'campaigns/review'>>) =>
  ({
    people: 210,
    price: 2_373_000,
    currency: 'USD',
    ceiling: { people: 231, price: 2_620_000 },
    leaving: { now: 210, later: 0, firstAt: null, needReason: 0 },
    ...o,
  }) as ChannelOutput<'campaigns/review'>;

describe('the time in the boxes', () => {
  it('is the shop’s clock, there and back', () => {
    const at = instantIn({ day: `${year}-07-01`, time: '10:30' }, NY)?.at ?? 0;
    expect(new Date(at).toISOString()).toBe(`${year}-07-01T14:30:00.000Z`);
    expect(boxes(at, NY)).toEqual({ day: `${year}-07-01`, time: '10:30' });
    expect(instantIn({ day: '', time: '10:30' }, NY)).toBeNull();
  });

  it('says when a time is over, too soon or too far for Twilio', () => {
    draw(<Boxes start={{ day: '2020-01-02', time: '10:00' }} />);
    expect(screen.getByRole('alert').textContent).toContain(w.problems.past);
  });

  it('says that Twilio keeps texts for five weeks only', () => {
    draw(<Boxes start={{ day: `${year + 1}-01-02`, time: '10:00' }} viaCarrier />);
    expect(screen.getByRole('alert').textContent).toContain('34 days');
  });
});

describe('choosing when', () => {
  it('shows what is approved, and refuses fewer people than there are', () => {
    const onChange = vi.fn();
    const value: Chosen = { ...firstChoice(NY), timed: true };
    draw(<WhenChoice value={value} onChange={onChange} review={review({})} />);
    expect(screen.getByText(/Up to 231 people and \$2\.62/)).toBeDefined();
    fireEvent.change(screen.getByLabelText('At most'), { target: { value: '100' } });
    expect(onChange).toHaveBeenCalledWith({ ceiling: 100 });
  });

  it('offers the first good time when nobody may be texted at the chosen one', () => {
    const onChange = vi.fn();
    const first = instantIn({ day: `${year}-03-02`, time: '10:00' }, NY)?.at ?? 0;
    const value: Chosen = { ...firstChoice(NY), timed: true };
    draw(
      <WhenChoice
        value={value}
        onChange={onChange}
        review={review({ leaving: { now: 0, later: 210, firstAt: first as never, needReason: 0 } })}
      />,
    );
    fireEvent.click(screen.getByRole('button', { name: w.take }));
    expect(onChange).toHaveBeenCalledWith({ day: `${year}-03-02`, time: '10:00' });
  });

  it('tells before Twilio holds it what nobody can stop then', () => {
    const value: Chosen = { ...firstChoice(NY), timed: true, viaCarrier: true };
    draw(<WhenChoice value={value} onChange={() => {}} review={review({})} />);
    for (const line of w.viaCarrierHow) expect(screen.getByText(line)).toBeDefined();
    expect(screen.getByText(/A first 20 get it at/)).toBeDefined();
    expect(screen.queryByLabelText('At most')).toBeNull();
  });
});

describe('why a planned campaign did not leave', () => {
  it('has words for every reason the backend stores', () => {
    const say = (reason: string) => missedWords(w, reason, 'USD', 'en-US');
    expect(say('people:1600/15').body).toBe('1,600 people now, you approved 15.');
    expect(say('price:900000/170000').body).toContain('$0.90');
    for (const r of ['missed', 'words', 'check:sales-behind', 'failed', 'restored', 'anything']) expect(say(r).title).not.toBe('');
  });

  it('stands above the list for every reason: one that got too dear once brought the whole list down', async () => {
    const at = Date.parse('2026-11-17T15:00:00Z');
    const one = (id: number, reason: string) => ({ id, name: `Boots ${id}`, at, reason, skipped: false });
    draw(<MissedNote />, { 'campaigns/missed': [one(1, 'price:9000000/1700000'), one(2, 'people:1600/15'), one(3, 'missed')] as never });
    expect(await screen.findByText(w.missed.price.title)).toBeDefined();
    expect(screen.getByText(w.missed.people.title)).toBeDefined();
    expect(screen.getByText(w.missed.missed.title)).toBeDefined();
  });
});
