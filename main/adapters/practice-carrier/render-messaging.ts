import { isTollFree } from './account';
import { BOUGHT, iso } from './render';
import { numberSid } from './render-account';
import { simSid } from './seeded';
import type { SimAccount, SimBrand, SimCampaign, SimNumber, SimService } from './types';

const MESSAGING = 'https://messaging.twilio.com/v1';

export function serviceJson(s: SimService, account: SimAccount) {
  const url = `${MESSAGING}/Services/${s.sid}`;
  return {
    sid: s.sid,
    account_sid: account.accountSid,
    friendly_name: s.name,
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    inbound_request_url: s.inboundRequestUrl,
    inbound_method: 'POST',
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: s.statusCallback ?? null,
    sticky_sender: s.stickySender ?? true,
    mms_converter: true,
    smart_encoding: s.smartEncoding ?? false,
    scan_message_content: 'inherit',
    fallback_to_long_code: false,
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: s.validityPeriod ?? 36_000,
    usecase: s.usecase ?? 'marketing',
    us_app_to_person_registered: s.registered ?? campaignsOf(account, s.sid).some((c) => c.status === 'VERIFIED'),
    use_inbound_webhook_on_number: s.useInboundWebhookOnNumber,
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      alpha_senders: `${url}/AlphaSenders`,
      us_app_to_person: `${url}/Compliance/Usa2p`,
    },
  };
}

export function serviceNumberJson(number: string, s: SimService, account: SimAccount) {
  const sid = numberSid({ number }, account);
  return {
    sid,
    account_sid: account.accountSid,
    service_sid: s.sid,
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    phone_number: number,
    country_code: 'US',
    capabilities: ['SMS', 'MMS'],
    url: `${MESSAGING}/Services/${s.sid}/PhoneNumbers/${sid}`,
  };
}

export function serviceShortCodeJson(number: string, s: SimService, account: SimAccount) {
  const sid = simSid('SC', account.accountSid, number);
  return {
    sid,
    account_sid: account.accountSid,
    service_sid: s.sid,
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    short_code: number,
    country_code: 'US',
    capabilities: ['SMS'],
    url: `${MESSAGING}/Services/${s.sid}/ShortCodes/${sid}`,
  };
}

export const campaignsOf = (account: SimAccount, serviceSid: string): SimCampaign[] =>
  (account.campaigns ?? []).filter((c) => c.serviceSid === serviceSid);

export function campaignJson(c: SimCampaign, account: SimAccount) {
  return {
    sid: c.sid,
    account_sid: account.accountSid,
    brand_registration_sid: c.brandSid,
    messaging_service_sid: c.serviceSid,
    message_samples: ['Corner Shoes: 20% off boots this week. Reply STOP to end', 'Corner Shoes: new sandals are in. Reply STOP to end'],
    us_app_to_person_usecase: c.usecase ?? 'MARKETING',
    has_embedded_links: true,
    has_embedded_phone: false,
    subscriber_opt_in: true,
    age_gated: false,
    direct_lending: false,
    campaign_status: c.status,
    campaign_id: c.status === 'VERIFIED' || c.status === 'SUSPENDED' ? `C${c.sid.slice(-6).toUpperCase()}` : null,
    is_externally_registered: false,
    rate_limits:
      c.status === 'VERIFIED' || c.status === 'SUSPENDED'
        ? { att: { mps: c.mps ?? 12, msg_class: c.attClass ?? 'D' }, tmobile: { brand_tier: c.tmobileTier ?? 'LOW' } }
        : null,
    message_flow: 'Customers sign up at the till or on the shop’s page.',
    opt_in_message: null,
    opt_out_message: null,
    help_message: null,
    opt_in_keywords: ['START'],
    opt_out_keywords: ['STOP'],
    help_keywords: ['HELP'],
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    url: `${MESSAGING}/Services/${c.serviceSid}/Compliance/Usa2p/${c.sid}`,
    mock: false,
    errors: c.errors ?? [],
  };
}

export function brandJson(b: SimBrand, account: SimAccount) {
  const url = `${MESSAGING}/a2p/BrandRegistrations/${b.sid}`;
  return {
    sid: b.sid,
    account_sid: account.accountSid,
    customer_profile_bundle_sid: simSid('BU', account.accountSid, 'customer'),
    a2p_profile_bundle_sid: simSid('BU', account.accountSid, 'a2p'),
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    brand_type: b.type ?? 'STANDARD',
    status: b.status,
    tcr_id: b.status === 'APPROVED' ? `B${b.sid.slice(-6).toUpperCase()}` : null,
    failure_reason: b.failureReason ?? null,
    errors: b.errors ?? [],
    url,
    brand_score: b.score ?? null,
    brand_feedback: [],
    identity_status: b.identity ?? (b.status === 'APPROVED' ? 'VERIFIED' : 'SELF_DECLARED'),
    russell_3000: b.russell3000 ?? false,
    government_entity: false,
    tax_exempt_status: null,
    skip_automatic_sec_vet: false,
    mock: false,
    links: { brand_vettings: `${url}/Vettings`, brand_registration_otps: `${url}/SmsOtp` },
  };
}

/** Toll-free numbers that were handed in for verification; without a word about it they are approved. */
export const verifications = (account: SimAccount): { number: SimNumber; sid: string }[] =>
  account.numbers
    .filter((n) => isTollFree(n.number) && n.verification !== null)
    .map((number) => ({ number, sid: simSid('HH', account.accountSid, number.number) }));

export function verificationJson(number: SimNumber, sid: string, account: SimAccount) {
  const v = number.verification ?? { status: 'TWILIO_APPROVED' as const };
  return {
    sid,
    account_sid: account.accountSid,
    customer_profile_sid: null,
    trust_product_sid: null,
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    regulated_item_sid: null,
    business_name: 'Corner Shoes',
    business_website: 'https://example.com',
    notification_email: 'owner@example.com',
    use_case_categories: ['MARKETING'],
    use_case_summary: 'Offers for customers who asked for them',
    production_message_sample: 'Corner Shoes: 20% off boots this week. Reply STOP to end',
    opt_in_image_urls: ['https://example.com/sign-up.png'],
    opt_in_type: 'PAPER_FORM',
    message_volume: '10,000',
    tollfree_phone_number_sid: numberSid(number, account),
    tollfree_phone_number: number.number,
    status: v.status,
    url: `${MESSAGING}/Tollfree/Verifications/${sid}`,
    rejection_reason: v.rejectionReason ?? null,
    error_code: v.errorCode ?? null,
    edit_expiration: v.editUntil == null ? null : iso(v.editUntil),
    edit_allowed: v.editAllowed ?? null,
    rejection_reasons: v.rejectionReason ? [{ reason: v.rejectionReason, code: v.errorCode ?? null }] : null,
  };
}
