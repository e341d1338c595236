import type { Db } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { USUAL_TOPIC } from '@db/queries/campaigns';
import type { CampaignChannels } from '@domain/campaigns/channels';
import type { MergeField } from '@domain/campaigns/template';
import { showName } from '@domain/customers/name';
import type { CampaignId, CustomerId, OfferId, SegmentId } from '@domain/kernel';
import { gather, groupRule } from '../campaigns/audience';
import { mailSayingsOf, sayMail } from '../campaigns/mail-words';
import type { Ctx } from '../ctx';
import { shownMail } from './compose';

export interface MailPreviewInput {
  campaignId: CampaignId | null;
  segmentId: SegmentId | null;
  /** Groups of the parts before this one. */
  before?: readonly SegmentId[] | undefined;
  subject: string;
  body: string;
  language: 'en' | 'es';
  offerId: OfferId | null;
  channels: CampaignChannels;
  topic?: string | undefined;
  index: number;
}

export interface MailPreview {
  /** People of the part who would be reached by e-mail, before anybody is held out. */
  people: number;
  /** Whose mail it is; null = nobody's yet, a made-up reader. */
  reader: { customerId: CustomerId; name: string; email: string } | null;
  shown: { subject: string; html: string; text: string };
  missing: MergeField[];
}

/** Who is reachable hardly changes while somebody types. */
const KEEP_MS = 20_000;
const kept = new WeakMap<Db, { key: string; at: number; people: AudiencePerson[] }>();

async function readersOf(ctx: Ctx, i: MailPreviewInput): Promise<AudiencePerson[]> {
  if (i.segmentId === null) return [];
  const { channels, topic = USUAL_TOPIC } = i;
  const segments = [...(i.before ?? []), i.segmentId];
  const key = JSON.stringify([segments, channels, topic, i.campaignId]);
  const now = ctx.clock.now();
  const known = kept.get(ctx.db);
  if (known && known.key === key && now >= known.at && now - known.at < KEEP_MS) return known.people;
  const rules = segments.map((id, n) => ({ position: n + 1, rule: groupRule(ctx, id) }));
  // whatever is written: that this part has a mail is why it is looked at
  const mails = segments.map((_, n) => ({ part: n + 1, language: 'en' as const, subject: '.', body: '.' }));
  const { reachable } = await gather(ctx, rules, { id: i.campaignId ?? (0 as CampaignId), topic, channels, mails });
  const people = reachable.filter((p) => p.part === segments.length && p.channel === 'email');
  kept.set(ctx.db, { key, at: now, people });
  return people;
}

/** A mail as a real person would read it, while it is being written; with nobody to read it yet, as Ana would. */
export async function mailPreview(ctx: Ctx, i: MailPreviewInput): Promise<MailPreview> {
  const { shop } = ctx.settings();
  const readers = await readersOf(ctx, i);
  const who = readers[Math.min(i.index, readers.length - 1)] ?? null;
  const mails = [{ part: 1, language: i.language, subject: i.subject, body: i.body }];
  const parts = [{ position: 1, name: '', segmentId: null, rule: null, body: '', offerId: i.offerId }];
  // Spanish words alone are no mail yet, but are looked at like one
  const english = i.language === 'en' ? mails : [...mails, { part: 1, language: 'en' as const, subject: '.', body: '.' }];
  const written =
    i.subject.trim() !== '' && i.body.trim() !== ''
      ? english
      : [{ part: 1, language: i.language, subject: i.subject || '…', body: i.body || '…' }];
  const sayings = mailSayingsOf(ctx, { parts, channels: 'email', mails: written }, ctx.clock.now());
  const saying = sayings.of(1, i.language);
  const sample = { id: 0 as CustomerId, firstName: 'Ana', lastItem: 'Trail boots', lastVisitAt: null };
  const said = saying === null ? null : sayMail(shop, saying, who ?? sample, null);
  const email = who?.mail?.email ?? 'ana@example.com';
  return {
    people: readers.length,
    reader: who === null ? null : { customerId: who.id, name: showName(who), email },
    shown: shownMail(ctx, {
      subject: said?.subject ?? '',
      body: said?.body ?? '',
      card: said?.card ?? null,
      language: i.language,
      address: email,
      messageClass: 'marketing',
    }),
    missing: said?.missing ?? [],
  };
}
