import type { Db } from '../open';

/**
 * Every table there is, and what it holds of one person (test/db/personal.test.ts finds a forgotten one). Exports and the certificate
 * of an erasure go by this list; erasing itself is db/queries/erase.ts.
 */
export interface PersonalTable {
  table: string;
  /** Name of the part in "everything we hold about you". */
  part: string;
  /** What it is, for the person who reads the export. */
  about: string;
  /** Rows of the person; @ids, @addresses and @hmacs are JSON lists. */
  where: string;
  /** Columns left out: empty of meaning to people, or of somebody else. */
  without?: readonly string[];
}

const IDS = 'IN (SELECT value FROM json_each(@ids))';
const ADDRESSES = 'IN (SELECT value FROM json_each(@addresses))';
const HMACS = 'IN (SELECT value FROM json_each(@hmacs))';
const EVENTS = `IN (SELECT id FROM consent_event WHERE address_hmac ${HMACS})`;

export const PERSONAL: readonly PersonalTable[] = [
  { table: 'customer', part: 'details', about: 'Name, contact details, notes and figures', where: `id ${IDS}` },
  {
    table: 'customer_alias',
    part: 'other-contacts',
    about: 'Other numbers and e-mails of this person',
    where: `customer_id ${IDS}`,
    without: ['merge_id'],
  },
  { table: 'customer_identity', part: 'till-numbers', about: 'Customer numbers the till uses', where: `customer_id ${IDS}` },
  { table: 'customer_size', part: 'sizes', about: 'Sizes told to the shop', where: `customer_id ${IDS}` },
  { table: 'customer_wish', part: 'wishes', about: 'What this person is looking for', where: `customer_id ${IDS}`, without: ['item_key'] },
  {
    table: 'customer_order',
    part: 'orders',
    about: 'Orders, things kept for this person and repairs; amounts in hundredths',
    where: `customer_id ${IDS}`,
  },
  { table: 'customer_thing', part: 'things', about: 'Things this person has, with a day that matters', where: `customer_id ${IDS}` },
  { table: 'notice_person', part: 'notices', about: 'Recalls and notices about things this person bought', where: `customer_id ${IDS}` },
  {
    table: 'delivery_wish',
    part: 'wishes-told',
    about: 'Deliveries that had what this person was looking for',
    where: `customer_id ${IDS}`,
  },
  { table: 'member_card', part: 'cards', about: 'Membership cards', where: `customer_id ${IDS}` },
  { table: 'visit_note', part: 'visits', about: 'Visits and notes written at the counter', where: `customer_id ${IDS}` },
  { table: 'later', part: 'sign-ups-to-finish', about: 'Sign-ups that were put off', where: `customer_id ${IDS}` },
  {
    table: 'sale',
    part: 'purchases',
    about: 'Purchases and returns, amounts in hundredths',
    where: `customer_id ${IDS}`,
    without: ['lines_hash', 'totals_hash'],
  },
  {
    table: 'sale_line',
    part: 'purchased-items',
    about: 'Items of those purchases; quantities in thousandths',
    where: `sale_id IN (SELECT id FROM sale WHERE customer_id ${IDS})`,
  },
  { table: 'receipt_link', part: 'receipts', about: 'Receipts that tied purchases to this person', where: `customer_id ${IDS}` },
  { table: 'sale_not_theirs', part: 'not-their-purchases', about: 'Purchases said not to be theirs', where: `customer_id ${IDS}` },
  { table: 'offer_code', part: 'codes', about: 'Offer codes', where: `customer_id ${IDS}` },
  { table: 'redemption', part: 'redemptions', about: 'Offers redeemed', where: `customer_id ${IDS}` },
  {
    table: 'loyalty_member',
    part: 'rewards-card',
    about: 'Since when this person collects punches or points',
    where: `customer_id ${IDS}`,
  },
  {
    table: 'loyalty_note',
    part: 'rewards-typed',
    about: 'Punches and points typed at the counter, with the reason',
    where: `customer_id ${IDS}`,
    without: ['uid'],
  },
  { table: 'loyalty_reward', part: 'rewards-given', about: 'Rewards given out', where: `customer_id ${IDS}` },
  { table: 'points_entry', part: 'points', about: 'Every punch and point, and what it was for', where: `customer_id ${IDS}` },
  { table: 'campaign_person', part: 'campaigns', about: 'Campaigns this person was chosen for', where: `customer_id ${IDS}` },
  { table: 'ladder_move', part: 'follow-ups', about: 'Steps of follow-up texts this person took', where: `customer_id ${IDS}` },
  {
    table: 'automation_event',
    part: 'automatic-texts',
    about: 'Why texts that go by themselves went, or did not',
    where: `customer_id ${IDS}`,
  },
  {
    table: 'contact',
    part: 'other-contacts-made',
    about: 'Lists for post, e-mail and advertisements this person was on',
    where: `customer_id ${IDS}`,
  },
  {
    table: 'draw_entry',
    part: 'prize-draws',
    about: 'Prize draws this person entered',
    where: `(customer_id ${IDS} OR (customer_id IS NULL AND phone ${ADDRESSES}))`,
    without: ['person_key'],
  },
  { table: 'segment_person', part: 'lists', about: 'Fixed lists this person is on', where: `customer_id ${IDS}` },
  { table: 'sale_credit', part: 'campaign-purchases', about: 'Purchases counted for a campaign', where: `customer_id ${IDS}` },
  {
    table: 'outbox',
    part: 'texts-sent',
    about: 'Texts to this person; prices in millionths',
    where: `(customer_id ${IDS} OR (customer_id IS NULL AND address ${ADDRESSES}))`,
    without: ['brake_rank', 'reconcile_step', 'reconcile_at', 'retry_at', 'priority'],
  },
  {
    table: 'mail',
    part: 'mails-sent',
    about: 'E-mails to this person',
    where: `(customer_id ${IDS} OR (customer_id IS NULL AND address ${ADDRESSES}))`,
    without: ['retry_at', 'token'],
  },
  { table: 'mail_problem', part: 'mail-problems', about: 'Addresses from which mail came back', where: `address ${ADDRESSES}` },
  {
    table: 'inbound',
    part: 'texts-received',
    about: 'What this person wrote to the shop',
    where: `(customer_id ${IDS} OR (customer_id IS NULL AND from_address ${ADDRESSES}))`,
  },
  {
    table: 'counter_task',
    part: 'tasks',
    about: 'Things to do for this person',
    where: `(customer_id ${IDS} OR (customer_id IS NULL AND address ${ADDRESSES}))`,
  },
  {
    table: 'pay_link',
    part: 'payment-links',
    about: 'Links to pay for things that were held',
    where: `task_id IN (SELECT id FROM counter_task WHERE customer_id ${IDS} OR (customer_id IS NULL AND address ${ADDRESSES}))`,
  },
  { table: 'link_code', part: 'links', about: 'Links sent to this person', where: `customer_id ${IDS}` },
  {
    table: 'tap',
    part: 'taps',
    about: 'When these links were opened, as the shop’s website tells',
    where: `code IN (SELECT code FROM link_code WHERE customer_id ${IDS})`,
  },
  { table: 'reply_menu', part: 'open-questions', about: 'A question of ours that waits for an answer', where: `phone ${ADDRESSES}` },
  {
    table: 'phone_fact',
    part: 'number-facts',
    about: 'What is known about this number: mobile or not, whether texts arrive',
    where: `phone ${ADDRESSES}`,
  },
  { table: 'auto_answer', part: 'automatic-answers', about: 'Automatic answers', where: `phone ${ADDRESSES}` },
  { table: 'reply_thread', part: 'conversations', about: 'Conversations by text: when, and what is unread', where: `address ${ADDRESSES}` },
  { table: 'thread_closed', part: 'closed-conversations', about: 'Conversations that were closed', where: `address ${ADDRESSES}` },
  { table: 'stop_reason', part: 'reasons', about: 'Why texts were stopped', where: `customer_id ${IDS}` },
  {
    table: 'consent_event',
    part: 'permission',
    about: 'Permission given, changed and taken back, with hashes of the chain',
    where: `address_hmac ${HMACS}`,
  },
  {
    table: 'consent_evidence',
    part: 'permission-proof',
    about: 'Proof of each of these',
    where: `event_id ${EVENTS}`,
    without: ['photo', 'salt'],
  },
  {
    table: 'wording',
    part: 'permission-wording',
    about: 'The exact words shown',
    where: `hash IN (SELECT wording_hash FROM consent_event WHERE address_hmac ${HMACS})`,
  },
  { table: 'consent_state', part: 'permission-now', about: 'Where permission stands', where: `address_hmac ${HMACS}` },
  { table: 'consent_said', part: 'files-about-permission', about: 'What till files said about permission', where: `address ${ADDRESSES}` },
  {
    table: 'import_change',
    part: 'earlier-values',
    about: 'Values a till file replaced',
    where: `table_name = 'customer' AND row_key IN (SELECT CAST(value AS TEXT) FROM json_each(@ids))`,
  },
  {
    table: 'customer_merge',
    part: 'merged-records',
    about: 'Records that were put together into this one',
    where: `undone_at IS NULL AND (kept_id ${IDS} OR gone_id ${IDS})`,
  },
  {
    table: 'audit',
    part: 'what-staff-did',
    about: 'What staff did with this record',
    where: `subject IN (SELECT CAST(value AS TEXT) FROM json_each(@ids)) AND (action LIKE 'customer.%' OR action LIKE 'link.%' OR action = 'consent.stopped-at-counter')`,
  },
];

