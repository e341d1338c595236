import { z } from 'zod';
import { type Contract, command, query } from './define';
import { MappingZ } from './imports';
import { DoneZ, EmptyZ, ImportIdZ, TaskIdZ, UtcMsZ } from './primitives';

const PathZ = z.string().min(1).max(4096);
const HashZ = z.string().regex(/^[0-9a-f]{64}$/);
const IdZ = z.number().int().positive();
const ErrorZ = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) });

const FileZ = z.object({
  hash: z.string(),
  fileName: z.string(),
  path: z.string(),
  /** Name of the till and of its export; '' = not recognised. */
  till: z.string(),
  title: z.string(),
  /** Null = not recognised: it can only be looked at. */
  kind: z.enum(['sales', 'customers']).nullable(),
  rows: z.number().int().nullable(),
  rejected: z.number().int().nullable(),
});

/** Where files come from by themselves: the watched folder, lists on the web, and what is remembered about columns. */
export const sources = {
  /** The watched folder, what waits in it, what is not read yet, and the last results. */
  'sources/folder': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      folder: z
        .object({
          path: z.string(),
          /** elsewhere = another copy of Regulars has the shop open and watches. */
          state: z.enum(['watching', 'paused', 'gone', 'unreadable', 'elsewhere']),
          chosenAt: UtcMsZ,
        })
        .nullable(),
      waiting: z
        .array(
          FileZ.extend({
            why: z.enum([
              'was-there',
              'first-time',
              'always-ask',
              'unknown-columns',
              'questions',
              'many-rejected',
              'other-source',
              'future-dates',
              'refused',
              'stopped',
            ]),
            error: ErrorZ.nullable(),
          }),
        )
        .max(100),
      /** Waiting files beyond those listed. */
      more: z.number().int(),
      delayed: z.array(z.object({ fileName: z.string(), why: z.enum(['writing', 'locked', 'queued']) })).max(100),
      results: z
        .array(
          FileZ.extend({
            importId: ImportIdZ.nullable(),
            /** Nothing in it was new. */
            nothing: z.boolean(),
            undone: z.boolean(),
            at: UtcMsZ,
          }),
        )
        .max(10),
    }),
  }),
  /** Watches this folder from now on; null = none any more. What lies in it already is offered, not taken. */
  'sources/choose-folder': command({
    role: 'owner',
    input: z.object({ path: PathZ.nullable() }),
    output: DoneZ,
    changes: ['imports', 'reports'],
  }),
  'sources/pause-folder': command({
    role: 'owner',
    input: z.object({ paused: z.boolean() }),
    output: DoneZ,
    changes: ['imports', 'reports'],
  }),
  /** Yes to a waiting file; `always`: such files by themselves from now on, false: ask each time, null: nothing said. */
  'sources/take': command({
    role: 'owner',
    input: z.object({ hash: HashZ, always: z.boolean().nullable() }),
    output: DoneZ,
    changes: ['imports', 'reports'],
  }),
  /** Leaves a waiting file alone; `likeIt`: every file with such columns from now on. */
  'sources/leave': command({
    role: 'owner',
    input: z.object({ hash: HashZ, likeIt: z.boolean() }),
    output: DoneZ,
    changes: ['imports', 'reports'],
  }),
  /** What lay in the folder when it was chosen: take what is recognised, or leave all of it. */
  'sources/settle-old': command({
    role: 'owner',
    input: z.object({ take: z.boolean() }),
    output: z.object({ files: z.number().int() }),
    changes: ['imports', 'reports'],
  }),

  /** Lists of people that are published on the web as CSV. */
  'sources/sheets': query({
    role: 'owner',
    input: EmptyZ,
    output: z
      .array(
        z.object({
          id: IdZ,
          name: z.string(),
          host: z.string(),
          also: z.array(z.string()),
          /** The link wants to lead to this host, which nobody allowed yet. */
          askHost: z.string().nullable(),
          daily: z.boolean(),
          state: z.enum(['never', 'same', 'new', 'other-host', 'failed']),
          error: z.string().nullable(),
          checkedAt: UtcMsZ.nullable(),
          importId: ImportIdZ.nullable(),
          path: z.string().nullable(),
        }),
      )
      .max(200),
  }),
  /** The host a link asks, before anything is asked. Refuses what is not a link to a list. */
  'sources/look-at-link': query({
    role: 'owner',
    input: z.object({ url: z.string().max(3000) }),
    output: z.object({ host: z.string() }),
  }),
  'sources/add-sheet': command({
    role: 'owner',
    input: z.object({ url: z.string().max(3000), name: z.string().max(60) }),
    output: z.object({ id: IdZ }),
    changes: ['imports'],
  }),
  /** Fetches the list and prepares a preview, as a task (kind 'sheet.refresh'). Nothing is imported without the owner. */
  'sources/refresh-sheet': command({
    role: 'owner',
    input: z.object({ id: IdZ }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['imports', 'tasks'],
  }),
  'sources/allow-host': command({
    role: 'owner',
    input: z.object({ id: IdZ, host: z.string().min(1).max(255) }),
    output: DoneZ,
    changes: ['imports'],
  }),
  'sources/change-sheet': command({
    role: 'owner',
    input: z.object({ id: IdZ, name: z.string().max(60), daily: z.boolean() }),
    output: DoneZ,
    changes: ['imports'],
  }),
  /** What waits of the list is not imported; the same content is not offered again. */
  'sources/leave-sheet': command({ role: 'owner', input: z.object({ id: IdZ }), output: DoneZ, changes: ['imports', 'reports'] }),
  'sources/remove-sheet': command({ role: 'owner', input: z.object({ id: IdZ }), output: DoneZ, changes: ['imports', 'reports'] }),

  /** What the owner said columns mean, newest used first. */
  'sources/mappings': query({
    role: 'owner',
    input: EmptyZ,
    output: z
      .array(
        z.object({
          fingerprint: z.string(),
          name: z.string(),
          mapping: MappingZ,
          /** Column names of the last such file; empty when none is known. */
          columnNames: z.array(z.string()),
          savedAt: UtcMsZ,
          usedAt: UtcMsZ.nullable(),
          lastFile: z.string().nullable(),
          /** Imports with it that stand. */
          imports: z.number().int(),
        }),
      )
      .max(200),
  }),
  /** From the next file on; past imports stay as they are. */
  'sources/mapping-save': command({
    role: 'owner',
    input: z.object({ fingerprint: z.string().min(1).max(200), name: z.string().max(60), mapping: MappingZ }),
    output: DoneZ,
    changes: ['imports'],
  }),
  'sources/mapping-forget': command({
    role: 'owner',
    input: z.object({ fingerprint: z.string().min(1).max(200) }),
    output: DoneZ,
    changes: ['imports'],
  }),
} satisfies Contract;
