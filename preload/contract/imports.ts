import type { Field } from '@domain/imports/fields';
import { FIELD_NAMES } from '@domain/imports/fields';
import { PERSON_COLUMNS } from '@domain/imports/people';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, DoneZ, ImportIdZ, PageZ, StaffIdZ, TaskIdZ, UtcMsZ, ZoneZ } from './primitives';

const FieldZ = z.enum(FIELD_NAMES as [Field, ...Field[]]);
const ColumnsZ = z.partialRecord(FieldZ, z.array(z.number().int().min(0).max(2000)).max(20));
const DateOrderZ = z.enum(['ymd', 'mdy', 'dmy']);
const DecimalZ = z.enum(['.', ',']);
const EncodingZ = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);
const DelimiterZ = z.enum([',', ';', '\t', '|']);
const PendingZ = z.enum(['sale', 'open']);
const KindZ = z.enum(['sales', 'customers']);

/** What the owner says the columns of an unknown file mean. Positions count from 0. */
export const MappingZ = z.object({ kind: KindZ, till: z.string().max(60), columns: ColumnsZ });

/** What the owner decided about how a file is written; absent = found out from the file. */
export const DecisionsZ = z
  .object({
    encoding: EncodingZ,
    delimiter: DelimiterZ,
    headerRow: z.number().int().min(0).max(30),
    dateOrder: z.partialRecord(FieldZ, DateOrderZ),
    decimal: z.partialRecord(FieldZ, DecimalZ),
    pending: PendingZ,
    /** Fields of known people the file may replace, or only fill; remembered per till. */
    prefer: z.partialRecord(z.enum(PERSON_COLUMNS), z.enum(['fill', 'file'])),
  })
  .partial();

const TallyZ = z.object({ new: z.number().int(), changed: z.number().int(), same: z.number().int() });
const CountsZ = z.object({
  rows: z.number().int(),
  rejected: z.number().int(),
  skipped: z.number().int(),
  notes: z.number().int(),
  sales: TallyZ,
  people: TallyZ,
  /** Sales of this file without a known person. */
  anonymous: z.number().int(),
  refunds: z.number().int(),
  /** Voided, failed, open: kept, not counted as takings. */
  excluded: z.number().int(),
  excludedBy: z.record(z.string(), z.number().int()),
  skippedBy: z.record(z.string(), z.number().int()),
  cardsDropped: z.number().int(),
  rejectedBy: z.record(z.string(), z.number().int()),
  notesBy: z.record(z.string(), z.number().int()),
  /** Sales of earlier files that got their person through this one. */
  linked: z.number().int(),
  kept: z.array(z.object({ what: z.enum(['person', 'sale']), id: z.number().int(), why: z.string() })),
  keptTotal: z.number().int(),
});

const MonthZ = z.object({
  /** YYYY-MM, shop's zone. */
  month: z.string(),
  sales: z.number().int(),
  refunds: z.number().int(),
  net: CentsZ,
  tax: CentsZ,
  total: CentsZ.nullable(),
  /** Refunds that name neither a sale nor a known person; they take `looseNet` (0 or less) off the takings. */
  looseRefunds: z.number().int().optional(),
  looseNet: CentsZ.optional(),
});

const QuestionZ = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('date-order'), field: FieldZ, column: z.string(), samples: z.array(z.string()), suggestion: DateOrderZ }),
  z.object({ kind: z.literal('decimal'), field: FieldZ, column: z.string(), samples: z.array(z.string()), suggestion: DecimalZ }),
  z.object({
    kind: z.literal('pending'),
    field: FieldZ,
    column: z.string(),
    samples: z.array(z.string()),
    count: z.number().int(),
    suggestion: PendingZ,
  }),
]);

const ReadingZ = z.object({
  encoding: EncodingZ,
  encodingGuessed: z.boolean(),
  delimiter: DelimiterZ,
  headerRow: z.number().int(),
  dateOrder: z.partialRecord(FieldZ, DateOrderZ),
  decimal: z.partialRecord(FieldZ, DecimalZ),
  asBefore: z.array(FieldZ).optional(),
  zone: z.enum(['column', 'offset', 'utc', 'shop']),
  shopZone: ZoneZ,
  currency: z.string(),
});

export const ImportStateZ = z.enum(['previewing', 'previewed', 'committing', 'done', 'cancelled', 'failed', 'undone']);

const RowZ = z.object({
  id: ImportIdZ,
  fileName: z.string(),
  fileSize: z.number().int(),
  state: ImportStateZ,
  /** Name of the till and of its export; '' = mapped by hand without a name. */
  till: z.string(),
  title: z.string(),
  kind: KindZ.nullable(),
  counts: CountsZ.nullable(),
  firstSaleAt: UtcMsZ.nullable(),
  lastSaleAt: UtcMsZ.nullable(),
  staffId: StaffIdZ.nullable(),
  createdAt: UtcMsZ,
  finishedAt: UtcMsZ.nullable(),
  undoneAt: UtcMsZ.nullable(),
});

export const ImportReportZ = RowZ.extend({
  months: z.array(MonthZ),
  questions: z.array(QuestionZ),
  reading: ReadingZ.nullable(),
  decisions: DecisionsZ,
  mapping: MappingZ.nullable(),
  /** Registers and staff the file names (at most 20 of each). */
  registers: z.array(z.string()),
  staff: z.array(z.string()),
  /** Where the file lay when it was checked; null = not known any more. */
  path: z.string().nullable(),
  /** The same bytes were imported at this time and are still in the shop. */
  sameFileAt: UtcMsZ.nullable(),
  /** Later files, still in the shop, that told some of the same sales: after an undo they are to be imported once more. */
  alsoToldBy: z.array(z.string()),
  /** False: something was imported or undone since the preview; check the file again. */
  current: z.boolean(),
});