/** Tables that hold nothing of a person beyond what the parts above say; why. */
export const NOT_PERSONAL: Readonly<Record<string, string>> = {
  notice: 'what a notice is about; who was told stands beside it',
  delivery: 'what came into the shop',
  delivery_line: 'what came into the shop',
  rebuy_term: 'how often goods are bought again',
  account_look: 'the shop’s own texting account',
  account_refusal: 'codes, no numbers',
  account_usage: 'what the carrier counted, without numbers',
  address_book: 'number or e-mail and its code name, both already told',
  article: 'names of articles',
  automation: 'texts to many',
  automation_arrival: 'texts to many',
  automation_due: 'dates of automatic texts, derived',
  automation_edition: 'texts to many',
  automation_todo: 'list of work, derived',
  backup_log: 'copies of the whole shop',
  bought: 'articles of purchases already told, derived',
  campaign: 'texts to many',
  carrier_request: 'how often the carrier was asked',
  campaign_cost: 'what texts cost, together',
  campaign_outcome: 'figures of campaigns already told, derived',
  campaign_mail: 'the owner’s words',
  campaign_part: 'texts to many',
  campaign_template: 'texts to many',
  campaign_reply_word: 'words of a campaign',
  campaign_words: 'texts to many',
  column_mapping: 'how a file is read',
  consent_attest: 'the owner’s statement about a whole file',
  consent_sealed: 'locked proof of people who were erased',
  credit_todo: 'list of work, derived',
  customer_permission: 'permission already told, derived',
  customer_search: 'index of names, numbers and e-mails, derived',
  day_fact: 'sales of a day, together',
  day_todo: 'list of work, derived',
  draw: 'prize draws',
  draw_pick: 'which tickets were drawn, already told',
  duplicate_todo: 'list of work, derived',
  erasure: 'certificates, without names',
  erasure_key: 'code names only',
  erasure_return: 'a question to the owner about a whole record',
  foreign_text: 'the carrier’s own numbers of texts that are not ours',
  history_todo: 'list of work, derived',
  import: 'files',
  import_preference: 'how a file is read',
  join_word: 'words on signs',
  kit_print: 'signs that were printed',
  ladder: 'follow-up texts to many',
  ladder_step: 'follow-up texts to many',
  link_source: 'where clicks are read from',
  loyalty_todo: 'list of work, derived',
  loyalty_version: 'what the shop promises those who collect',
  loyalty_walk: 'list of work, derived',
  margin: 'what the shop earns on its goods',
  meta: 'facts about the shop file',
  not_duplicate: 'that two records are different people; the other one is not theirs to see',
  offer: 'offers',
  offer_medium: 'codes on posters and the like',
  mail_attempt: 'technical record of a mail already told',
  outbox_attempt: 'technical record of a text already told',
  outbox_step: 'technical record of a text already told',
  outcome_state: 'how far campaigns were counted',
  outcome_todo: 'list of work, derived',
  outcome_total: 'figures of campaigns, together',
  outreach: 'lists, without their people',
  points_account: 'sum of the points already told, derived',
  poll_state: 'technical',
  possible_duplicate: 'that two records may be one, derived',
  receipt_link_sale: 'which purchases a receipt tied, already told',
  registration: 'the shop itself',
  registration_page: 'the shop itself',
  registration_step: 'the shop itself',
  remedy: 'what the owner changed for everybody',
  reply_anyway: 'that an answer left outside hours, by the text already told',
  reply_template: 'ready-made answers',
  restore: 'counts of what came back after a copy was put in place',
  rolling_campaign: 'texts to many',
  segment: 'rules about people',
  segment_day: 'how many people a group held',
  setting: 'the shop itself',
  staff: 'people who work here',
  staff_lock: 'people who work here',
  stop_list: 'files',
  suggestion_put_off: 'what the owner put off, without people',
  suggestion_taken: 'which campaigns began as a suggestion',
  task: 'long work',
  till_discount: 'what the till’s discounts mean',
  till_settled: 'differences at the till, by sale',
  topic: 'what people can ask for',
  verdict_said: 'what results of texts to many said first',
  visit_day: 'days of purchases already told, derived',
  watch_file: 'files',
  watch_folder: 'files',
  watch_kind: 'files',
  web_sheet: 'files',
  words_verdict: 'how two wordings did',
  wording_version: 'the shop’s own wording',
};

