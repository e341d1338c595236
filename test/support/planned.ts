import type { CampaignId, CustomerId, PhoneE164, SegmentId } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { type ScheduleInput, scheduleCampaign } from '@services/campaigns/schedule';
import { listGroups } from '@services/segments/segments';
import { SERVICE } from './carrier';
import { aNewYorker, aSendingShop, givePermission, type SendingShop } from './sending-shop';
import { owner, type TestCtx } from './test-ctx';

/** People of New York who may be texted: the ids. */
export function addPeople(ctx: TestCtx, from: number, count: number): { id: CustomerId; phone: PhoneE164 }[] {
  const phones = Array.from({ length: count }, (_, i) => aNewYorker(from + i));
  givePermission(ctx, phones);
  const now = ctx.clock.now();
  return phones.map((phone, i) => ({
    phone,
    id: Number(
      ctx.db
        .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES (?, ?, 'mobile', ?, ?)")
        .run(`P${from + i}`, phone, now, now).lastInsertRowid,
    ) as CustomerId,
  }));
}

/** A shop whose sender is a Messaging Service, with `people` in its group. */
export async function aPlanningShop(people: number, o: Parameters<typeof aSendingShop>[0] = {}): Promise<SendingShop> {
  const shop = await aSendingShop({
    ...o,
    settings: { ...o.settings, texting: { sender: { kind: 'service', sid: SERVICE }, ...o.settings?.texting } },
  });
  addPeople(shop.ctx, 0, people);
  return shop;
}

export const aDraft = (ctx: TestCtx, fields: Partial<Parameters<typeof saveDraft>[2]> = {}, id: CampaignId | null = null): CampaignId =>
  saveDraft(ctx, id, {
    name: 'Boots week',
    segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId,
    body: '{shop}: Hi {first name|there}, boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
    ...fields,
  });

/** Reviewed and planned as the owner does it. */
export async function planned(
  ctx: TestCtx,
  o: Partial<ScheduleInput> & Pick<ScheduleInput, 'at'>,
  fields: Partial<Parameters<typeof saveDraft>[2]> = {},
): Promise<CampaignId> {
  const id = o.id ?? aDraft(ctx, fields);
  const r = await review(ctx, id, { at: o.at, viaCarrier: o.viaCarrier ?? false });
  const task = await scheduleCampaign(
    ctx,
    {
      id,
      quoteToken: r.quoteToken ?? '',
      latePolicy: 'ask',
      ceilingPeople: r.ceiling.people,
      viaCarrier: false,
      ...o,
    },
    owner,
  );
  if (task !== null) await ctx.tasks.finished(task);
  return id;
}

export const textsOf = (ctx: TestCtx, id: CampaignId) =>
  ctx.db
    .prepare(
      "SELECT id, address, state, reason, sid, send_at AS sendAt, left_at AS leftAt, recall, brake_rank AS brakeRank, attempts FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? ORDER BY id",
    )
    .all(String(id)) as {
    id: number;
    address: PhoneE164;
    state: string;
    reason: string | null;
    sid: string | null;
    sendAt: number | null;
    leftAt: number | null;
    recall: string | null;
    brakeRank: number | null;
    attempts: number;
  }[];

export const stateOfCampaign = (ctx: TestCtx, id: CampaignId) =>
  ctx.db.prepare('SELECT state, pause_reason AS reason, scheduled_at AS at FROM campaign WHERE id = ?').get(id) as {
    state: string;
    reason: string | null;
    at: number | null;
  };
