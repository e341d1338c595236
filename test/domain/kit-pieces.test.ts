import { wordingOf } from '@domain/consent/wording';
import { DEFAULT_WORDING } from '@domain/consent/wording-defaults';
import { checkWording, type Element, REQUIRED } from '@domain/consent/wording-elements';
import type { PhoneE164 } from '@domain/kernel';
import { smsLink } from '@domain/kit/link';
import { escapeHtml, htmlSnippet, type KitFacts, needsOf, PIECES, receiptFooter, wrapLines } from '@domain/kit/pieces';
import { QUIET, qrCode, qrPath } from '@domain/kit/qr';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';

const NUMBER = '+12125550199' as PhoneE164;
const word = fc.stringMatching(/^[A-Z][A-Z0-9]{2,11}$/);

/** The path as a camera would see it, `scale` pixels to a module. */
function photograph(text: string, scale = 4): Uint8ClampedArray<ArrayBuffer> & { side?: number } {
  const code = qrCode(text);
  const side = (code.size + 2 * QUIET) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const m of qrPath(code).matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    const [x, y, run] = [Number(m[1]), Number(m[2]), Number(m[3])];
    for (let py = y * scale; py < (y + 1) * scale; py++)
      for (let px = x * scale; px < (x + run) * scale; px++) pixels.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3);
  }
  return Object.assign(pixels, { side });
}

describe('the code on a sign', () => {
  it('is read back as exactly the link that opens a text with number and word', () => {
    expect(smsLink(NUMBER, 'JOIN')).toBe('sms:+12125550199?&body=JOIN');
    fc.assert(
      fc.property(word, (w) => {
        const link = smsLink(NUMBER, w);
        const picture = photograph(link);
        expect(jsQR(picture, picture.side ?? 0, picture.side ?? 0)?.data).toBe(link);
      }),
      { numRuns: 40 },
    );
  });
});

describe('pieces of the kit', () => {
  const facts: KitFacts = {
    name: 'Corner Shoes',
    phone: '(212) 555-0140',
    email: '',
    website: 'shop.example',
    hasNumber: true,
    approved: true,
  };

  it('need nothing when everything is there, and each missing thing is told once', () => {
    for (const p of PIECES) expect(needsOf(p, facts), p).toEqual([]);
    for (const p of PIECES) {
      const none = needsOf(p, { name: ' ', phone: '', email: '', website: '', hasNumber: false, approved: false }).map((n) => n.need);
      expect(none, p).toEqual([...new Set(none)]);
      expect(none).toEqual(expect.arrayContaining(['shop-name', 'contact', 'website', 'approval']));
      expect(none.includes('number'), p).toBe(p !== 'paper');
    }
    // on paper in the shop the terms may lie on the counter; on the web they may not
    expect(needsOf('card', { ...facts, website: '' })).toEqual([{ need: 'website', stops: false }]);
    expect(needsOf('website', { ...facts, website: '' })).toEqual([{ need: 'website', stops: true }]);
    expect(needsOf('card', { ...facts, phone: '', email: 'a@b.example' })).toEqual([]);
  });

  it('a receipt is never wider than 40 columns, has plain letters only, and loses no word of what must be said', () => {
    for (const language of ['en', 'es'] as const) {
      const shop = {
        name: 'Zapatería Núñez & Sons',
        phone: '(212) 555-0140',
        email: '',
        website: 'a-very-long-address-of-a-shop-in-new-york.example',
      };
      const legal = wordingOf('sign', language, shop, 4, { word: 'SLIPCLUB', number: '(212) 555-0199' }).text;
      const footer = receiptFooter([{ headline: `${shop.name}: text “SLIPCLUB”`, legal }]);
      for (const line of footer.split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(40);
        expect(line).toMatch(/^[\x20-\x7e]*$/);
      }
      const said = footer.replace(/\s+/g, '');
      for (const w of legal
        .normalize('NFD')
        .replace(/[^\x20-\x7e]/g, '')
        .split(/\s+/))
        expect(said).toContain(w);
    }
  });

  it('breaks any words into lines that fit, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 60 }).map((s) => s.replace(/\s/g, 'x'))),
        fc.integer({ min: 5, max: 60 }),
        (words, width) => {
          const lines = wrapLines(words.join(' '), width);
          expect(lines.every((l) => l.length <= width && l.length > 0)).toBe(true);
          expect(lines.join('').replace(/ /g, '')).toBe(words.join(''));
        },
      ),
    );
  });

  it('a snippet keeps a shop’s name from becoming markup', () => {
    const html = htmlSnippet([
      { language: 'en', headline: '<b>Shop</b> & "Sons"', button: 'Text', link: smsLink(NUMBER, 'WEBCLUB'), legal: "Don't <script>" },
    ]);
    expect(html).toContain('&lt;b&gt;Shop&lt;/b&gt; &amp; &quot;Sons&quot;');
    expect(html).toContain('href="sms:+12125550199?&amp;body=WEBCLUB"');
    expect(html).not.toContain('<script>');
    expect(escapeHtml("'")).toBe('&#39;');
  });

  it('every sign and the paper form say all that a permission stands on, in both languages', () => {
    const all: readonly Element[] = REQUIRED.sign;
    expect(all.length).toBe(16);
    for (const kind of ['sign', 'sign-up'] as const)
      for (const language of ['en', 'es'] as const)
        for (const website of ['', 'shop.example']) {
          const shop = { name: 'Corner Shoes', phone: '', email: 'hello@shop.example', website };
          const c = checkWording(kind, language, DEFAULT_WORDING[kind][language].templates[0], shop, 4, {
            word: 'CLUB',
            number: '(212) 555-0199',
          });
          expect(c.elements.map((e) => e.element)).toEqual([...all]);
          expect(c.elements.filter((e) => !e.said)).toEqual([]);
          expect(c.text).not.toMatch(/[{}…]/);
        }
  });
});
