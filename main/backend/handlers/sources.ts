import { DONE } from '@contract/primitives';
import type { sources } from '@contract/sources';
import type { WatchFile } from '@db/queries/sources';
import type { Columns, Mapping } from '@domain/imports/fields';
import { chooseFolder, folderView, leaveWaiting, pauseFolder, settleOldOnes, takeWaiting } from '@services/sources/folder';
import { forgetStoredMapping, listMappings, saveStoredMapping } from '@services/sources/mappings';
import { addSheet, allowHost, changeSheet, leaveSheet, lookAtLink, refreshSheet, removeSheet, sheetsView } from '@services/sources/sheets';
import type { HandlersFor } from '../handler';

function fileOut(f: WatchFile) {
  const { hash, fileName, path, detail: d } = f;
  return {
    hash,
    fileName,
    path,
    till: d.till ?? '',
    title: d.title ?? '',
    kind: d.kind ?? null,
    rows: d.rows ?? null,
    rejected: d.rejected ?? null,
  };
}

const mappingOut = (m: Mapping) => ({ ...m, columns: m.columns as Partial<Record<keyof Columns, number[]>> });

export const sourcesHandlers = {
  'sources/folder': (ctx) => {
    const v = folderView(ctx);
    return {
      folder: v.folder,
      waiting: v.waiting.map((f) => ({
        ...fileOut(f),
        why: f.why ?? ('refused' as const),
        error: f.detail.error ? { code: f.detail.error.code, params: { ...f.detail.error.params } } : null,
      })),
      more: v.more,
      delayed: v.delayed,
      results: v.results.map((f) => ({
        ...fileOut(f),
        importId: f.importId,
        nothing: f.detail.nothing === true,
        undone: f.undone,
        at: f.settledAt ?? f.seenAt,
      })),
    };
  },
  'sources/choose-folder': async (ctx, { path }, session) => {
    await chooseFolder(ctx, session, path);
    return DONE;
  },
  'sources/pause-folder': (ctx, { paused }, session) => {
    pauseFolder(ctx, session, paused);
    return DONE;
  },
  'sources/take': (ctx, input, session) => {
    takeWaiting(ctx, session, input);
    return DONE;
  },
  'sources/leave': (ctx, input, session) => {
    leaveWaiting(ctx, session, input);
    return DONE;
  },
  'sources/settle-old': (ctx, { take }, session) => ({ files: settleOldOnes(ctx, session, take) }),
  'sources/sheets': (ctx) => sheetsView(ctx).slice(0, 200),
  'sources/look-at-link': (ctx, { url }) => lookAtLink(ctx, url),
  'sources/add-sheet': (ctx, input, session) => addSheet(ctx, session, input),
  'sources/refresh-sheet': (ctx, { id }, session) => ({ taskId: refreshSheet(ctx, session, id).task }),
  'sources/allow-host': (ctx, input, session) => {
    allowHost(ctx, session, input);
    return DONE;
  },
  'sources/change-sheet': (ctx, input) => {
    changeSheet(ctx, input);
    return DONE;
  },
  'sources/leave-sheet': (ctx, { id }) => {
    leaveSheet(ctx, id);
    return DONE;
  },
  'sources/remove-sheet': (ctx, { id }, session) => {
    removeSheet(ctx, session, id);
    return DONE;
  },
  'sources/mappings': (ctx) =>
    listMappings(ctx)
      .slice(0, 200)
      .map((m) => ({ ...m, mapping: mappingOut(m.mapping) })),
  'sources/mapping-save': (ctx, input, session) => {
    saveStoredMapping(ctx, session, { ...input, mapping: input.mapping as Mapping });
    return DONE;
  },
  'sources/mapping-forget': (ctx, { fingerprint }, session) => {
    forgetStoredMapping(ctx, session, fingerprint);
    return DONE;
  },
} satisfies HandlersFor<typeof sources>;
