import type { Fault } from '@adapters/practice-carrier/faults';

export const POST: Pick<Fault, 'method' | 'path'> = { method: 'POST', path: 'Messages.json' };
const GET: Pick<Fault, 'method' | 'path'> = { method: 'GET', path: 'Messages' };

/** Everything a line and a carrier do to a request, with how often at most. */
export const TROUBLES: readonly [Fault, number][] = [
  [{ ...POST, when: 'before', effect: { kind: 'reset' } }, 0.1],
  [{ ...POST, when: 'after', effect: { kind: 'reset' } }, 0.15],
  [{ ...POST, when: 'after', effect: { kind: 'status', status: 500 } }, 0.15],
  [{ ...POST, when: 'before', effect: { kind: 'status', status: 503 } }, 0.1],
  [{ ...POST, when: 'before', effect: { kind: 'status', status: 429, retryAfter: '1' } }, 0.15],
  [{ ...POST, when: 'before', effect: { kind: 'status', status: 429 } }, 0.15],
  [{ ...POST, when: 'before', effect: { kind: 'html', status: 502 } }, 0.1],
  [{ ...POST, when: 'after', effect: { kind: 'html', status: 200 } }, 0.05],
  [{ ...POST, when: 'after', effect: { kind: 'truncated' } }, 0.15],
  [{ ...POST, when: 'after', effect: { kind: 'cut' } }, 0.1],
  [{ ...POST, when: 'after', effect: { kind: 'empty' } }, 0.1],
  [{ ...POST, when: 'before', effect: { kind: 'slow', ms: 40 } }, 0.5],
  [{ ...POST, when: 'before', times: 1, effect: { kind: 'hang' } }, 0.05],
  [{ ...POST, when: 'after', times: 1, effect: { kind: 'hang' } }, 0.05],
  [{ ...GET, when: 'before', effect: { kind: 'reset' } }, 0.15],
  [{ ...GET, when: 'before', effect: { kind: 'status', status: 500 } }, 0.15],
  [{ ...GET, when: 'before', effect: { kind: 'html', status: 502 } }, 0.1],
  [{ ...GET, when: 'after', effect: { kind: 'truncated' } }, 0.1],
  [{ ...GET, when: 'after', effect: { kind: 'slow', ms: 80 } }, 0.3],
];

/** The carrier's own process dies, before or after it took a text. */
export const DEATHS: readonly Fault[] = [
  { ...POST, when: 'before', times: 1, probability: 0.1, effect: { kind: 'crash' } },
  { ...POST, when: 'after', times: 1, probability: 0.1, effect: { kind: 'crash' } },
];
