import type { CustomerId } from '@domain/kernel';
import { aSendingShop, type SendingShop } from './sending-shop';

export interface Sold {
  to: CustomerId | null;
  /** YYYY-MM-DD, noon in New York. */
  day: string;
  item: string;
  variant?: string;
  qty?: number;
  kind?: 'sale' | 'refund';
}

/** A shop with sales of one line each, as an import leaves them. */
export async function aBoughtShop(): Promise<{ s: SendingShop; sold: (o: Sold) => void }> {
  const s = await aSendingShop();
  const { db } = s.ctx;
  db.raw
    .prepare(
      `INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at)
       VALUES (1, 'items.csv', 'x', 1, 'square-items', 'square', '{}', 'done', 1, 1)`,
    )
    .run();
  let n = 0;
  const sold = (o: Sold) => {
    const id = db.run(
      db.q.insertInto('sale').values({
        source: 'square',
        source_sale_id: `b${++n}`,
        kind: o.kind ?? 'sale',
        status: 'completed',
        occurred_at: Date.parse(`${o.day}T16:00:00Z`),
        shop_day: o.day,
        customer_id: o.to,
        currency: 'USD',
        gross: 1000,
        net: 1000,
        import_id: 1,
      }),
    ).lastInsertRowid;
    db.raw
      .prepare('INSERT INTO sale_line (sale_id, line_no, name, variant, qty_milli, gross, net) VALUES (?, 1, ?, ?, ?, 1000, 1000)')
      .run(id, o.item, o.variant ?? '', (o.qty ?? 1) * 1000);
  };
  return { s, sold };
}
