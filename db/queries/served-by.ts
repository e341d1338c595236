import type { CustomerId } from '@domain/kernel';
import type { Db } from '../open';

/** Who rang up somebody's last purchase, as the till writes it; null when it does not say. */
export const lastServedBy = (db: Db, id: CustomerId): string | null =>
  (db.prepare('SELECT staff_name FROM sale WHERE customer_id = ? ORDER BY occurred_at DESC LIMIT 1').pluck().get(id) as
    | string
    | null
    | undefined) ?? null;

/** What the owner is called; of several, the one who came first. */
export const ownerName = (db: Db): string =>
  (db.prepare("SELECT name FROM staff WHERE role = 'owner' AND active = 1 ORDER BY id LIMIT 1").pluck().get() as string | undefined) ?? '';
