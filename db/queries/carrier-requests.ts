import type { Db, Trx } from '../open';
import type { CarrierRequestTable } from '../schema/numbers';

export type RequestKind = CarrierRequestTable['kind'];
export type Requests = Record<RequestKind, number>;

export function addRequests(trx: Trx, day: string, more: Partial<Requests>): void {
  const add = trx.prepare(
    'INSERT INTO carrier_request (day, kind, n) VALUES (?, ?, ?) ON CONFLICT (day, kind) DO UPDATE SET n = n + excluded.n',
  );
  for (const [kind, n] of Object.entries(more)) if (n > 0) add.run(day, kind, n);
}

/** Requests of the days from `day` on, newest day first. */
export function requestsFrom(db: Db, day: string): { day: string; asked: Requests }[] {
  const found = db.prepare('SELECT day, kind, n FROM carrier_request WHERE day >= ? ORDER BY day DESC').all(day) as {
    day: string;
    kind: RequestKind;
    n: number;
  }[];
  const days = new Map<string, Requests>();
  for (const r of found) {
    const asked = days.get(r.day) ?? { send: 0, list: 0, fetch: 0, other: 0 };
    asked[r.kind] = r.n;
    days.set(r.day, asked);
  }
  return [...days].map(([day, asked]) => ({ day, asked }));
}

export function forgetRequests(trx: Trx, beforeDay: string): number {
  return trx.prepare('DELETE FROM carrier_request WHERE day < ?').run(beforeDay).changes;
}
