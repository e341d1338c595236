import type { AccountLookTable, AccountRefusalTable, AccountUsageTable } from './account';
import type { CreditTodoTable, SaleCreditTable } from './attribution';
import type {
  AutomationArrivalTable,
  AutomationDueTable,
  AutomationEditionTable,
  AutomationEventTable,
  AutomationTable,
  AutomationTodoTable,
} from './automations';
import type {
  CampaignMailTable,
  CampaignPartTable,
  CampaignPersonTable,
  CampaignTable,
  CampaignWordsTable,
  OutboxAttemptTable,
  OutboxStepTable,
  OutboxTable,
} from './campaigns';
import type { CampaignTemplateTable } from './composer';
import type { AddressBookTable, ConsentEventTable, ConsentEvidenceTable, ConsentStateTable, WordingTable } from './consent';
import type { LaterTable, MemberCardTable } from './counter';
import type {
  CounterTaskTable,
  RemedyTable,
  ReplyAnywayTable,
  ReplyTemplateTable,
  ReplyThreadTable,
  ThreadClosedTable,
} from './counter-tasks';
import type { CustomerIdentityTable, CustomerTable, VisitNoteTable } from './customers';
import type { CustomerSizeTable, CustomerWishTable } from './desk';
import type {
  ArticleTable,
  BoughtTable,
  CustomerPermissionTable,
  HistoryTodoTable,
  SegmentDayTable,
  SegmentPersonTable,
  VisitDayTable,
} from './groups';
import type { OfferCodeTable, OfferTable, RedemptionTable, SegmentTable } from './groups-offers';
import type { InboundTable, PollStateTable } from './inbox';
import type { JoinWordTable, KitPrintTable, TopicTable, WordingVersionTable } from './kit';
import type { LadderMoveTable, LadderStepTable, LadderTable } from './ladders';
import type { ReceiptLinkSaleTable, ReceiptLinkTable, SaleNotTheirsTable } from './links';
import type {
  LoyaltyMemberTable,
  LoyaltyNoteTable,
  LoyaltyRewardTable,
  LoyaltyTodoTable,
  LoyaltyVersionTable,
  LoyaltyWalkTable,
  PointsAccountTable,
  PointsEntryTable,
} from './loyalty';
import type { MailAttemptTable, MailProblemTable, MailTable } from './mail';
import type { MarginTable, TillDiscountTable, TillSettledTable } from './money';
import type { CarrierRequestTable, ForeignTextTable, PhoneFactTable } from './numbers';
import type {
  CampaignCostTable,
  CampaignOutcomeTable,
  DayFactTable,
  DayTodoTable,
  OutcomeStateTable,
  OutcomeTodoTable,
  OutcomeTotalTable,
  VerdictSaidTable,
} from './outcomes';
import type {
  ContactTable,
  DrawEntryTable,
  DrawPickTable,
  DrawTable,
  OfferMediumTable,
  OutreachTable,
  RollingCampaignTable,
  WordsVerdictTable,
} from './outreach';
import type {
  ConsentAttestTable,
  ConsentSaidTable,
  CustomerAliasTable,
  CustomerMergeTable,
  DuplicateTodoTable,
  ImportPreferenceTable,
  NotDuplicateTable,
  PossibleDuplicateTable,
} from './people';
import type { ConsentSealedTable, ErasureKeyTable, ErasureReturnTable, ErasureTable, StopListTable } from './privacy';
import type { RegistrationPageTable, RegistrationStepTable, RegistrationTable } from './registration';
import type { AutoAnswerTable, CampaignReplyWordTable, ReplyMenuTable, StopReasonTable } from './replies';
import type { RestoreTable } from './restore';
import type { ColumnMappingTable, ImportChangeTable, ImportTable, SaleLineTable, SaleTable } from './sales';
import type { CustomerOrderTable, CustomerThingTable, NoticePersonTable, NoticeTable, RebuyTermTable } from './service';
import type { AuditTable, BackupLogTable, MetaTable, SettingTable, StaffLockTable, StaffTable, TaskTable } from './shop';
import type { WatchFileTable, WatchFolderTable, WatchKindTable, WebSheetTable } from './sources';
import type { SuggestionPutOffTable, SuggestionTakenTable } from './suggestions';
import type { LinkCodeTable, LinkSourceTable, PayLinkTable, TapTable } from './taps';
import type { DeliveryLineTable, DeliveryTable, DeliveryWishTable } from './wishes';

