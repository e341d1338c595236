import type { imports } from '@contract/imports';
import { DONE } from '@contract/primitives';
import type { ImportRow } from '@db/queries/imports';
import type { Columns, Mapping } from '@domain/imports/fields';
import type { Decisions } from '@domain/imports/plan';
import { PROFILES } from '@domain/imports/profiles/index';
import { commitImport } from '@services/imports/commit';
import { firstRows, importExamples } from '@services/imports/examples';
import { discardImport, inspectFile, previewImport } from '@services/imports/preview';
import { type ImportReport, importProblems, importReport, listImports, rejectedRowsCsv } from '@services/imports/report';
import { undoImport } from '@services/imports/undo';
import type { HandlersFor } from '../handler';

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer X)[] ? X[] : T[K] };
const columnsOut = (c: Columns) => c as Partial<Record<keyof Columns, number[]>>;
const mappingOut = (m: Mapping) => ({ ...m, columns: columnsOut(m.columns) });

/** Absent and undefined are the same at the door; inside, only absent exists. */
function decisionsIn(d: { [K in keyof Decisions]?: Decisions[K] | undefined }): Decisions {
  return Object.fromEntries(Object.entries(d).filter(([, v]) => v !== undefined)) as Decisions;
}

function rowOut(r: ImportRow) {
  // an import older than its plan's record still says which export it was
  const profile = PROFILES.find((p) => p.id === r.profile);
  const { id, fileName, fileSize, state, counts, firstSaleAt, lastSaleAt, staffId, createdAt, finishedAt, undoneAt } = r;
  return {
    id,
    fileName,
    fileSize,
    state,
    counts: counts && {
      ...counts,
      excludedBy: (counts.excludedBy ?? {}) as Record<string, number>,
      skippedBy: (counts.skippedBy ?? {}) as Record<string, number>,
      rejectedBy: counts.rejectedBy as Record<string, number>,
      notesBy: counts.notesBy as Record<string, number>,
      kept: counts.kept as Writable<typeof counts.kept>,
    },
    firstSaleAt,
    lastSaleAt,
    staffId,
    createdAt,
    finishedAt,
    undoneAt,
    till: r.plan?.till ?? profile?.till ?? '',
    title: r.plan?.title ?? profile?.title ?? '',
    kind: r.plan?.kind ?? profile?.kind ?? null,
  };
}

/** Imports made before the plan told them have none. */
const namesIn = (plan: object, what: 'registers' | 'staff'): string[] => (plan as Partial<Record<typeof what, string[]>>)[what] ?? [];

function reportOut(r: ImportReport) {
  const { plan } = r;
  return {
    ...rowOut(r),
    months: plan?.months ?? [],
    questions: plan?.questions ?? [],
    reading: plan?.reading ?? null,
    decisions: plan?.decisions ?? {},
    mapping: plan?.mapping ? mappingOut(plan.mapping) : null,
    registers: plan ? namesIn(plan, 'registers') : [],
    staff: plan ? namesIn(plan, 'staff') : [],
    path: plan?.path ?? null,
    sameFileAt: r.sameFileAt,
    alsoToldBy: r.alsoToldBy,
    current: r.current,
  };
}

export const importsHandlers = {
  'imports/inspect': async (ctx, { path, decisions }) => {
    const look = await inspectFile(ctx, path, decisionsIn(decisions));
    return { ...look, suggestion: mappingOut(look.suggestion) };
  },
  'imports/preview': (ctx, { path, mapping, decisions }, session) => {
    const { id, task } = previewImport(ctx, session, { path, mapping: mapping as Mapping | null, decisions: decisionsIn(decisions) });
    return { id, taskId: task };
  },
  'imports/commit': (ctx, { id }, session) => ({ taskId: commitImport(ctx, session, { id }).task }),
  'imports/cancel': (ctx, { id }) => {
    discardImport(ctx, id);
    return DONE;
  },
  'imports/undo': (ctx, { id }, session) => ({ taskId: undoImport(ctx, session, { id }).task }),
  'imports/list': (ctx, page) => {
    const { rows, total } = listImports(ctx, page);
    return { rows: rows.map(rowOut), total };
  },
  'imports/report': (ctx, { id }) => reportOut(importReport(ctx, id)),
  'imports/examples': (ctx, { id, what, outcome, ...page }) => importExamples(ctx, id, what, outcome, page),
  'imports/first-rows': (ctx, { id }) => firstRows(ctx, id),
  'imports/problems': (ctx, { id, kind, ...page }) => importProblems(ctx, id, kind, page),
  'imports/rejected': (ctx, { id, words }) => rejectedRowsCsv(ctx, id, words),
} satisfies HandlersFor<typeof imports>;
