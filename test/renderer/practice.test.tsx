import { useAutoLock } from '@renderer/frame/useAutoLock';
import { ClerkPractice } from '@renderer/screens/practice/ClerkPractice';
import { ANA, CODE, findPretend, isNumber, tryCode } from '@renderer/screens/practice/pretend';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { draw } from '../support/render';

const form = { 'counter/sign-up-form': { wording: { en: { text: 'Yes, text me.', hash: 'h' }, es: { text: 'Sí.', hash: 'i' } } } as never };

describe('the three practice tasks', () => {
  it('are done with the keyboard alone, and only then remembered', async () => {
    const leave = vi.fn();
    const bridge = draw(<ClerkPractice onLeave={leave} />, { ...form, 'staff/practised': { done: true } });
    const user = userEvent.setup();
    await user.type(screen.getByRole('textbox'), '0177{Enter}');
    expect(screen.getByText(/That is Ana Morris/)).toBeTruthy();
    await user.clear(screen.getByRole('textbox'));
    await user.type(screen.getByRole('textbox'), '0123{Enter}');
    await user.keyboard('{Enter}'); // Next has the focus
    await user.type(screen.getByRole('textbox'), 'K7M-4Q9K{Enter}');
    expect(screen.getByText(/One letter or digit is off/)).toBeTruthy();
    await user.clear(screen.getByRole('textbox'));
    await user.type(screen.getByRole('textbox'), 'k7m 4q9j{Enter}');
    expect(screen.getByText(/TEXT10/)).toBeTruthy();
    await user.keyboard('1042{Enter}'); // the receipt box took the focus
    await user.keyboard('{Enter}');
    await user.type(screen.getByLabelText('Your mobile number'), '2125550199');
    const box = screen.getByRole('checkbox') as HTMLInputElement;
    expect(box.checked).toBe(false);
    await user.keyboard('{Enter}');
    expect(screen.getByText(/a member and get no texts/)).toBeTruthy();
    await user.click(box);
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(bridge.calls.some((c) => c.channel === 'staff/practised')).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Go to the counter' }));
    await waitFor(() => expect(leave).toHaveBeenCalled());
    expect(bridge.calls.map((c) => c.channel)).toContain('staff/practised');
    // pretend people never reach the shop
    expect(bridge.calls.map((c) => c.channel).filter((c) => !['staff/practised', 'counter/sign-up-form'].includes(c))).toEqual([]);
  });

  it('finds by digits and letters, and knows her code from a slip', () => {
    expect(findPretend('0123')).toEqual([ANA]);
    expect(findPretend('garcia')).toEqual([ANA]);
    expect(findPretend('ana')).toHaveLength(2);
    expect(findPretend('a')).toEqual([]);
    expect(tryCode(CODE.toLowerCase())).toBe('right');
    expect(tryCode('K7M4Q9K')).toBe('typo');
    expect(isNumber('+1 (212) 555-0199')).toBe(true);
    expect(isNumber('555-0199')).toBe(false);
  });
});

describe('signing out by itself', () => {
  afterEach(() => void vi.useRealTimers());
  const Shown = ({ on }: { on: boolean }) => <p>{useAutoLock(on, 10) ?? 'quiet'}</p>;

  it('counts half a minute down, a touch stays, nobody touching signs out', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
    const bridge = draw(<Shown on />, { 'session/lock': {} as never });
    const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
    pass(9.9 * 60_000);
    expect(screen.getByText('quiet')).toBeTruthy();
    pass(20_000);
    expect(Number(screen.getByText(/^\d+$/).textContent)).toBeLessThanOrEqual(30);
    act(() => void window.dispatchEvent(new Event('pointerdown')));
    pass(1000);
    expect(screen.getByText('quiet')).toBeTruthy();
    pass(10 * 60_000 + 31_000);
    expect(bridge.calls.map((c) => c.channel)).toContain('session/lock');
  });

  it('never when nobody is signed in', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
    const bridge = draw(<Shown on={false} />, {});
    act(() => void vi.advanceTimersByTime(24 * 60 * 60_000));
    expect(bridge.calls).toEqual([]);
  });
});