export interface Whose {
  ids: readonly number[];
  addresses: readonly string[];
  hmacs: readonly string[];
}

/** The rows of one part. */
export function personalRows(db: Db, t: PersonalTable, who: Whose): Record<string, unknown>[] {
  const given: Record<string, string> = {
    ids: JSON.stringify(who.ids),
    addresses: JSON.stringify(who.addresses),
    hmacs: JSON.stringify(who.hmacs),
  };
  const used = Object.fromEntries(Object.entries(given).filter(([k]) => t.where.includes(`@${k}`)));
  const rows = db.prepare(`SELECT * FROM ${t.table} WHERE ${t.where}`).all(used) as Record<string, unknown>[];
  for (const row of rows) for (const column of t.without ?? []) delete row[column];
  return rows;
}

/** Photographed forms of somebody, for files of their own. */
export const photosOf = (db: Db, hmacs: readonly string[]): { eventId: number; photo: Buffer }[] =>
  db
    .prepare(
      `SELECT v.event_id AS eventId, v.photo FROM consent_evidence v JOIN consent_event e ON e.id = v.event_id
       WHERE v.photo IS NOT NULL AND e.address_hmac IN (SELECT value FROM json_each(?)) ORDER BY e.id`,
    )
    .all(JSON.stringify(hmacs)) as { eventId: number; photo: Buffer }[];
