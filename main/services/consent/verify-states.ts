import type { Db } from '@db/open';
import { askedLeftAt } from '@db/queries/consent';
import { type KeptState, keptStates, type Place, START, type Walked, walkEvents } from '@db/queries/consent-verify';
import { foldConsent } from '@domain/consent/status';
import type { UtcMs } from '@domain/kernel';
import type { Add, Turn, VerifyOptions } from './verify';

/** Small enough that a customer at the counter never waits for a page of it: about 3 ms. */
export const PAGE = 256;

const nameOf = (p: { hmac: string; channel: string }): string => `${p.hmac} ${p.channel}`;

/** Number by number: the kept states are what its events come to. */
export async function checkStates(db: Db, o: VerifyOptions, add: Add, turn: Turn): Promise<void> {
  let after: Place = START;
  /** Up to here the kept states were compared. */
  let compared: Pick<Place, 'hmac' | 'channel'> = START;
  let open: Walked[] = [];
  for (let walked = 0; ; ) {
    const page = walkEvents(db, after, PAGE);
    const ended = page.length < PAGE;
    walked += page.length;
    const numbers = byNumber([...open, ...page]);
    // the last number of a page may go on with the next one
    open = ended ? [] : (numbers.pop() ?? []);
    const last = numbers.at(-1)?.[0];
    if (last || ended) {
      const asked = numbers.flatMap((n) => n.filter((w) => w.event.kind === 'asked').map((w) => w.event.id));
      const leftAt = asked.length > 0 ? askedLeftAt(db, asked) : new Map<number, UtcMs>();
      const kept = byName(keptStates(db, compared, ended ? null : (last ?? null)));
      for (const number of numbers) checkNumber(number, kept, leftAt, o, add);
      // what is left belongs to numbers nothing was ever written about
      for (const states of kept.values()) add('state', states[0]?.eventId ?? null);
      if (last) compared = last;
    }
    const end = page.at(-1);
    if (ended || !end) return;
    after = { hmac: end.hmac, channel: end.channel, id: end.event.id };
    await turn(walked);
  }
}

function byNumber(walked: readonly Walked[]): Walked[][] {
  const out: Walked[][] = [];
  for (const w of walked) {
    const now = out.at(-1);
    const first = now?.[0];
    if (now && first?.hmac === w.hmac && first.channel === w.channel) now.push(w);
    else out.push([w]);
  }
  return out;
}

function byName(states: readonly KeptState[]): Map<string, KeptState[]> {
  const out = new Map<string, KeptState[]>();
  for (const s of states) {
    const known = out.get(nameOf(s));
    if (known) known.push(s);
    else out.set(nameOf(s), [s]);
  }
  return out;
}

/** One number; its states are taken out of `kept`. */
function checkNumber(
  number: readonly Walked[],
  kept: Map<string, KeptState[]>,
  leftAt: ReadonlyMap<number, UtcMs>,
  o: VerifyOptions,
  add: Add,
): void {
  const first = number[0];
  if (!first) return;
  const states = kept.get(nameOf(first)) ?? [];
  kept.delete(nameOf(first));
  const folded = foldConsent(
    number.map((w) => w.event),
    { now: o.now, zone: o.zone, askedLeftAt: leftAt },
  );
  const same =
    states.length === folded.length &&
    folded.every((f) => {
      const k = states.find((s) => s.purpose === f.purpose);
      if (!k) return false;
      // an end that has passed may not be written down yet
      if ((k.state === 'hold' && f.state === 'out') || (k.state === 'pending' && f.state === 'never')) return true;
      return (
        k.state === f.state &&
        k.promiseMax === f.promiseMax &&
        k.since === f.since &&
        k.eventId === f.eventId &&
        k.carrierStop === (f.carrierStop ? 1 : 0) &&
        (f.state !== 'hold' || k.expiresAt === f.expiresAt)
      );
    });
  if (!same) add('state', number.at(-1)?.event.id ?? null);
}
