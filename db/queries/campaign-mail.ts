import type { MailWords } from '@domain/campaigns/channels';
import type { CampaignId } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** A campaign's words for mails, by part and language. */
export const mailWordsOf = (db: Db, id: CampaignId): MailWords[] =>
  db
    .prepare('SELECT position AS part, language, subject, body FROM campaign_mail WHERE campaign_id = ? ORDER BY position, language')
    .all(id) as MailWords[];

/** Puts these in the place of what a draft had; what says nothing at all is left out. */
export function writeMailWords(trx: Trx, id: CampaignId, mails: readonly MailWords[]): void {
  trx.prepare('DELETE FROM campaign_mail WHERE campaign_id = ?').run(id);
  const put = trx.prepare(
    'INSERT INTO campaign_mail (campaign_id, position, language, subject, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET subject = excluded.subject, body = excluded.body',
  );
  for (const m of mails) if (m.subject.trim() !== '' || m.body.trim() !== '') put.run(id, m.part, m.language, m.subject, m.body);
}

/** Whether a campaign has a mail for that address: then it gets no second one, and nothing else may follow from it either. */
export const hasMail = (db: Db, id: CampaignId, address: string): boolean =>
  db.prepare("SELECT 1 FROM mail WHERE cause_kind = 'campaign' AND cause_id = ? AND address = ?").get(String(id), address) !== undefined;

/** What became of a campaign's mails. */
export interface MailFigures {
  people: number;
  waiting: number;
  sent: number;
  bounced: number;
  rejected: number;
  uncertain: number;
  skipped: number;
}

export const mailFigures = (db: Db, id: CampaignId): MailFigures =>
  db
    .prepare(
      `SELECT count(*) AS people, coalesce(sum(state IN ('staged', 'waiting', 'sending')), 0) AS waiting, coalesce(sum(state = 'sent'), 0) AS sent,
         coalesce(sum(state = 'bounced'), 0) AS bounced, coalesce(sum(state = 'rejected'), 0) AS rejected,
         coalesce(sum(state = 'uncertain'), 0) AS uncertain, coalesce(sum(state IN ('skipped', 'cancelled')), 0) AS skipped
       FROM mail WHERE cause_kind = 'campaign' AND cause_id = ?`,
    )
    .get(String(id)) as MailFigures;

/** Of a campaign a copy held: mails that left, that never began to, and whose end nobody knows. */
export const heldMails = (db: Db, id: CampaignId): { left: number; notLeft: number; unsure: number } =>
  db
    .prepare(
      `SELECT coalesce(sum(state IN ('sent', 'bounced', 'rejected')), 0) AS left,
         coalesce(sum(state = 'uncertain' AND reason = 'restored' AND attempts = 0), 0) AS notLeft,
         coalesce(sum(state = 'uncertain' AND reason IS NOT 'left-by-owner' AND NOT (reason IS 'restored' AND attempts = 0)), 0) AS unsure
       FROM mail WHERE cause_kind = 'campaign' AND cause_id = ?`,
    )
    .get(String(id)) as { left: number; notLeft: number; unsure: number };
