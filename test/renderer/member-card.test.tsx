import { memberNumber } from '@domain/customers/member-number';
import type { Out } from '@renderer/api/client';
import { barsOf } from '@renderer/screens/counter/bars';
import { MemberCard } from '@renderer/screens/counter/MemberCard';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

/** ISO/IEC 15417: widths of bar, space, bar, space, bar, space of the values 0–105, and of the stop. */
const WIDTHS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'.split(
    ' ',
  );
const STOP = '2331112';

/** Reads the drawn bars as a scanner does: from left to right, dark and light, checked by the symbol's own check value. */
function scan(svg: string): string {
  const bars: { from: number; to: number }[] = [];
  for (const [, width, d] of svg.matchAll(/stroke-width="([\d.]+)"[^>]*d="([^"]*)"/g))
    for (const [, x] of (d ?? '').matchAll(/M([\d.]+) [\d.]+L/g))
      bars.push({ from: Number(x) - Number(width) / 2, to: Number(x) + Number(width) / 2 });
  bars.sort((a, b) => a.from - b.from);
  const module = Math.min(...bars.map((b) => b.to - b.from));
  const runs = bars
    .flatMap((b, i) => [b.to - b.from, ...(bars[i + 1] ? [(bars[i + 1]?.from ?? 0) - b.to] : [])])
    .map((w) => Math.round(w / module));
  const text = runs.join('');
  expect(text.endsWith(STOP)).toBe(true);
  const values = (text.slice(0, -STOP.length).match(/.{6}/g) ?? []).map((w) => WIDTHS.indexOf(w));
  const check = values.pop();
  expect(values.reduce((sum, v, i) => sum + v * Math.max(1, i), 0) % 103).toBe(check);
  let set = { 104: 'B', 105: 'C' }[values[0] ?? 0] ?? '?';
  let out = '';
  for (const v of values.slice(1)) {
    if (v === 99 && set === 'B') set = 'C';
    else if (v === 100 && set === 'C') set = 'B';
    else out += set === 'C' ? String(v).padStart(2, '0') : String.fromCharCode(32 + v);
  }
  return out;
}

it('the bars on a card read back as its number', () => {
  for (const serial of [0, 1, 5, 1_234_567, 9_999_999, 4_345_708]) {
    const number = memberNumber(serial);
    expect(scan(barsOf(number)), number).toBe(number);
  }
});

it('a card shows shop, name and number as people read it, once or ten times', async () => {
  const user = userEvent.setup();
  const card = { customerId: 7, number: memberNumber(1_234_567), name: 'Bea', language: 'es', shopName: 'Corner Shoes' };
  const bridge = draw(<MemberCard customerId={7} onClose={() => undefined} />, { 'sign-up/card': card as unknown as Out<'sign-up/card'> });
  // the preview and the paper beside it
  expect(await screen.findAllByAltText(/^Número M 1234 567\d$/)).toHaveLength(2);
  expect(screen.getAllByText('Bea')).toHaveLength(2);
  await user.click(screen.getByText('Ten cards of this number'));
  expect(await screen.findAllByAltText(/^Número M 1234 567\d$/)).toHaveLength(20);
  expect(bridge.calls.filter((c) => c.channel === 'sign-up/card')).toHaveLength(1);
});
