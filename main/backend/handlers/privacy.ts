import { DONE } from '@contract/primitives';
import type { privacy } from '@contract/privacy';
import { ledgerFigures } from '@db/queries/evidence';
import { listErasures } from '@db/queries/privacy';
import { AppError } from '@domain/errors';
import { checkLedger, lastCheck } from '@services/consent/check';
import { openLockedProof, proofOfNumber } from '@services/consent/evidence';
import { importStopList, pastStopLists, previewStopList } from '@services/consent/stop-list';
import { readPhone } from '@services/customers/customers';
import { certificate, erasePerson, erasePreview } from '@services/privacy/erase';
import { exportLedger } from '@services/privacy/export-ledger';
import { exportPerson } from '@services/privacy/export-person';
import { retention } from '@services/privacy/retention';
import { answerReturned, returned } from '@services/privacy/returns';
import type { HandlersFor } from '../handler';
import { stopTable } from '../stop-table';

const sourceOf = (i: { path: string | null; text: string | null }): { path: string } | { text: string } => {
  if (i.path !== null) return { path: i.path };
  if (i.text === null || i.text.trim() === '') throw new AppError('privacy.no-list');
  return { text: i.text };
};

export const privacyHandlers = {
  'privacy/proof': (ctx, input) => proofOfNumber(ctx, input),
  'privacy/read-number': (ctx, { text }) => ({ phone: readPhone(ctx, text).phone }),
  'privacy/open-locked': (ctx, input, session) => openLockedProof(ctx, session, input),
  'privacy/records': (ctx) => ({
    ...ledgerFigures(ctx.db),
    check: lastCheck(ctx),
    retention: retention(ctx),
    returned: returned(ctx),
    lists: pastStopLists(ctx).map(({ fileHash: _hash, ...l }) => l),
  }),
  'privacy/verify': (ctx, _input, session) => ({ taskId: checkLedger(ctx, session).task }),
  'privacy/export-ledger': (ctx, input, session) => {
    const { task, folder } = exportLedger(ctx, session, input);
    return { taskId: task, folder };
  },
  'privacy/stop-list-preview': async (ctx, input) => previewStopList(ctx, await stopTable(sourceOf(input))),
  'privacy/stop-list': async (ctx, { hash, numbers, emails, ...source }, session) => {
    const { task } = await importStopList(ctx, session, await stopTable(sourceOf(source)), { hash, numbers, emails });
    return { taskId: task };
  },
  'privacy/export-person': (ctx, input, session) => exportPerson(ctx, session, input),
  'privacy/erase-preview': (ctx, { id }) => erasePreview(ctx, id),
  'privacy/erase': (ctx, { id }, session) => {
    const { erasureId, task } = erasePerson(ctx, session, { id });
    return { erasureId, taskId: task };
  },
  'privacy/erasures': (ctx, page) => {
    const { rows, total } = listErasures(ctx.db, page);
    return { rows: rows.map((r) => ({ id: r.id, serial: r.serial, at: r.at, staffName: r.staffName, again: r.certificate.again })), total };
  },
  'privacy/certificate': (ctx, { id }) => {
    const { serial, at, staffName, certificate: c, openIds } = certificate(ctx, id);
    return { id, serial, at, staffName, certificate: c, finished: openIds === null };
  },
  'privacy/answer-returned': (ctx, input, session) => {
    answerReturned(ctx, session, input);
    return DONE;
  },
} satisfies HandlersFor<typeof privacy>;