/** Every table, for kysely. test/db/schema.test.ts holds it against PRAGMA table_info. */
export interface Tables {
  meta: MetaTable;
  setting: SettingTable;
  staff: StaffTable;
  staff_lock: StaffLockTable;
  audit: AuditTable;
  task: TaskTable;
  backup_log: BackupLogTable;
  credit_todo: CreditTodoTable;
  customer: CustomerTable;
  customer_identity: CustomerIdentityTable;
  visit_note: VisitNoteTable;
  import: ImportTable;
  import_change: ImportChangeTable;
  column_mapping: ColumnMappingTable;
  sale: SaleTable;
  sale_line: SaleLineTable;
  wording: WordingTable;
  consent_event: ConsentEventTable;
  consent_evidence: ConsentEvidenceTable;
  consent_state: ConsentStateTable;
  address_book: AddressBookTable;
  segment: SegmentTable;
  segment_person: SegmentPersonTable;
  segment_day: SegmentDayTable;
  customer_permission: CustomerPermissionTable;
  article: ArticleTable;
  bought: BoughtTable;
  visit_day: VisitDayTable;
  history_todo: HistoryTodoTable;
  offer: OfferTable;
  offer_code: OfferCodeTable;
  redemption: RedemptionTable;
  campaign: CampaignTable;
  campaign_person: CampaignPersonTable;
  campaign_part: CampaignPartTable;
  campaign_template: CampaignTemplateTable;
  campaign_words: CampaignWordsTable;
  campaign_mail: CampaignMailTable;
  outbox: OutboxTable;
  outbox_attempt: OutboxAttemptTable;
  outbox_step: OutboxStepTable;
  mail: MailTable;
  mail_attempt: MailAttemptTable;
  mail_problem: MailProblemTable;
  inbound: InboundTable;
  poll_state: PollStateTable;
  sale_credit: SaleCreditTable;
  receipt_link: ReceiptLinkTable;
  receipt_link_sale: ReceiptLinkSaleTable;
  sale_not_theirs: SaleNotTheirsTable;
  customer_merge: CustomerMergeTable;
  customer_alias: CustomerAliasTable;
  not_duplicate: NotDuplicateTable;
  possible_duplicate: PossibleDuplicateTable;
  duplicate_todo: DuplicateTodoTable;
  consent_said: ConsentSaidTable;
  consent_attest: ConsentAttestTable;
  import_preference: ImportPreferenceTable;
  watch_folder: WatchFolderTable;
  watch_file: WatchFileTable;
  watch_kind: WatchKindTable;
  web_sheet: WebSheetTable;
  counter_task: CounterTaskTable;
  reply_template: ReplyTemplateTable;
  remedy: RemedyTable;
  thread_closed: ThreadClosedTable;
  reply_anyway: ReplyAnywayTable;
  reply_thread: ReplyThreadTable;
  phone_fact: PhoneFactTable;
  foreign_text: ForeignTextTable;
  carrier_request: CarrierRequestTable;
  restore: RestoreTable;
  topic: TopicTable;
  join_word: JoinWordTable;
  wording_version: WordingVersionTable;
  kit_print: KitPrintTable;
  customer_size: CustomerSizeTable;
  customer_wish: CustomerWishTable;
  registration: RegistrationTable;
  registration_step: RegistrationStepTable;
  registration_page: RegistrationPageTable;
  reply_menu: ReplyMenuTable;
  auto_answer: AutoAnswerTable;
  stop_reason: StopReasonTable;
  campaign_reply_word: CampaignReplyWordTable;
  member_card: MemberCardTable;
  later: LaterTable;
  consent_sealed: ConsentSealedTable;
  erasure: ErasureTable;
  erasure_key: ErasureKeyTable;
  erasure_return: ErasureReturnTable;
  stop_list: StopListTable;
  account_look: AccountLookTable;
  account_refusal: AccountRefusalTable;
  account_usage: AccountUsageTable;
  ladder: LadderTable;
  ladder_step: LadderStepTable;
  ladder_move: LadderMoveTable;
  link_source: LinkSourceTable;
  link_code: LinkCodeTable;
  tap: TapTable;
  pay_link: PayLinkTable;
  outreach: OutreachTable;
  contact: ContactTable;
  offer_medium: OfferMediumTable;
  words_verdict: WordsVerdictTable;
  rolling_campaign: RollingCampaignTable;
  draw: DrawTable;
  draw_entry: DrawEntryTable;
  draw_pick: DrawPickTable;
  campaign_outcome: CampaignOutcomeTable;
  outcome_total: OutcomeTotalTable;
  outcome_state: OutcomeStateTable;
  verdict_said: VerdictSaidTable;
  outcome_todo: OutcomeTodoTable;
  campaign_cost: CampaignCostTable;
  day_fact: DayFactTable;
  day_todo: DayTodoTable;
  loyalty_version: LoyaltyVersionTable;
  loyalty_member: LoyaltyMemberTable;
  loyalty_note: LoyaltyNoteTable;
  loyalty_reward: LoyaltyRewardTable;
  points_entry: PointsEntryTable;
  points_account: PointsAccountTable;
  loyalty_todo: LoyaltyTodoTable;
  loyalty_walk: LoyaltyWalkTable;
  margin: MarginTable;
  till_discount: TillDiscountTable;
  till_settled: TillSettledTable;
  suggestion_put_off: SuggestionPutOffTable;
  suggestion_taken: SuggestionTakenTable;
  customer_order: CustomerOrderTable;
  customer_thing: CustomerThingTable;
  rebuy_term: RebuyTermTable;
  notice: NoticeTable;
  notice_person: NoticePersonTable;
  delivery: DeliveryTable;
  delivery_line: DeliveryLineTable;
  delivery_wish: DeliveryWishTable;
  automation: AutomationTable;
  automation_edition: AutomationEditionTable;
  automation_event: AutomationEventTable;
  automation_due: AutomationDueTable;
  automation_todo: AutomationTodoTable;
  automation_arrival: AutomationArrivalTable;
}
