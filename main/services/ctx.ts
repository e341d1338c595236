import type { Topic } from '@contract/define';
import type { FileState } from '@db/backup';
import type { Db } from '@db/open';
import type { NewEntry } from '@db/queries/draws';
import type { NoticeFact } from '@db/queries/notices';
import type { Offer } from '@db/queries/offers';
import type { OrderFact } from '@db/queries/orders';
import type { CauseFact } from '@db/queries/replay-automations';
import type { DrawFact } from '@db/queries/replay-draws';
import type { LoyaltyFact } from '@db/queries/replay-loyalty';
import type { LinkFact, MoveFact, ReachFact } from '@db/queries/replay-paths';
import type { TaskRow } from '@db/queries/tasks';
import type { ToldFact } from '@db/queries/wishes';
import type { StaffId, TaskId, UtcMs } from '@domain/kernel';
import type { Settings } from '@domain/settings/settings';
import type { AccountFor, CarrierAccount } from '@ports/carrier-account';
import type { Clock } from '@ports/clock';
import type { FolderBell } from '@ports/folder-bell';
import type { ImportRunner } from '@ports/import-runner';
import type { LinkCheck } from '@ports/link-check';
import type { LinkSource } from '@ports/link-source';
import type { Mailbox, MailboxFor } from '@ports/mailbox';
import type { Mailer, MailerFor } from '@ports/mailer';
import type { Notices } from '@ports/notices';
import type { NumberLookup } from '@ports/number-lookup';
import type { PaperPrinter } from '@ports/paper-printer';
import type { SecretStore } from '@ports/secrets';
import type { SmsGateway } from '@ports/sms-gateway';
import type { WebSheet } from '@ports/web-sheet';
import type { Sessions } from './session/sessions';
import type { GatewayFor } from './settings/texting-account';

/**
 * Who is at the screen. `staffId` is null before anyone signed in. `display`: a customer; then `staffId` is who turned the screen to them
 * (services/counter/turn.ts).
 */
export interface Session {
  readonly windowId: number;
  readonly staffId: StaffId | null;
  readonly role: 'open' | 'staff' | 'owner' | 'display';
  /** Of a `display`: the staff's own window, turned to a customer; a PIN takes it back. */
  readonly turned?: true;
}

export interface Progress {
  done: number;
  total: number | null;
}

/** Inside a task: report at will (throttled to 10/s), throw on cancel via `signal.throwIfAborted()`. */
export type TaskBody<R> = (report: (p: Progress) => void, signal: AbortSignal) => Promise<R>;

export interface Tasks {
  /** Starts long work; its row survives a crash as 'interrupted'. `exclusive` refuses a second of the same kind. */
  start<R>(kind: string, title: string, body: TaskBody<R>, options?: { exclusive?: boolean }): TaskId;
  cancel(id: TaskId): void;
  /** Resolves with the body's result; for tests and the command line. */
  finished(id: TaskId): Promise<unknown>;
  /** Rows of the task table as they are, also where a full disk did not take an ending yet. */
  current(rows: TaskRow[]): TaskRow[];
}

/** Facts that must survive a restored backup: fsynced and encrypted beside the file. */
export type JournalEntry =
  | { kind: 'consent'; at: UtcMs; event: Record<string, unknown> }
  | { kind: 'redemption'; at: UtcMs; row: Record<string, unknown> }
  | { kind: 'sign-up'; at: UtcMs; row: Record<string, unknown> }
  | { kind: 'code-issued'; at: UtcMs; row: Record<string, unknown> }
  /** An offer as it was made or changed: what its codes give (services/offers/offers.ts). */
  | { kind: 'offer'; at: UtcMs; row: Offer }
  /** Codes called off: of a campaign, of an offer, or one (services/offers/end.ts). */
  | { kind: 'codes-voided'; at: UtcMs; row: { campaignId?: number; offerId?: number; code?: string; why: 'campaign' | 'owner' } }
  /** A number on a card somebody holds. */
  | { kind: 'member-card'; at: UtcMs; row: Record<string, unknown> }
  /** A campaign's texts are about to become visible to the sender. */
  | { kind: 'campaign-started'; at: UtcMs; row: { id: number; [column: string]: unknown } }
  /** Texts that left, or that the carrier holds until their time (services/backups/sent-journal.ts). */
  | { kind: 'texts'; at: UtcMs; row: Record<string, unknown> }
  /** What is kept for somebody, as it stands (services/orders). */
  | { kind: 'order'; at: UtcMs; row: OrderFact }
  /** Mails that are about to leave, one by one: written before the post office is asked (services/mail/post.ts). */
  | { kind: 'mails'; at: UtcMs; row: Record<string, unknown> }
  /** Who was told that what they wait for came in (services/wishes). */
  | { kind: 'wishes-told'; at: UtcMs; row: { wishes: ToldFact[] } }
  /** A notice to buyers that went out, with some of the people it was for (services/recalls). */
  | { kind: 'notice'; at: UtcMs; row: NoticeFact }
  /** Steps of follow-ups that people took or whose path ended (services/campaigns/ladder-journal.ts). */
  | { kind: 'steps'; at: UtcMs; row: { moves: MoveFact[] } }
  /** Causes people were taken for by what runs by itself (services/automations/journal.ts). */
  | { kind: 'causes'; at: UtcMs; row: { causes: CauseFact[] } }
  /** Lists for other channels with the people on them, and those that were never used (services/outreach). */
  | { kind: 'reached'; at: UtcMs; row: ReachFact }
  | { kind: 'reach-taken-back'; at: UtcMs; row: { id: number; madeAt: number } }
  /** Links people hold (services/taps/source.ts). */
  | { kind: 'links'; at: UtcMs; row: { links: LinkFact[] } }
  /** A prize draw from its opening on, and who entered (services/draws). */
  | { kind: 'draw'; at: UtcMs; row: DrawFact }
  | { kind: 'draw-entries'; at: UtcMs; row: { entries: NewEntry[] } }
  /** What the shop promises those who collect, who has a card, what staff typed, which rewards are out (services/loyalty). */
  | { kind: 'loyalty'; at: UtcMs; row: LoyaltyFact }
  /** An older copy took the file's place; what follows belongs to the life after it. */
  | { kind: 'restored'; at: UtcMs; row: { epoch: number; copyAt: number } }
  /** Somebody was erased (services/privacy/erase.ts): ids and HMACs only, so that a restored copy forgets them again. */
  | { kind: 'erased'; at: UtcMs; row: Record<string, unknown> };

