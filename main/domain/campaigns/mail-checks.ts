import { type CampaignChannels, type MailWords, mailWordsFor, SUBJECT_SHOWN, usesMails } from './channels';
import { type Check, checkText } from './checks';

/** What a mail's words have in common with a text's; how they are charged and how people leave is another matter. */
const SHARED: ReadonlySet<Check['code']> = new Set([
  'unknown-field',
  'no-points',
  'no-links',
  'banned-trade',
  'nothing-in-it',
  'shouting',
  'loud-signs',
  'code-without-offer',
]);

export type MailCheck = Check & { part?: number };

/** Everything about a campaign's mails that stops it or deserves a word, in the order an owner should mend it. */
export function checkMails(f: {
  channels: CampaignChannels;
  parts: readonly { position: number; hasOffer: boolean }[];
  mails: readonly MailWords[];
  shopName: string;
  hasLinks: boolean;
  hasPoints?: boolean;
  connected: boolean;
  hasPostal: boolean;
  /** People it would reach by e-mail. */
  people: number;
  /** Mails a day at most. */
  dailyLimit: number;
}): MailCheck[] {
  if (!usesMails(f.channels)) return [];
  const out: MailCheck[] = [];
  const several = f.parts.length > 1;
  const without = f.parts.filter((p) => mailWordsFor(f.mails, p.position, 'en') === null);
  if (without.length === f.parts.length || f.channels === 'email') {
    for (const p of without) out.push({ code: 'mail-empty', level: 'stop', ...(several && { part: p.position }) });
  }
  const seen = new Set<string>();
  for (const m of f.mails) {
    const hasOffer = f.parts.find((p) => p.position === m.part)?.hasOffer ?? false;
    const words = `${m.subject}\n${m.body}`;
    const text = {
      body: words,
      shopName: f.shopName,
      addStopLine: true,
      hasOffer,
      hasLinks: f.hasLinks,
      hasPoints: f.hasPoints ?? false,
      longest: '',
    };
    for (const c of checkText(text)) {
      if (!SHARED.has(c.code) || seen.has(`${c.code} ${m.part}`)) continue;
      seen.add(`${c.code} ${m.part}`);
      out.push({ ...c, ...(several && { part: m.part }) });
    }
    if (m.subject.trim().length > SUBJECT_SHOWN) out.push({ code: 'mail-long-subject', level: 'warn', ...(several && { part: m.part }) });
  }
  if (f.people === 0) return out;
  if (!f.connected) out.push({ code: 'mail-not-connected', level: 'stop' });
  if (!f.hasPostal) out.push({ code: 'mail-no-postal', level: 'stop' });
  if (f.people > f.dailyLimit) out.push({ code: 'mail-several-days', level: 'warn', found: String(Math.ceil(f.people / f.dailyLimit)) });
  return out;
}
