import type { ChannelDef } from '@contract/define';
import { contract } from '@contract/index';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

/** Names under which money, whole numbers, addresses or other people's history would reach somebody at the counter. */
const NOT_FOR_STAFF =
  /^(spend|spend365|takings|profit|margin|revenue|price|cost|balance|limit|email|phone|phoneRaw|address|street|postalCode|birthday|company|lastName|visits|body|messages|threads|hmac)$/i;

/** What looks like one of them and is not: `channel field`, each with its reason. */
const FINE = new Set<string>([
  'display/state email', // the words beside the e-mail's own box
  'display/sign-up email', // whether it is signed up, not what it is
  'counter/redeem spend', // of what a receipt adds: null for staff (test/services/links.test.ts)
  'desk/receipt spend',
  'links/note spend',
  'links/preview spend',
]);

/** Every property name an answer may hold, however deep. */
function keysOf(schema: unknown, out = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const s of schema) keysOf(s, out);
  else if (schema !== null && typeof schema === 'object') {
    for (const [k, v] of Object.entries(schema)) {
      if (k === 'properties' && v !== null && typeof v === 'object') for (const name of Object.keys(v)) out.add(name);
      keysOf(v, out);
    }
  }
  return out;
}

const staff = Object.entries(contract as Record<string, ChannelDef>).filter(([, d]) => d.role !== 'owner');

describe('what anybody but the owner is told', () => {
  it('is looked at in every answer', () => expect(staff.length).toBeGreaterThan(15));

  it.each(staff.map(([name, def]) => ({ name, def })))('$name: no money, no whole number, nobody else’s history', ({ name, def }) => {
    const keys = keysOf(z.toJSONSchema(def.output, { unrepresentable: 'any', io: 'output' }));
    expect([...keys].filter((k) => NOT_FOR_STAFF.test(k) && !FINE.has(`${name} ${k}`))).toEqual([]);
  });
});
