import type { CampaignId, CustomerId, OfferId, PhoneE164, SegmentId } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { aDraft } from './planned';
import { givePermission } from './sending-shop';
import type { TestCtx } from './test-ctx';

/** A group by any rule. */
export function aGroup(ctx: TestCtx, rule: Rule, name = JSON.stringify(rule)): SegmentId {
  const now = ctx.clock.now();
  return Number(
    ctx.db.prepare('INSERT INTO segment (name, rule, created_at, updated_at) VALUES (?, ?, ?, ?)').run(name, JSON.stringify(rule), now, now)
      .lastInsertRowid,
  ) as SegmentId;
}

export function anOffer(ctx: TestCtx, percent: number, validDays = 12): OfferId {
  return Number(
    ctx.db
      .prepare("INSERT INTO offer (name, kind, percent, valid_days, code_mode, created_at) VALUES (?, 'percent', ?, ?, 'personal', 0)")
      .run(`${percent} % off`, percent, validDays).lastInsertRowid,
  ) as OfferId;
}

export interface Somebody {
  tags?: readonly string[];
  language?: 'en' | 'es';
  links?: 'yes' | 'no' | 'unknown';
  name?: string;
  area?: string;
  /** Default: they may be texted. */
  permitted?: boolean;
}

/** People who may be texted, in the order given. */
export function somePeople(ctx: TestCtx, people: readonly Somebody[], from = 0): { id: CustomerId; phone: PhoneE164 }[] {
  const phoneOf = (p: Somebody, i: number) => `+1${p.area ?? '646'}${String(5_550_000 + from + i)}` as PhoneE164;
  givePermission(
    ctx,
    people.flatMap((p, i) => (p.permitted === false ? [] : [phoneOf(p, i)])),
  );
  const insert = ctx.db.prepare(
    `INSERT INTO customer (first_name, phone, phone_kind, tags, language, link_capable, created_at, updated_at)
     VALUES (?, ?, 'mobile', ?, ?, ?, 0, 0)`,
  );
  return people.map((p, i) => {
    const phone = phoneOf(p, i);
    const row = insert.run(p.name ?? `P${i}`, phone, JSON.stringify(p.tags ?? []), p.language ?? 'en', p.links ?? 'unknown');
    return { id: Number(row.lastInsertRowid) as CustomerId, phone };
  });
}

/**
 * A campaign of three parts: those who bought suits, those who bought shirts (in Spanish, too, and two wordings against each other), and
 * everybody else without a link for plain phones.
 */
export function aThreePartCampaign(ctx: TestCtx, fields: Parameters<typeof aDraft>[1] = {}): CampaignId {
  return aDraft(ctx, {
    segmentId: aGroup(ctx, { is: 'tag', tag: 'suits' }),
    body: '{shop}: {first name|there}, a free tie with your next suit: {code}',
    offerId: anOffer(ctx, 15),
    more: [
      {
        name: 'Shirts',
        segmentId: aGroup(ctx, { is: 'tag', tag: 'shirts' }),
        body: '{shop}: suits, 20 % off until {ends}: {code}',
        offerId: anOffer(ctx, 20),
      },
      { segmentId: aGroup(ctx, { all: [] }), body: '{shop}: new things are in, see shop.example/new. Come by!', offerId: null },
    ],
    words: [
      { part: 2, language: 'es', arm: 'a', links: 'any', body: '{shop}: trajes, 20 % menos hasta {ends}: {code}' },
      {
        part: 2,
        language: 'en',
        arm: 'b',
        links: 'any',
        body: '{shop}: your shirts want a suit. 20 % off until {ends} with {code}, and we press it for free for as long as you keep it, every week if you like',
      },
      { part: 3, language: 'en', arm: 'a', links: 'no', body: '{shop}: new things are in. Come by!' },
    ],
    ...fields,
  });
}
