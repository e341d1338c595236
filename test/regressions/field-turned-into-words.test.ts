import { checkText } from '@domain/campaigns/checks';
import { mendOf } from '@domain/campaigns/mend';
import { parseTemplate } from '@domain/campaigns/template';
import { expect, it } from 'vitest';

/*
 * One press on "unknown field" made words of every field written in a form of its own as well: customers would have read
 * "until ends:short". The one on "a code without an offer" left such a field in.
 */
const codes = (body: string) =>
  checkText({ body, shopName: 'Corner Shoes', addStopLine: true, hasOffer: false, longest: body }).map((c) => c.code);

it('mending an unknown field leaves the known ones, however they are written', () => {
  const body = '{shop}: {First  Name:capital|there}, {nonsense|boots} until {ends:short}, {last item : lower|shoes} {days}';
  expect(mendOf('unknown-field', body)).toEqual({
    body: '{shop}: {First  Name:capital|there}, boots until {ends:short}, {last item : lower|shoes} days',
  });
});

it('a form no field has goes, its field stays', () => {
  const mended = mendOf('unknown-field', '{shop:loud} is open, {first name:huge|you}. {code:upper:short}') as { body: string };
  expect(mended.body).toBe('{shop} is open, {first name|you}. {code}');
  expect(() => parseTemplate(mended.body)).not.toThrow();
});

it('mending a code without an offer takes out its last day, too, however it is written', () => {
  const mended = mendOf('code-without-offer', '{shop}: boots are in. Until {ends:short}. Code {code}. Come by!') as { body: string };
  expect(mended).toEqual({ body: '{shop}: boots are in. Come by!' });
  expect(codes(mended.body)).not.toContain('code-without-offer');
});
