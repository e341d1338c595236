import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, PageZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const text = (max: number) => z.string().max(max);
const one = z.object({ id: n.min(1) });

export const DrawRulesZ = z.object({
  sponsor: text(120),
  sponsorAddress: text(200),
  prize: text(300),
  prizeValue: CentsZ.nullable(),
  minAge: n.min(0).max(99),
  residents: text(200),
  freeEntry: text(400),
  claimDays: n.min(0).max(365),
  winnersList: text(300),
  extra: text(2000),
});
const FieldZ = z.enum(['sponsor', 'sponsorAddress', 'prize', 'prizeValue', 'minAge', 'residents', 'freeEntry', 'claimDays', 'winnersList']);

const summary = {
  id: n,
  name: z.string(),
  prize: z.string(),
  phase: z.enum(['draft', 'ahead', 'open', 'over', 'drawn', 'cancelled']),
  opensOn: ShopDayZ,
  closesOn: ShopDayZ,
  entries: n,
};
const HowZ = z.enum(['reply', 'counter', 'paper']);
const PickStateZ = z.enum(['won', 'waiting', 'claimed', 'passed']);
const who = { customerId: CustomerIdZ.nullable(), name: z.string(), phone: z.string().nullable() };

/** Prize draws among those who answered or entered at the counter (domain/draws/draw.ts says how they are drawn). */
export const draws = {
  'draws/list': query({ role: 'owner', input: EmptyZ, output: z.array(z.object(summary)).max(200) }),
  /** The seed is told only once it has done its work. */
  'draws/get': query({
    role: 'owner',
    input: one,
    output: z.object({
      ...summary,
      word: z.string().nullable(),
      number: z.string().nullable(),
      winners: n,
      alternates: n,
      rules: DrawRulesZ,
      missing: z.array(FieldZ),
      rulesText: z.object({ en: z.array(z.string()), es: z.array(z.string()) }),
      rulesHash: z.string().nullable(),
      seedHash: z.string().nullable(),
      committedAt: UtcMsZ.nullable(),
      listHash: z.string().nullable(),
      drawnAt: UtcMsZ.nullable(),
      seed: z.string().nullable(),
      counts: z.object({ total: n, reply: n, counter: n }),
      picks: z.array(z.object({ place: n, state: PickStateZ, ticket: z.string(), at: UtcMsZ, ...who })),
      /** Every reply written before the end has been read. */
      repliesRead: z.boolean(),
      claimBy: ShopDayZ.nullable(),
    }),
  }),
  'draws/save': command({
    role: 'owner',
    input: z.object({
      id: n.min(1).nullable(),
      name: z.string().trim().min(1).max(80),
      word: text(20).nullable(),
      opensOn: ShopDayZ,
      closesOn: ShopDayZ,
      winners: n.min(1).max(100),
      alternates: n.min(0).max(100),
      rules: DrawRulesZ,
    }),
    output: one,
    changes: ['campaigns'],
  }),
  'draws/open': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'counter'] }),
  'draws/draw': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'counter', 'inbox'] }),
  'draws/cancel': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'counter'] }),
  'draws/remove': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns'] }),
  'draws/claim': command({ role: 'owner', input: one.extend({ place: n.min(1) }), output: DoneZ, changes: ['campaigns'] }),
  /** The next alternate gets it; null = none is left. */
  'draws/pass': command({
    role: 'owner',
    input: one.extend({ place: n.min(1) }),
    output: z.object({ next: n.nullable() }),
    changes: ['campaigns', 'inbox'],
  }),
  'draws/entries': query({
    role: 'owner',
    input: one.extend({ page: PageZ }),
    output: z.object({
      total: n,
      rows: z.array(z.object({ id: n, ticket: z.string(), how: HowZ, at: UtcMsZ, ...who })).max(200),
    }),
  }),
  /** For the printed record: every ticket, and the lots of those drawn. */
  'draws/record': query({
    role: 'owner',
    input: one,
    output: z.object({
      tickets: z.array(z.string()),
      picks: z.array(z.object({ place: n, ticket: z.string(), lot: z.string(), who: z.string(), state: PickStateZ, winner: z.boolean() })),
    }),
  }),
  /** What staff may enter somebody in right now. */
  'draws/at-counter': query({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ.nullable() }),
    output: z.array(z.object({ id: n, name: z.string(), prize: z.string(), closesOn: ShopDayZ, entered: z.boolean() })),
  }),
  /** The free entry at the counter: the person in front, or a name and a number. */
  'draws/enter': command({
    role: 'staff',
    input: z.object({
      drawId: n.min(1),
      customerId: CustomerIdZ.nullable(),
      name: text(120).optional(),
      phone: text(40).optional(),
      how: z.enum(['counter', 'paper']).optional(),
    }),
    output: z.object({ ticket: z.string() }),
    changes: ['campaigns', 'counter'],
  }),
} satisfies Contract;
