import type { Out } from '@renderer/api';
import { go } from '@renderer/nav';
import { NoticesScreen } from '@renderer/screens/notices/NoticesScreen';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

type Row = Out<'notices/people'>['rows'][number];
const row = (i: number, reason: string | null): Row => ({
  customerId: i as never,
  name: `Buyer ${i}`,
  phone: null,
  email: null,
  street: '',
  city: '',
  region: '',
  postalCode: '',
  reason,
  gift: false,
  boughtOn: '2026-03-10' as never,
  toldAt: null,
  textState: null,
});

/** The harm: with more than 200 on it, the paper list of a recall ended after the first 200, and nobody called the rest. */
it('the printed list of a recall holds everybody who could not be texted, not the first page of them', async () => {
  const all = Array.from({ length: 460 }, (_, i) => row(i + 1, i < 430 ? 'not-agreed' : null));
  go({ screen: 'notices', id: 7, print: true });
  draw(<NoticesScreen />, {
    'notices/get': {
      id: 7,
      kind: 'recall',
      name: 'Comet heater',
      goods: { what: 'item', names: ['Comet heater'], variant: '' },
      fromDay: '2026-03-01',
      untilDay: '2026-03-31',
      bodyEn: 'x',
      bodyEs: '',
      said: 'Stop using it.',
      state: 'sent',
      madeAt: 1,
      sentAt: 1,
    },
    'notices/people': ({ page }: { page: { offset: number; limit: number } }) => ({
      rows: all.slice(page.offset, page.offset + page.limit),
      total: all.length,
    }),
  } as never);
  const paper = await screen.findByRole('region', { name: /Comet heater/ });
  expect(await within(paper).findByText('Buyer 430')).toBeTruthy();
  expect(within(paper).getAllByRole('row')).toHaveLength(431);
  expect(within(paper).queryByText('Buyer 431')).toBeNull();
});
