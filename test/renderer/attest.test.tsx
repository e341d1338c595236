import { Attest } from '@renderer/screens/imports/Attest';
import { Prefer } from '@renderer/screens/imports/Prefer';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

const none = { yes: 0, no: 0, unknown: 0, notMarked: 0 };
const ann = { customerId: 5, name: 'Ann Lee', raw: 'yes', column: 'Accepts SMS', row: 2 };
const view = {
  fileName: 'list.csv',
  sms: { ...none, yes: 3, no: 1 },
  email: { ...none, no: 2 },
  may: 2,
  examples: [ann],
  left: [{ why: 'stopped', count: 1, people: [{ ...ann, customerId: 6, name: 'Bob Ruiz' }] }],
  statements: [],
};

it('a file’s yes permits nothing until the owner says how, when and with which words, and ticks', async () => {
  const bridge = draw(<Attest importId={7} />, { 'consent/said': view, 'consent/attest': { taskId: 't' }, 'tasks/list': [] } as never);
  expect(await screen.findByText('This file says 3 people agreed to texts')).toBeTruthy();
  expect(screen.getByText('They asked us to stop')).toBeTruthy();
  expect(screen.getByText('2 people said no to e-mails: kept as a no.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Vouch for 2 people' }));
  const permit = screen.getByRole<HTMLButtonElement>('button', { name: 'Permit texts to 2 people' });
  await userEvent.type(screen.getByLabelText('Where and how exactly?'), 'Club cards');
  await userEvent.type(screen.getByLabelText(/When were they asked/), '2025-03-01');
  await userEvent.type(screen.getByLabelText('until'), '2026-02-28');
  await userEvent.type(screen.getByLabelText('The words they saw'), 'Yes, text me offers');
  expect(permit.disabled).toBe(true);
  await userEvent.click(screen.getByRole('checkbox'));
  expect(permit.disabled).toBe(false);
  await userEvent.click(permit);
  await waitFor(() =>
    expect(bridge.calls.find((c) => c.channel === 'consent/attest')?.input).toEqual({
      importId: 7,
      statement: { method: 'paper', detail: 'Club cards', fromDay: '2025-03-01', toDay: '2026-02-28', wording: 'Yes, text me offers' },
      signed: true,
    }),
  );
});

it('what was only said aloud cannot be vouched for', async () => {
  draw(<Attest importId={7} />, { 'consent/said': view, 'tasks/list': [] } as never);
  await userEvent.click(await screen.findByRole('button', { name: 'Vouch for 2 people' }));
  await userEvent.selectOptions(screen.getByLabelText('How did they agree?'), 'spoken');
  expect(screen.getByText(/needs their own “Y”/)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Permit texts to 2 people' }).disabled).toBe(true);
});

it('a file that says nothing about permission shows nothing', async () => {
  const bridge = draw(<Attest importId={7} />, {
    'consent/said': { ...view, sms: none, email: none, may: 0, examples: [], left: [] },
    'tasks/list': [],
  } as never);
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'consent/said')).toBe(true));
  expect(screen.queryByText('Permission in this file')).toBeNull();
});

it('which fields a list may replace: chosen by field, checked again with the same file', async () => {
  const report = { id: 7, kind: 'customers', till: 'Square', decisions: {}, mapping: null, path: '/x/people.csv' };
  const bridge = draw(<Prefer importId={7} />, { 'imports/report': report, 'imports/preview': { id: 8, taskId: 't' } } as never);
  await userEvent.click(await screen.findByRole('button', { name: 'Change' }));
  await userEvent.selectOptions(screen.getByLabelText('Phone'), 'file');
  await userEvent.selectOptions(screen.getByLabelText('Address'), 'fill');
  await userEvent.click(screen.getByRole('button', { name: 'Check the file again' }));
  await waitFor(() =>
    expect(bridge.calls.find((c) => c.channel === 'imports/preview')?.input).toEqual({
      path: '/x/people.csv',
      mapping: null,
      decisions: {
        prefer: { phone: 'file', street: 'fill', city: 'fill', region: 'fill', postal_code: 'fill', country: 'fill' },
      },
    }),
  );
});
