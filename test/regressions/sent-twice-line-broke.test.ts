import { networkFailure, sendOutcome } from '@adapters/twilio/failure';
import { describe, expect, it } from 'vitest';

/*
 * Story: the shop's router restarts while a POST waits for its answer. Twilio has the text already; the socket then fails with
 * EHOSTUNREACH, the same code a refused connection has. It counted as "never left", so the text was posted again and the customer
 * got it twice. Only when no connection existed yet is it certain that nothing left.
 */
const broke = (code: string, syscall?: string) => sendOutcome(networkFailure(Object.assign(new Error(code), { code, syscall })));

describe('a line that breaks after the text was posted', () => {
  it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT', 'ECONNRESET'])(
    '%s while reading is uncertain, never sent again',
    (code) => {
      expect(broke(code, 'read').kind).toBe('uncertain');
      expect(broke(code, 'write').kind).toBe('uncertain');
    },
  );

  it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT', 'ECONNREFUSED'])('%s while connecting never left', (code) => {
    expect(broke(code, 'connect')).toMatchObject({ kind: 'not-sent', why: 'unreachable' });
  });

  it('no route to any of several addresses (told without a call) never left', () => {
    expect(broke('ENETUNREACH')).toMatchObject({ kind: 'not-sent', why: 'unreachable' });
  });
});
