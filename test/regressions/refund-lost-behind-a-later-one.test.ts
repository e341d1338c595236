import { expect, it } from 'vitest';
import { aFile, importFile } from '../support/imports';
import { aCtx } from '../support/test-ctx';

/** A till that books refunds under the number of their sale: what came back in May was lost when the file of June told of another. */
it('money given back twice for one sale counts twice, each in its month, in one file or in two', async () => {
  const head = 'Datum,Transaktions-ID,Transaktionsart,Status,Betrag inkl. MwSt.,Netto,Steuerbetrag,Auszahlungs-ID,Eingabemodus';
  const sale = '2026-05-02 10:00:00,TX1,Umsatz,Erfolgreich,119.00,100.00,19.00,,chip';
  const may = '2026-05-20 10:00:00,TX1,Rückerstattung,,-11.90,-10.00,-1.90,,chip';
  const june = '2026-06-03 10:00:00,TX1,Rückerstattung,,-23.80,-20.00,-3.80,,chip';
  const file = (...rows: string[]) => aFile(`${[head, ...rows].join('\n')}\n`);
  const refunds = (ctx: ReturnType<typeof aCtx>) =>
    ctx.db.prepare("SELECT shop_day, net FROM sale WHERE kind = 'refund' ORDER BY shop_day").all();
  const both = [
    { shop_day: '2026-05-20', net: -1000 },
    { shop_day: '2026-06-03', net: -2000 },
  ];
  const shop = { name: 'Bar', zone: 'Europe/Berlin' as never, country: 'DE', currency: 'EUR' };

  const twoFiles = aCtx({ settings: { shop } });
  await importFile(twoFiles, file(sale, may));
  await importFile(twoFiles, file(june));
  expect(refunds(twoFiles)).toEqual(both);

  const oneFile = aCtx({ settings: { shop } });
  await importFile(oneFile, file(june, may, sale));
  expect(refunds(oneFile)).toEqual(both);
});
