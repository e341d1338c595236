import { readyAutomation } from '@domain/automations/ready';
import { expect, it } from 'vitest';

/*
 * Story: the warranty of Ana's watch was about to end, and last week she had bought socks: "your wool socks may be due for a look". Only what
 * was bought last can be named by a field; these automations speak of something else.
 */
it.each(['thing-due', 're-buy', 'bought-not'] as const)(
  'the words a new "%s" begins with name nothing that was merely bought last',
  (kind) => {
    const { en, es } = readyAutomation(kind);
    expect(`${en} ${es}`).not.toContain('last item');
  },
);
