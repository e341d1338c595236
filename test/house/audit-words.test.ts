import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS, activity } from '@renderer/strings/activity';
import { describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../../main');
const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => readFileSync(join(MAIN, f), 'utf8'));
const code = files.join('\n');

/** Every call that writes into the audit: `audit(db, { … })` up to its end. */
const written = new Set(
  [...code.matchAll(/\baudit\(\s*[\w.]+,\s*(?:\w+\(|\{)[\s\S]*?\}\s*\)/g)]
    .flatMap(([call]) => [...call.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map((m) => m[1] as string))
    .concat([...code.matchAll(/\blog\(ctx, session, '([a-z-]+\.[a-z-]+)'/g)].map((m) => m[1] as string)),
);

describe('who did what', () => {
  it('finds the places that write it down', () => {
    expect(written.size).toBeGreaterThan(30);
    expect(written).toContain('offer.redeemed');
  });

  it.each([...written].sort())('%s has words for the owner', (action) => {
    expect(ACTIONS[action], action).toBeDefined();
    expect(activity.en.areas[action.split('.')[0] ?? ''], `area of ${action}`).toBeDefined();
  });

  it('no audit entry is built in a way this test cannot see', () => {
    const calls = [...code.matchAll(/\baudit\(/g)].length;
    const seen = [...code.matchAll(/\baudit\(\s*[\w.]+,\s*(?:\w+\(|\{)[\s\S]*?\}\s*\)/g)].length;
    // its own definition, and the one helper of the settings that passes the action on
    expect(calls - seen).toBeLessThanOrEqual(0);
  });
});
