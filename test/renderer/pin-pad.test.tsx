import { Refusal } from '@renderer/gallery/fake';
import { people, sessionAs } from '@renderer/gallery/sample';
import { PinPad } from '@renderer/screens/session/PinPad';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { draw } from '../support/render';

const pad = (onDone = vi.fn(), onClose = vi.fn()) => <PinPad people={people} hint={null} onDone={onDone} onClose={onClose} />;

it('signs in with the keyboard: person, digits, Enter', async () => {
  const done = vi.fn();
  const bridge = draw(pad(done), {
    'session/unlock': ({ pin }) => (pin === '1234' ? sessionAs('owner') : new Refusal('session.wrong-pin')),
  });
  const user = userEvent.setup();
  await user.keyboard('{Enter}');
  await user.keyboard('12345{Backspace}{Enter}');
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(bridge.calls.at(-1)?.input).toEqual({ staffId: 1, pin: '1234' });
});

it('says a wrong PIN in the chosen person’s language and empties the dots', async () => {
  draw(pad(), { 'session/unlock': () => new Refusal('session.wrong-pin') });
  fireEvent.click(screen.getByText('Luis'));
  for (const d of '9999') fireEvent.click(screen.getByLabelText(`Cifra ${d}`));
  fireEvent.click(screen.getByText('Entrar'));
  await screen.findByText(/El PIN no es correcto/);
  expect(screen.getByLabelText('0 cifras escritas')).toBeTruthy();
});

it('shuts after too many wrong PINs, counts the seconds down, and takes no digits meanwhile', async () => {
  draw(pad(), { 'session/unlock': () => new Refusal('session.too-many-tries', { seconds: 3 }) });
  fireEvent.click(screen.getByText('Dana'));
  for (const d of '0000') fireEvent.click(screen.getByLabelText(`Digit ${d}`));
  fireEvent.click(screen.getByText('Sign in'));
  await screen.findByText(/Try again in 3 s/);
  expect(screen.getByLabelText('Digit 1')).toHaveProperty('disabled', true);
  await screen.findByText(/Try again in 2 s/, undefined, { timeout: 3000 });
});

it('never sends a PIN that is too short', async () => {
  const bridge = draw(pad(), { 'session/unlock': () => new Refusal('session.wrong-pin') });
  const user = userEvent.setup();
  await user.click(screen.getByText('Dana'));
  await user.keyboard('123{Enter}');
  expect(bridge.calls).toEqual([]);
});