const ProblemZ = z.object({ row: z.number().int(), column: z.string(), reason: z.string(), values: z.array(z.string()).nullable() });

/** A sale or person of an import, with what changes of it. */
const ExampleZ = z.object({
  key: z.string(),
  /** Receipt number, or the person's name; '' = none. */
  title: z.string(),
  /** Whose sale it is; of a person: number and e-mail. */
  who: z.string(),
  items: z.string(),
  at: UtcMsZ.nullable(),
  /** Takings before tax. */
  cents: CentsZ.nullable(),
  refund: z.boolean(),
  status: z.string().nullable(),
  /** Counts as takings. */
  counted: z.boolean(),
  changes: z.array(
    z.object({
      field: z.string(),
      /** flag = something changed that has no one value (the lines of a receipt). */
      as: z.enum(['money', 'instant', 'text', 'phone', 'flag']),
      before: z.union([z.string(), z.number()]).nullable(),
      after: z.union([z.string(), z.number()]).nullable(),
    }),
  ),
});

/** What a cell means to us. Times in minutes after midnight. */
const SaysZ = z.discriminatedUnion('is', [
  z.object({ is: z.literal('blank') }),
  z.object({ is: z.literal('text') }),
  z.object({ is: z.literal('day'), day: z.string(), minutes: z.number().int().nullable() }),
  z.object({ is: z.literal('instant'), at: z.number().int() }),
  z.object({ is: z.literal('time'), minutes: z.number().int() }),
  z.object({ is: z.literal('money'), cents: CentsZ }),
  z.object({ is: z.literal('quantity'), milli: z.number().int() }),
  z.object({ is: z.literal('phone'), phone: z.string(), kind: z.string() }),
  z.object({ is: z.literal('yes-no'), yes: z.boolean() }),
  z.object({ is: z.literal('unread'), why: z.string() }),
]);
const PathZ = z.string().min(1).max(4096);

export const imports = {
  /** A first look at a file: which till's export it is, or its columns with samples and a suggested meaning. */
  'imports/inspect': query({
    role: 'owner',
    input: z.object({ path: PathZ, decisions: DecisionsZ.default({}) }),
    output: z.object({
      fileName: z.string(),
      fileSize: z.number().int(),
      fingerprint: z.string(),
      profile: z.object({ id: z.string(), till: z.string(), title: z.string(), kind: KindZ }).nullable(),
      encoding: EncodingZ,
      encodingGuessed: z.boolean(),
      delimiter: DelimiterZ,
      headerRow: z.number().int(),
      columns: z.array(z.object({ index: z.number().int(), name: z.string(), samples: z.array(z.string()) })),
      suggestion: MappingZ,
      /** The suggestion is what the owner chose last time for these columns. */
      remembered: z.boolean(),
    }),
  }),
  /** Dry run as a task (kind 'import.preview'); when it is done the report holds the figures. Replaces an older preview. */
  'imports/preview': command({
    role: 'owner',
    input: z.object({ path: PathZ, mapping: MappingZ.nullable().default(null), decisions: DecisionsZ.default({}) }),
    output: z.object({ id: ImportIdZ, taskId: TaskIdZ }),
    changes: ['imports', 'tasks'],
  }),
  /** Carries out exactly the previewed plan, as a task (kind 'import.commit'). */
  'imports/commit': command({
    role: 'owner',
    input: z.object({ id: ImportIdZ }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['imports', 'tasks'],
  }),
  /** Throws a preview away. Running tasks are cancelled with 'tasks/cancel'. */
  'imports/cancel': command({ role: 'owner', input: z.object({ id: ImportIdZ }), output: DoneZ, changes: ['imports'] }),
  /** Takes an import back, as a task (kind 'import.undo'); rows used since are kept and listed in the report. */
  'imports/undo': command({
    role: 'owner',
    input: z.object({ id: ImportIdZ }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['imports', 'tasks'],
  }),
  /** Newest first: waiting, done and undone ones. */
  'imports/list': query({ role: 'owner', input: PageZ, output: z.object({ rows: z.array(RowZ), total: z.number().int() }) }),
  'imports/report': query({ role: 'owner', input: z.object({ id: ImportIdZ }), output: ImportReportZ }),
  /** Sales or people of one import, field by field: from its plan before, from the shop afterwards. Totals are in the counts. */
  'imports/examples': query({
    role: 'owner',
    input: PageZ.extend({ id: ImportIdZ, what: z.enum(['sales', 'people']), outcome: z.enum(['new', 'changed']) }),
    output: z.array(ExampleZ),
  }),
  /** The first rows of a checked file beside what they mean; null once there is no plan any more. */
  'imports/first-rows': query({
    role: 'owner',
    input: z.object({ id: ImportIdZ }),
    output: z
      .object({
        columns: z.array(z.object({ field: FieldZ, name: z.string() })),
        rows: z.array(z.array(z.object({ raw: z.string(), says: SaysZ }))),
        unused: z.array(z.string()),
      })
      .nullable(),
  }),
  /** Rows that were not taken, or values left out of rows that were (`note`). */
  'imports/problems': query({
    role: 'owner',
    input: PageZ.extend({ id: ImportIdZ, kind: z.enum(['rejected', 'note']) }),
    output: z.array(ProblemZ),
  }),
  /** The rows not taken as a CSV to save; `words` names the reasons in the language on screen. */
  'imports/rejected': query({
    role: 'owner',
    input: z.object({ id: ImportIdZ, words: z.record(z.string(), z.string().max(200)).default({}) }),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
} satisfies Contract;