export interface Journal {
  /** Returns once the entries are on disk, or, on a full disk, are owed to it. Call it after the commit. */
  append(entries: readonly JournalEntry[]): void;
  /** Writes the whole journal anew: each entry as `change` answers it, null = left out. What is appended meanwhile is kept. */
  rewrite(change: (entry: JournalEntry) => JournalEntry | null): Promise<void>;
}

export interface Log {
  info(event: string, fields?: Record<string, string | number | boolean>): void;
  warn(event: string, fields?: Record<string, string | number | boolean>): void;
  error(event: string, error?: unknown): void;
}

/** A shop that went to another computer; `finished` = its moving file was written to the end. */
export interface Retired {
  at: UtcMs;
  id: string;
  finished: boolean;
}

/** How a shop goes to another computer and comes from one. Each ends with a restart of the backend. */
export interface Moving {
  /** Why nothing here may be changed: another process has the writer's lock, or the shop moved away. */
  readOnly(): null | 'other' | 'retired';
  retired(): Retired | null;
  /** Stops everything that sends, writes the sealed file and retires this one. */
  moveOut(folder: string, recoveryCode: string): Promise<{ path: string }>;
  /** Puts another computer's shop (a moving file or a backup) in the place of this empty one. */
  arrive(path: string, recoveryCode: string): Promise<void>;
  /** The moved shop was never opened elsewhere: this computer goes on with it. */
  takeBack(): Promise<void>;
}

/** What only the backend's wiring can do: other threads, other files, adapters. */
export interface Backstage {
  /** Reads every page of a database file, off this thread. */
  checkDatabase(path: string): Promise<FileState>;
  /** Puts a verified copy in place of the shop and asks for a restart once the answer has left. */
  restoreShop(path: string): Promise<{ replayed: number; pausedCampaigns: number }>;
  /** Sealed moving files, retired and arriving shops (main/backend/moving.ts). */
  readonly moving: Moving;
  /** A carrier for credentials that are not stored yet. */
  gatewayFor: GatewayFor;
  /** The account behind credentials that are not stored yet. */
  carrierAccountFor: AccountFor;
}

/** Where files come from by themselves, and how it is told. */
export interface SourcePorts {
  bell: FolderBell;
  sheets: WebSheet;
  notices: Notices;
}

/** The shop's post office and mailbox; wired by the backend (main/backend/post-office.ts). */
export interface MailPorts {
  /** The connected post office (real or practice); throws AppError('mail.not-connected'). */
  mailer(): Promise<Mailer>;
  /** The mailbox to read; throws AppError('mail.not-connected') where none is. */
  mailbox(): Promise<Mailbox>;
  /** For an account that is not stored yet. */
  mailerFor: MailerFor;
  mailboxFor: MailboxFor;
  /** Practice shops only: somebody writes back. */
  writeBack(m: { from: string; subject: string; text: string }): void;
}

/** Everything a service may touch. Wired once in main/backend. */
export interface Ctx {
  readonly db: Db;
  readonly clock: Clock;
  readonly settings: () => Settings;
  /** HMAC key of the suppression list, 32 bytes. */
  readonly hmacKey: Uint8Array;
  readonly secrets: SecretStore;
  /** The connected carrier (real or practice); throws AppError('sms.not-connected'). */
  readonly gateway: () => Promise<SmsGateway>;
  /** The account behind it: what it may do, owns and costs; throws AppError('sms.not-connected'). */
  readonly carrierAccount: () => Promise<CarrierAccount>;
  /** Paid questions about numbers; throws AppError('sms.not-connected'). */
  readonly numberLookup: () => Promise<NumberLookup>;
  readonly mail: MailPorts;
  readonly tasks: Tasks;
  /** Reads till files away from this thread. */
  readonly importRunner: ImportRunner;
  readonly sources: SourcePorts;
  /** Looks at the shop's own terms and privacy pages when the owner says so. */
  readonly linkCheck: LinkCheck;
  /** Clicks on the shop's own links, where its website tells. */
  readonly linkSource: LinkSource;
  /** Turns figures into a PDF while nobody is at the screen. */
  readonly paperPrinter: PaperPrinter;
  readonly sessions: Sessions;
  readonly backstage: Backstage;
  readonly journal: Journal;
  readonly log: Log;
  /** Announce that something changed outside a command (tasks, polling). */
  readonly changed: (...topics: Topic[]) => void;
  /** Cryptographic randomness; tests pass a seeded one. */
  readonly randomBytes: (n: number) => Uint8Array;
  /** Folder of the shop: database, journal, backups, photos. */
  readonly dir: string;
}
