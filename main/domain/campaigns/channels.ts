/**
 * How a campaign reaches people: by text; by text and else by e-mail; by e-mail and else by text; by e-mail. What somebody chose comes
 * first whatever stands here: a channel they turned off is not open (domain/consent/preference.ts). One step reaches a person once.
 */
export const CAMPAIGN_CHANNELS = ['sms', 'both', 'email-first', 'email'] as const;
export type CampaignChannels = (typeof CAMPAIGN_CHANNELS)[number];
export type Channel = 'sms' | 'email';

/** A mail's words for one part, in one language. */
export interface MailWords {
  part: number;
  language: 'en' | 'es';
  subject: string;
  body: string;
}

export const usesTexts = (c: CampaignChannels): boolean => c !== 'email';
export const usesMails = (c: CampaignChannels): boolean => c !== 'sms';

/** What somebody of a part reads: in their language, else in English; null where the part has no mail. */
export function mailWordsFor(mails: readonly MailWords[], part: number, language: 'en' | 'es'): MailWords | null {
  const own = mails.filter((m) => m.part === part && m.subject.trim() !== '' && m.body.trim() !== '');
  return own.find((m) => m.language === language) ?? own.find((m) => m.language === 'en') ?? null;
}

/** Subjects beyond this are cut off in a list of mails; warned of, never refused. */
export const SUBJECT_SHOWN = 60;
export const MOST_SUBJECT = 150;
export const MOST_MAIL_BODY = 8000;
