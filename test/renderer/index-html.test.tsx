import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const html = readFileSync('renderer/index.html', 'utf8');

it('allows exactly the one inline script it contains', () => {
  const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((m) => m[1] ?? '');
  expect(inline).toHaveLength(1);
  const hash = createHash('sha256')
    .update(inline[0] ?? '')
    .digest('base64');
  expect(html).toContain(`'sha256-${hash}'`);
  expect(html).not.toContain("script-src 'self' 'unsafe-inline'");
});

it('draws the first frame in the colours of the tokens', () => {
  const css = readFileSync('renderer/ui/tokens.css', 'utf8');
  for (const colour of html.match(/#[0-9a-f]{6}\b/g) ?? []) expect(css).toContain(colour);
});
