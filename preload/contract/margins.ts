import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, DoneZ, PageZ, ShopDayZ } from './primitives';

const IntZ = z.number().int();
const KindZ = z.enum(['category', 'item']);
/** Hundredths of a percent of the price before discounts and tax. */
const BpZ = z.number().int().min(0).max(10_000);
const NameZ = z.string().trim().min(1).max(200);

/** What the shop earns on what it sells (domain/reports/margin.ts). Until its own margin is typed there is no profit anywhere. */
export const margins = {
  'margins/list': query({
    role: 'owner',
    input: z.object({ kind: KindZ, search: z.string().max(100).default('') }).extend(PageZ.shape),
    output: z.object({
      total: IntZ,
      rows: z
        .array(
          z.object({
            name: z.string(),
            category: z.string(),
            lines: IntZ,
            takings: CentsZ,
            bp: BpZ.nullable(),
            holds: z.object({ bp: BpZ, from: z.enum(['item', 'category', 'shop']) }).nullable(),
          }),
        )
        .max(200),
      shopPercent: IntZ.nullable(),
      /** The days the takings are of. */
      from: ShopDayZ.nullable(),
      to: ShopDayZ.nullable(),
      takings: CentsZ,
      covered: CentsZ,
    }),
  }),
  'margins/save': command({
    role: 'owner',
    input: z.object({
      shopPercent: z.number().int().min(0).max(100).nullable().optional(),
      margins: z.array(z.object({ kind: KindZ, name: NameZ, bp: BpZ.nullable() })).max(2000),
    }),
    output: DoneZ,
    changes: ['settings', 'reports'],
  }),
  /** What a table of names and percents, or of costs and prices, would set; nothing is saved. */
  'margins/read-file': query({
    role: 'owner',
    input: z.object({ path: z.string().min(1).max(4000) }),
    output: z.object({
      fileName: z.string(),
      shape: z.enum(['percent', 'cost']),
      proposals: z.array(z.object({ kind: KindZ, name: z.string(), bp: BpZ, was: BpZ.nullable(), sold: z.boolean() })).max(2000),
      unread: z.array(z.object({ row: IntZ, cell: z.string() })).max(100),
      withoutCost: IntZ,
    }),
  }),
} satisfies Contract;
