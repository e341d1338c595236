import { probeSample, sampleAnswers, settingsSample } from '@renderer/gallery/sample';
import { startAt } from '@renderer/nav';
import { OnboardingScreen } from '@renderer/screens/onboarding/OnboardingScreen';
import { ConnectTwilio } from '@renderer/screens/settings/ConnectTwilio';
import { RecoveryCode } from '@renderer/screens/settings/RecoveryCode';
import { SettingsScreen } from '@renderer/screens/settings/SettingsScreen';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { draw } from '../support/render';

afterEach(() => startAt({ screen: 'counter' }));

it('connects Twilio only after the trap of lost replies is mended', async () => {
  const done = vi.fn();
  const bridge = draw(<ConnectTwilio onDone={done} />, sampleAnswers());
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Account SID'), `AC${'a'.repeat(32)}`);
  await user.type(screen.getByLabelText('API key SID'), 'wrong');
  await user.type(screen.getByLabelText('API key secret'), 'secret-secret');
  await user.click(screen.getByText('Check this key'));
  expect(screen.getByText(/Starts with SK/)).toBeTruthy();
  expect(bridge.calls).toEqual([]);
  await user.clear(screen.getByLabelText('API key SID'));
  await user.type(screen.getByLabelText('API key SID'), `SK${'b'.repeat(32)}`);
  await user.click(screen.getByText('Check this key'));
  await screen.findByText('Send and read texts');
  await user.click(screen.getByText('Shop texts'));
  const connect = screen.getByRole('button', { name: 'Connect and use this sender' });
  expect(connect).toHaveProperty('disabled', true);
  await user.click(screen.getByText('Fix it'));
  await screen.findByText('Fixed: replies are kept.');
  await user.click(connect);
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(bridge.calls.at(-1)?.input).toMatchObject({ sender: { kind: 'service', sid: probeSample.services[0]?.sid } });
});

it('goes on only when the last group of the recovery code was typed back', async () => {
  const kept = vi.fn();
  draw(<RecoveryCode code="K7M4-Q9XR-2F8C-HJ3V-TN6P-W5ZD" onKept={kept} keptLabel="Go on" />);
  const user = userEvent.setup();
  await user.type(screen.getByLabelText(/type the last group/), 'K7M4');
  expect(screen.getByText('That is not the last group of the code.')).toBeTruthy();
  await user.clear(screen.getByLabelText(/type the last group/));
  await user.type(screen.getByLabelText(/type the last group/), ' w5zd{Enter}');
  expect(kept).toHaveBeenCalledOnce();
});

it('saves the shop, and only after something changed', async () => {
  startAt({ screen: 'settings', section: 'shop' });
  const bridge = draw(<SettingsScreen />, sampleAnswers());
  const name = await screen.findByLabelText('Shop name');
  const save = screen.getByRole('button', { name: 'Save changes' });
  expect(save).toHaveProperty('disabled', true);
  fireEvent.change(name, { target: { value: 'Corner Boots' } });
  fireEvent.click(save);
  await waitFor(() => expect(bridge.calls.at(-1)?.channel).toBe('settings/save-shop'));
  expect(bridge.calls.at(-1)?.input).toMatchObject({ name: 'Corner Boots', country: 'US' });
});

it('will not widen the hours for texts beyond the law’s courtesy', async () => {
  startAt({ screen: 'settings', section: 'courtesy' });
  draw(<SettingsScreen />, sampleAnswers());
  fireEvent.change(await screen.findByLabelText('Sunday, To'), { target: { value: '21:30' } });
  expect(screen.getByText(/Between 9 am and 8 pm, and/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save changes' })).toHaveProperty('disabled', true);
});

it('says what bringing back a backup does before it does it', async () => {
  startAt({ screen: 'settings', section: 'backups' });
  const bridge = draw(<SettingsScreen />, sampleAnswers());
  fireEvent.click((await screen.findAllByRole('button', { name: 'Bring back' }))[0] as HTMLElement);
  await screen.findByText(/Every STOP, sign-up and redemption since then is put back/);
  expect(bridge.calls.some((c) => c.channel === 'backups/restore')).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Bring back this backup' }));
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'backups/restore')).toBe(true));
});

it('first start: shop, PIN and the plain words at the end', async () => {
  const fresh = { ...settingsSample, shop: { ...settingsSample.shop, name: '' }, onboarding: { finishedAt: null, step: 'shop' as const } };
  const bridge = draw(<OnboardingScreen />, {
    ...sampleAnswers(),
    'settings/get': fresh,
    'settings/staff': [],
    'customers/counts': { any: 3912, in: 0, pending: 0, out: 0, none: 3912, 'no-phone': 0 },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Go on' }));
  expect(screen.getByText('Your shop needs a name.')).toBeTruthy();
  await user.type(screen.getByLabelText('Shop name'), 'Corner Shoes');
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  await user.type(await screen.findByLabelText('Your name'), 'Dana');
  await user.type(screen.getByLabelText('PIN, 4 to 8 digits'), '2468');
  await user.type(screen.getByLabelText('The same once more'), '2468');
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  await user.click(await screen.findByRole('button', { name: 'Show my code' }));
  await user.type(await screen.findByLabelText(/type the last group/), 'W5ZD{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Later' }));
  await screen.findByText('How do you want to send texts?');
  // The sample account is connected already.
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  await screen.findByText('Bring in your customers');
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  await screen.findByText('3,912 people, 0 may be texted yet.');
  await user.click(screen.getByRole('button', { name: 'Open my shop' }));
  await waitFor(() => expect(bridge.calls.at(-1)).toEqual({ channel: 'settings/onboarding-step', input: { step: 'done' } }));
});
