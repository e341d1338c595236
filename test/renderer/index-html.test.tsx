import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The staff's window and the one that faces customers: the same strictness. */
const pages = ['renderer/index.html', 'renderer/display.html'].map((f) => [f, readFileSync(f, 'utf8')] as const);

it.each(pages)('%s allows exactly the one inline script it contains', (_file, html) => {
  const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((m) => m[1] ?? '');
  expect(inline).toHaveLength(1);
  const hash = createHash('sha256')
    .update(inline[0] ?? '')
    .digest('base64');
  expect(html).toContain(`'sha256-${hash}'`);
  expect(html).not.toContain("script-src 'self' 'unsafe-inline'");
});

it.each(pages)('%s draws the first frame in the colours of the tokens', (_file, html) => {
  const css = readFileSync('renderer/ui/tokens.css', 'utf8');
  for (const colour of html.match(/#[0-9a-f]{6}\b/g) ?? []) expect(css).toContain(colour);
});

it('the customer’s window has the staff’s policy, word for word', () => {
  const policy = (html: string) => /content="(default-src[^"]*)"/.exec(html)?.[1];
  expect(policy(pages[1]?.[1] ?? '')).toBe(policy(pages[0]?.[1] ?? ''));
});
