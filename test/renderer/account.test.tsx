import { accountSample, statementSample } from '@renderer/gallery/account-sample';
import { sampleAnswers } from '@renderer/gallery/sample';
import { currentPlace, startAt } from '@renderer/nav';
import { AccountScreen } from '@renderer/screens/account/AccountScreen';
import { ConnectTwilio } from '@renderer/screens/settings/ConnectTwilio';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { draw } from '../support/render';

afterEach(() => startAt({ screen: 'counter' }));
const answers = (over: object = {}) => ({ ...sampleAnswers(), ...over });

it('says what needs the owner, worst first, and mends what can be mended here', async () => {
  startAt({ screen: 'account' });
  const bridge = draw(<AccountScreen />, answers());
  const titles = (
    await screen.findAllByText(/Replies would be lost|The balance will not reach the end|Your number is in no messaging service/)
  ).map((e) => e.textContent);
  expect(titles.map((t) => t?.split(' ')[0])).toEqual(['Replies', 'The', 'Your']);
  expect(screen.getByText(/\$9\.40 pays for about 831 more parts\. 1,204 waiting texts will cost about \$13\.61/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Keep replies' }));
  await waitFor(() => expect(bridge.calls.at(-1)).toMatchObject({ channel: 'account/repair', input: { repair: 'replies' } }));
});

it('tells list and real price apart, and what a part is', async () => {
  startAt({ screen: 'account' });
  draw(<AccountScreen />, answers());
  expect(await screen.findByText('learnt from 1,204 texts, carrier fees and all')).toBeTruthy();
  expect(screen.getByText('$0.0083')).toBeTruthy();
  expect(screen.getAllByText('$0.0115').length).toBeGreaterThan(0);
});

it('shows each month with its sum, and Twilio’s own count beside it when asked', async () => {
  startAt({ screen: 'account' });
  const bridge = draw(<AccountScreen />, answers());
  const november = await screen.findByRole('region', { name: 'November 2026' });
  const total = within(november).getByRole('row', { name: /^Together/ });
  expect(
    within(total)
      .getAllByRole('cell')
      .map((c) => c.textContent),
  ).toEqual(['916', '1,209', '$13.61', '$0.17', '$13.78']);
  fireEvent.click(within(november).getByRole('button', { name: 'Compare with Twilio: November 2026' }));
  expect(await within(november).findByText(/another program or person texts from this account too/)).toBeTruthy();
  expect(bridge.calls.some((c) => c.channel === 'account/ask-usage')).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Show earlier months' }));
  await waitFor(() => expect(bridge.calls.some((c) => (c.input as { limit?: number }).limit === 6)).toBe(true));
});

it('has words for nothing at all: not connected, never looked at, no text yet', async () => {
  startAt({ screen: 'account' });
  const first = draw(<AccountScreen />, answers({ 'account/health': { ...accountSample, mode: 'none', findings: [] } }));
  fireEvent.click(await screen.findByRole('button', { name: 'Connect one' }));
  expect(currentPlace()).toEqual({ screen: 'settings', section: 'texting' });
  expect(first.calls.every((c) => !c.channel.includes('statement'))).toBe(true);
});

it('an account nobody has looked at yet, with no text sent', async () => {
  startAt({ screen: 'account' });
  draw(
    <AccountScreen />,
    answers({
      'account/health': { ...accountSample, lookedAt: null, findings: [], may: null, sender: null, balance: null },
      'account/statement': { months: [], total: 0 },
    }),
  );
  expect(await screen.findByText('Nothing is known yet. Press “Look again”.')).toBeTruthy();
  expect(await screen.findByText(/No text has left yet/)).toBeTruthy();
  expect(statementSample.months).toHaveLength(2);
});

it('refuses to connect an account from which nothing would leave, and says why', async () => {
  let suspended = true;
  const bridge = draw(
    <ConnectTwilio onDone={() => {}} />,
    answers({
      'account/at-connect': () =>
        suspended
          ? { findings: [{ code: 'account-suspended', severity: 'stops', params: {} }], refuses: true, may: null }
          : { findings: [{ code: 'trial', severity: 'stops', params: {} }], refuses: false, may: accountSample.may },
    }),
  );
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Account SID'), `AC${'a'.repeat(32)}`);
  await user.type(screen.getByLabelText('API key SID'), `SK${'b'.repeat(32)}`);
  await user.type(screen.getByLabelText('API key secret'), 'secret-secret');
  await user.click(screen.getByText('Check this key'));
  const choices = await screen.findAllByRole('radio');
  await user.click(choices.at(-1) as HTMLElement);
  await screen.findByText('Twilio has suspended the account');
  const connect = screen.getByRole('button', { name: 'Connect and use this sender' });
  expect(connect).toHaveProperty('disabled', true);
  suspended = false;
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  // a trial is said plainly and may be tried with the owner's own phone
  await screen.findByText(/verified there yourself/);
  await waitFor(() => expect(connect).toHaveProperty('disabled', false));
  expect(bridge.calls.filter((c) => c.channel === 'account/at-connect').at(-1)?.input).toMatchObject({ again: true });
});
