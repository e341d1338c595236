import type {
  BrandStatus,
  CampaignStatus,
  CarrierComplaint,
  SeenBrand,
  SeenCampaign,
  SeenTollFree,
  TollFreeStatus,
} from '@domain/account/view';
import type { UtcMs } from '@domain/kernel';
import type { UsageLine } from '@ports/carrier-account';
import { toSignedMicros } from './wire';

/** Twilio's words for where a registration stands, in ours; new words count as `other` and are never taken for an approval. */
const BRAND: Record<string, BrandStatus> = {
  PENDING: 'pending',
  IN_REVIEW: 'pending',
  APPROVED: 'approved',
  FAILED: 'failed',
  SUSPENDED: 'suspended',
};
const CAMPAIGN: Record<string, CampaignStatus> = {
  PENDING: 'pending',
  IN_PROGRESS: 'pending',
  IN_REVIEW: 'pending',
  VERIFIED: 'approved',
  APPROVED: 'approved',
  FAILED: 'failed',
  REJECTED: 'failed',
  SUSPENDED: 'suspended',
};
const TOLL_FREE: Record<string, TollFreeStatus> = {
  PENDING_REVIEW: 'pending',
  IN_REVIEW: 'in-review',
  TWILIO_APPROVED: 'approved',
  TWILIO_REJECTED: 'rejected',
};

const instant = (d: unknown): UtcMs | null => {
  const at = d instanceof Date ? d.getTime() : typeof d === 'string' ? Date.parse(d) : Number.NaN;
  return Number.isNaN(at) ? null : (at as UtcMs);
};

const field = (o: unknown, name: string): unknown =>
  typeof o === 'object' && o !== null ? (o as Record<string, unknown>)[name] : undefined;
const textOf = (v: unknown): string => (typeof v === 'string' ? v.trim() : '');
const numberOf = (v: unknown): number | null => {
  const n = typeof v === 'string' && v.trim() !== '' ? Number(v) : v;
  return typeof n === 'number' && Number.isFinite(n) ? n : null;
};

/** Twilio tells complaints in three shapes: brands and campaigns `error_code`/`description`, toll-free `code`/`reason`, or a bare text. */
export function complaints(list: unknown, ...also: { code?: unknown; text?: unknown }[]): CarrierComplaint[] {
  const out: CarrierComplaint[] = [];
  const add = (code: unknown, text: unknown) => {
    const c = numberOf(code);
    const t = textOf(text).slice(0, 400);
    if ((c !== null || t !== '') && !out.some((o) => o.code === c && (o.text === t || t === ''))) out.push({ code: c, text: t });
  };
  for (const e of Array.isArray(list) ? list : []) {
    if (typeof e === 'string') add(null, e);
    else add(field(e, 'error_code') ?? field(e, 'code'), field(e, 'description') ?? field(e, 'reason'));
  }
  if (out.length === 0) for (const { code, text } of also) add(code, text);
  return out;
}

/** The SDK's fields that we read; what lies deeper keeps the wire's names, whatever its types say. */
interface SdkBrand {
  sid: string;
  brandType: string;
  status: string;
  brandScore: number | null;
  failureReason: string | null;
  errors: unknown;
  dateCreated: Date;
  dateUpdated: Date;
}

export const toBrand = (b: SdkBrand): SeenBrand => {
  const status = BRAND[b.status] ?? 'other';
  return {
    sid: b.sid,
    type: b.brandType ?? '',
    status,
    score: numberOf(b.brandScore),
    errors: status === 'approved' ? [] : complaints(b.errors, { text: b.failureReason }),
    createdAt: instant(b.dateCreated),
    updatedAt: instant(b.dateUpdated),
  };
};

interface SdkCampaign {
  sid: string;
  brandRegistrationSid: string;
  messagingServiceSid: string;
  usAppToPersonUsecase: string;
  campaignStatus: string;
  rateLimits: unknown;
  errors: unknown;
  dateCreated: Date;
  dateUpdated: Date;
}

export const toCampaign = (c: SdkCampaign): SeenCampaign => ({
  sid: c.sid,
  serviceSid: c.messagingServiceSid,
  brandSid: c.brandRegistrationSid,
  usecase: c.usAppToPersonUsecase ?? '',
  status: CAMPAIGN[c.campaignStatus] ?? 'other',
  attPerSecond: numberOf(field(field(c.rateLimits, 'att'), 'mps')),
  tmobileTier: textOf(field(field(c.rateLimits, 'tmobile'), 'brand_tier')) || null,
  errors: complaints(c.errors),
  createdAt: instant(c.dateCreated),
  updatedAt: instant(c.dateUpdated),
});

interface SdkTollFree {
  sid: string;
  tollfreePhoneNumber: string;
  status: string;
  rejectionReason: string | null;
  rejectionReasons: unknown;
  errorCode: number | null;
  editExpiration: Date | null;
  editAllowed: boolean | null;
  dateCreated: Date;
  dateUpdated: Date;
}

export const toTollFree = (t: SdkTollFree): SeenTollFree => ({
  sid: t.sid,
  number: t.tollfreePhoneNumber ?? '',
  status: TOLL_FREE[t.status] ?? 'other',
  reasons: complaints(t.rejectionReasons, { code: t.errorCode, text: t.rejectionReason }),
  editUntil: t.editAllowed === false ? null : instant(t.editExpiration),
  createdAt: instant(t.dateCreated),
  updatedAt: instant(t.dateUpdated),
});

interface SdkUsage {
  category: string;
  count: string | null;
  usage: string | null;
  usageUnit: string | null;
  price: number | string | null;
  priceUnit: string | null;
}

/** Lines on which nothing was counted and nothing was charged say nothing. */
export function toUsage(rows: readonly SdkUsage[]): UsageLine[] {
  return rows.flatMap((r) => {
    const line: UsageLine = {
      category: r.category,
      count: numberOf(r.count) ?? 0,
      usage: numberOf(r.usage) ?? 0,
      usageUnit: r.usageUnit ?? '',
      price: toSignedMicros(r.price ?? 0),
      currency: (r.priceUnit ?? 'USD').toUpperCase(),
    };
    return line.count === 0 && line.usage === 0 && line.price === 0 ? [] : [line];
  });
}

/** Whether texts to a country are allowed; the list names each country with `enabled`. */
export function geoAllows(permissions: unknown, country: string): boolean | null {
  const rows = Array.isArray(permissions) ? permissions : [];
  const mine =
    rows.find((p) => field(p, 'country_code') === country && field(p, 'type') === 'country') ??
    rows.find((p) => field(p, 'country_code') === country);
  const enabled = field(mine, 'enabled');
  return typeof enabled === 'boolean' ? enabled : null;
}
