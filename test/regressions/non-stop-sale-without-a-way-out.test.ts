import { checkText } from '@domain/campaigns/checks';
import { STOP_LINE, saysStop } from '@domain/campaigns/template';
import { expect, it } from 'vitest';

/*
 * "NON-STOP SALE" was taken for words that say how to leave: the line about STOP was not added, and nothing was said about it.
 */
it.each([
  'Corner Shoes: NON-STOP SALE all week',
  'Corner Shoes: your ONE-STOP shop for boots',
  'Corner Shoes: STOP BY TODAY, boots are in',
  "Corner Shoes: DON'T STOP, new boots are in",
  'Corner Shoes: THE NON‑STOP PARTY', // a hyphen nobody types
  'Corner Shoes: please stop by. Do not stop. Come in',
  'Corner Shoes: STOPPING SALE, STOPS everything',
])('%s does not say how to leave', (body) => {
  expect(saysStop(body)).toBe(false);
  const codes = checkText({ body, shopName: 'Corner Shoes', addStopLine: false, hasOffer: false, longest: body }).map((c) => c.code);
  expect(codes).toContain('no-stop-line');
});

it.each([
  ...Object.values(STOP_LINE),
  'Corner Shoes: boots. STOP to end',
  'Boots! Txt STOP 2 end',
  'Boots. Reply "STOP" to opt out, HELP for help',
  'Boots. HELP/STOP',
  'Boots. Opt out: STOP',
  'BOOTS ARE IN. REPLY STOP TO OPT OUT',
  'Botas. STOP para salir',
  'NON-STOP SALE. STOP=end',
  'Responda STOP o PARAR',
  'Boots. Reply STOP anytime',
  'Boots. Reply STOP if you have had enough. HELP for help',
])('%s does', (body) => expect(saysStop(body)).toBe(true));
