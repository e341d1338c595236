import { promoIn, promosIn } from '@domain/notices/promo';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Word about something somebody really bought or ordered: nothing promotional in it. */
const PLAIN = [
  'Corner Shoes: your order H7K4 is ready to pick up. Open Mon-Fri 9am-6pm.',
  'Please stop using the Comet heater you bought from us in March. It can overheat. Bring it back for a full refund.',
  'Recall: the strap of the Trail Runner can tear. Bring the pair in and we repair it free of charge.',
  'We replace it free. Nothing to pay, no receipt needed.',
  'Return it to any of our counters for a free replacement or your money back.',
  'The charger you bought gets too hot. A new charger is waiting for you at the counter.',
  'Your repair is done. We are open until 6 today.',
  'There has been a stop-sale on this helmet. Do not wear it. Call 212-555-0134.',
  'This lot was taken off sale on 12 March because of a loose magnet that children can swallow.',
  'Your New Balance 574 are here. Say H7K4 at the counter.',
  'We moved: our new address is 12 Main St. Your order waits there for you.',
  'Please bring proof of sale or the box number.',
  'Your lay-away is paid up and ready. Come by any day this week.',
  'The jam sold between 1 and 9 May may contain glass. Do not eat it. We refund the full purchase price.',
  'Allergy warning: the almond bar may contain peanut. Throw it away or bring it back.',
  'Su pedido H7K4 ya esta aqui. Abrimos de lunes a viernes.',
  'Aviso: la correa puede romperse. Traiga el par y lo reparamos gratis.',
  'Por seguridad deje de usar el calentador. Le devolvemos el dinero, sin costo.',
  'Su arreglo esta listo. Diga H7K4 al recogerlo.',
  'La leche vendida el 3 de mayo ya no esta a la venta: no la tome. Reembolso completo en caja.',
  'Sizes 8 and 9 are affected, made before 2024. Check the label inside the tongue.',
  'We keep it for you until closing on Friday.',
  'A part is missing from the box you took home. Come and see us about it.',
];

/** One promotional line makes it marketing. */
const PROMO: [string, string][] = [
  ['Your order is ready. Take 20% off anything else today!', 'percent'],
  ['Pick up your shoes and save 10 percent on socks.', 'percent'],
  ['Your repair is done. New soles from $29.', 'price'],
  ['Your order is here. Socks only 5 dollars.', 'price'],
  ['Ready to pick up. Use code SAVE10 at the till.', 'code'],
  ['Your hold is ready, and here is a coupon for next time.', 'code'],
  ['It is here! Discounted sandals too.', 'discount'],
  ['Your order is in. Everything else is half price.', 'discount'],
  ['Buy one get one on laces when you pick it up.', 'discount'],
  ['Your order is ready. Our summer sale ends Sunday.', 'sale'],
  ['Ready! All jackets on sale.', 'sale'],
  ['We have a special offer for you at the counter.', 'sale'],
  ['Pick up your order and get a free gift.', 'gift'],
  ['Your order is in. Free socks with it!', 'gift'],
  ['Collect it this week and earn double points.', 'gift'],
  ['Your boots are here. Our new arrivals are too.', 'news'],
  ['Ready for you. New colors just in.', 'news'],
  ['Your lamp is repaired. The new collection is out.', 'news'],
  ['Your order is ready. Come and see our winter boots.', 'invitation'],
  ['It is here. Check out the hats while you wait.', 'invitation'],
  ['Your repair is done. Leave us a review!', 'invitation'],
  ['Ready. Follow us for more.', 'invitation'],
  ['Your order is here. Last chance for gloves.', 'hurry'],
  ['Ready! Gloves for a limited time.', 'hurry'],
  ['Your shoes are ready. While you are here, ask about our belts.', 'more'],
  ['Ready. We also have matching bags.', 'more'],
  ['Su pedido esta listo. 20% de descuento en todo.', 'percent'],
  ['Ya llego tu pedido. Aprovecha las rebajas.', 'discount'],
  ['Tu arreglo esta listo. Calcetines a $5.', 'price'],
  ['Tu pedido llego. Conoce nuestra nueva coleccion.', 'news'],
  ['Listo. Ven a ver las botas de invierno.', 'invitation'],
  ['Tu pedido esta aqui y hay un regalo para ti.', 'gift'],
  ['Listo para recoger. Oferta solo hoy.', 'sale'],
  ['Tu apartado esta listo. Tambien tenemos bolsas.', 'more'],
  ['Tu pedido llegó. ¡Última oportunidad para guantes!', 'hurry'],
];

describe('promotional words in a text that must have none', () => {
  it.each(PLAIN)('plain: %s', (text) => {
    expect(promosIn(text)).toEqual([]);
  });

  it.each(PROMO)('promotional: %s (%s)', (text, why) => {
    expect(promosIn(text).map((p) => p.why)).toContain(why);
  });

  it('names the words as they were typed, accents and capitals included', () => {
    expect(promoIn('Tu pedido llegó. ÚLTIMA oportunidad')).toEqual({ why: 'hurry', found: 'ÚLTIMA oportunidad' });
    expect(promoIn('Ready. Take 20 % off.')).toMatchObject({ why: 'percent', found: expect.stringContaining('20 %') });
  });

  it('one line is found wherever it stands among plain ones, in capitals and without accents; plain ones together stay plain', () => {
    const plain = fc.constantFrom(...PLAIN);
    const spoken = fc.constantFrom<(t: string) => string>(
      (t) => t,
      (t) => t.toUpperCase(),
      (t) => t.normalize('NFD').replace(/\p{M}/gu, ''),
      (t) => t.normalize('NFD'),
    );
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 3 }), fc.constantFrom(...PROMO), fc.nat(3), spoken, (around, [promo, why], at, say) => {
        const lines = around.toSpliced(at, 0, say(promo));
        expect(promosIn(lines.join(' ')).map((p) => p.why)).toContain(why);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 4 }), (lines) => {
        expect(promosIn(lines.join(' '))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('what is found is always words of the text itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PROMO), ([text]) => {
        for (const p of promosIn(text)) expect(text.normalize('NFC')).toContain(p.found);
      }),
    );
  });
});
