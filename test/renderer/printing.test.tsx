import type { Out } from '@renderer/api/client';
import { ChartFrame } from '@renderer/charts/ChartFrame';
import { useNotices } from '@renderer/frame/useNotices';
import { Refusal } from '@renderer/gallery/fake';
import { PrintingSection } from '@renderer/screens/settings/PrintingSection';
import { useToasts } from '@renderer/ui/toast';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const OFF: Out<'papers/settings'> = {
  size: 'country',
  weekly: false,
  folder: null,
  weekday: 0,
  hour: 8,
  usual: 'Letter',
  next: null,
  last: null,
  problem: null,
};

describe('the weekly page in the settings', () => {
  it('asks for a folder before it is switched on, and stays off when nobody chose one', async () => {
    let folder: { path: string } | null = null;
    const bridge = draw(<PrintingSection />, {
      'papers/settings': OFF,
      'shell/pick-folder': () => folder,
      'papers/save-settings': { done: true },
    });
    const box = await screen.findByRole('switch', { name: /every week/ });
    const saved = () => bridge.calls.filter((c) => c.channel === 'papers/save-settings').map((c) => c.input);
    await userEvent.click(box);
    await waitFor(() => expect(bridge.calls.map((c) => c.channel)).toContain('shell/pick-folder'));
    expect(saved()).toEqual([]);
    folder = { path: '/home/olga/Weeks' };
    await userEvent.click(box);
    await waitFor(() => expect(saved()).toEqual([{ size: 'country', weekly: true, folder: '/home/olga/Weeks', weekday: 0, hour: 8 }]));
    expect(screen.getByRole('combobox', { name: 'Paper' })).toHaveProperty('value', 'country');
    expect(screen.getByText('As usual in your country (Letter)')).toBeTruthy();
  });

  it('says kindly why the newest week is not there, what is safe and what happens next', async () => {
    draw(<PrintingSection />, {
      'papers/settings': {
        ...OFF,
        weekly: true,
        folder: '/media/stick',
        next: Date.UTC(2026, 10, 30, 13) as never,
        problem: { code: 'paper.no-folder', at: Date.UTC(2026, 10, 23, 13) as never },
      },
      'papers/save-settings': () => new Refusal('paper.no-folder'),
    });
    expect(await screen.findByText('The newest week is not in the folder yet')).toBeTruthy();
    expect(screen.getByText(/Plug in the drive.*tried again every ten minutes/)).toBeTruthy();
    expect(screen.getByText(/^The next one comes Mon 30 Nov/)).toBeTruthy();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Day' }), 'Friday');
    expect(await screen.findByText('Pages cannot be put into this folder')).toBeTruthy();
  });
});

it('a page that could not be made is told by the screen and the desktop, without a figure', async () => {
  function Listening() {
    useNotices(true);
    return null;
  }
  const bridge = draw(<Listening />, { 'shell/notify': { done: true } });
  act(() => bridge.emit('notice', { kind: 'paper-failed', code: 'paper.no-folder' }));
  await waitFor(() => expect(useToasts.getState().toasts).toHaveLength(1), { timeout: 4000 });
  expect(useToasts.getState().toasts[0]).toMatchObject({ title: 'The printed week is not in its folder', tone: 'warn' });
  expect(JSON.stringify(bridge.calls)).not.toMatch(/\$|\d{3}/);
});

it('a chart’s figures are saved under its finding, with the shop’s money and clock', async () => {
  const bridge = draw(
    <ChartFrame title="12 came, most on Monday" table={{ head: ['Day', 'Came'], rows: [['Mon', '12']] }}>
      <svg />
    </ChartFrame>,
    { 'shell/save-text': { path: '/tmp/x.csv' } },
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save or copy this chart' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Save figures' }));
  await waitFor(() => expect(bridge.calls).toHaveLength(1));
  expect(bridge.calls[0]?.input).toEqual({
    name: '12-came-most-on-monday.csv',
    text: '\ufeffDay,Came,Currency,Time zone\r\nMon,12,USD,America/New_York\r\n',
  });
});
