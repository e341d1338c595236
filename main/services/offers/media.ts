import { insertMedium, countMedium as keepCount, type MediumKind, type MediumRow, mediaOf } from '@db/queries/offer-media';
import { offerById } from '@db/queries/offers';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { CampaignId, Cents, OfferId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { saveOffer } from './offers';

export interface MediumInput {
  baseId: OfferId;
  campaignId: CampaignId | null;
  kind: MediumKind;
  name: string;
  code: string;
  givenOut: number | null;
  cost: Cents | null;
}

/**
 * An offer's own code for one medium: a copy of the offer that everybody may use with this word, so that the counter knows it like any
 * other and what comes by the radio is not taken for what came by the poster.
 * @throws AppError offer.not-found | input.invalid {field: sharedCode | name}
 */
export function makeMedium(ctx: Ctx, session: Session, m: MediumInput): number {
  const base = offerById(ctx.db, m.baseId);
  if (!base) throw new AppError('offer.not-found');
  const name = m.name.trim();
  if (name === '') throw new AppError('input.invalid', { field: 'name' });
  const { createdAt: _, archived: __, ...terms } = base;
  const copy = saveOffer(ctx, session, {
    ...terms,
    id: null,
    name: `${base.name} · ${name}`.slice(0, 80),
    codeMode: 'shared',
    codeUses: 1,
    membersOnly: false,
    sharedCode: m.code,
  });
  const now = ctx.clock.now();
  const { baseId, campaignId, kind, givenOut, cost } = m;
  return ctx.db.tx((trx) => {
    const id = insertMedium(trx, { baseId, campaignId, offerId: copy.id, kind, name, givenOut, cost, createdAt: now });
    audit(trx, { at: now, staffId: session.staffId, action: 'medium.made', subject: String(id), detail: { kind, name } });
    return id;
  });
}

/** How many were given out and what they cost, as the owner learns it. */
export function countMedium(ctx: Ctx, session: Session, id: number, m: { givenOut: number | null; cost: Cents | null }): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!keepCount(trx, id, m)) throw new AppError('offer.not-found');
    audit(trx, { at: now, staffId: session.staffId, action: 'medium.changed', subject: String(id) });
  });
}

export const mediaFor = (ctx: Ctx, of: { baseId: OfferId } | { campaignId: CampaignId }): MediumRow[] => mediaOf(ctx.db, of);
