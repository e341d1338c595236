import { EditDialog } from '@renderer/screens/customers/EditDialog';
import { customers } from '@renderer/strings/customers';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

const ana = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  company: '',
  phone: '+12125550123',
  phoneRaw: '2125550123',
  email: null,
  language: 'en',
  birthday: null,
  street: '',
  city: '',
  region: '',
  postalCode: '',
  zone: null,
  tags: [],
  note: '',
  id: 5,
};

it('"lives in Phoenix" is typed once and decides the hours; nothing else of her is sent along', async () => {
  const bridge = draw(
    <EditDialog person={ana as never} words={customers.en as never} onClose={() => undefined} onSaved={() => undefined} />,
    {
      'customers/save': { id: 5 },
    } as never,
  );
  const zone = screen.getByLabelText<HTMLSelectElement>('Lives in the time zone');
  expect(zone.value).toBe('');
  await userEvent.selectOptions(zone, 'America/Phoenix');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(bridge.calls.find((c) => c.channel === 'customers/save')?.input).toEqual({
      id: 5,
      fields: { zone: 'America/Phoenix' },
      sharedNumber: false,
    }),
  );
});
