import type { UtcMs } from '../kernel';
import { campaignOf } from './rates';
import { type AccountSender, type AccountView, type CarrierComplaint, numbersOf } from './view';

/** How far the carriers' approval of a sender is. Only `approved` lets texts arrive. */
export type ApprovalState = 'approved' | 'pending' | 'rejected' | 'suspended' | 'missing' | 'unknown';

export interface Approval {
  readonly state: ApprovalState;
  /** What of it decides: the brand, the campaign or the toll-free form; null for short codes and while nothing could be read. */
  readonly of: 'brand' | 'campaign' | 'toll-free' | null;
  readonly since: UtcMs | null;
  readonly complaints: readonly CarrierComplaint[];
  /** A refused toll-free form may be corrected until then. */
  readonly editUntil: UtcMs | null;
  /** The number it is about, of several. */
  readonly number: string | null;
}

const known = (state: ApprovalState, of: Approval['of'], more: Partial<Approval> = {}): Approval => ({
  state,
  of,
  since: null,
  complaints: [],
  editUntil: null,
  number: null,
  ...more,
});

const WORST: readonly ApprovalState[] = ['suspended', 'rejected', 'missing', 'pending', 'unknown', 'approved'];

/**
 * How far the carriers' approval of a sender is, read from the account: every kind of number among the senders must be approved, so the
 * worst of them counts. Only US numbers need one; `unknown` where the key may not read it.
 */
export function approvalOf(view: AccountView, sender: AccountSender): Approval {
  const numbers = numbersOf(view, sender).filter((n) => n.sms);
  const found: Approval[] = [];
  if (numbers.some((n) => n.kind === 'long-code' && n.number.startsWith('+1'))) found.push(ofCampaign(view, sender));
  for (const n of numbers) if (n.kind === 'toll-free') found.push(ofTollFree(view, n.number));
  if (numbers.some((n) => n.kind === 'short-code')) found.push(known('approved', null)); // leased only after approval
  found.sort((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state));
  return found[0] ?? known('unknown', null);
}

function ofCampaign(view: AccountView, sender: AccountSender): Approval {
  if (view.may.registration !== 'yes' || view.may.services !== 'yes') return known('unknown', 'campaign');
  const campaign = campaignOf(view, sender);
  const brand = campaign
    ? view.brands.find((b) => b.sid === campaign.brandSid)
    : [...view.brands].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0];
  if (brand && brand.status !== 'approved' && brand.status !== 'other') {
    const state = brand.status === 'failed' ? 'rejected' : brand.status;
    return known(state, 'brand', { since: brand.updatedAt, complaints: brand.errors });
  }
  if (!campaign) return known('missing', brand ? 'campaign' : 'brand', { since: brand?.updatedAt ?? null });
  const state = campaign.status === 'failed' ? 'rejected' : campaign.status === 'other' ? 'pending' : campaign.status;
  return known(state, 'campaign', { since: campaign.updatedAt, complaints: campaign.errors });
}

function ofTollFree(view: AccountView, number: string): Approval {
  if (view.may['toll-free'] !== 'yes') return known('unknown', 'toll-free', { number });
  const mine = view.tollFree.filter((t) => t.number === number).sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
  const form = mine.find((t) => t.status === 'approved') ?? mine[0];
  if (!form) return known('missing', 'toll-free', { number });
  const state = form.status === 'approved' ? 'approved' : form.status === 'rejected' ? 'rejected' : 'pending';
  return known(state, 'toll-free', { number, since: form.updatedAt, complaints: form.reasons, editUntil: form.editUntil });
}
