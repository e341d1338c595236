import type { campaigns } from '@contract/campaigns';
import { DONE } from '@contract/primitives';
import type { CampaignListRow } from '@db/queries/campaigns';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { copyCampaign, getCampaign, listOfCampaigns, removeDraft, saveDraft } from '@services/campaigns/drafts';
import { callOffPath } from '@services/campaigns/ladder';
import { divisionOf, peopleOf } from '@services/campaigns/people';
import { preview } from '@services/campaigns/preview';
import { reach } from '@services/campaigns/reach';
import { review } from '@services/campaigns/review';
import { carrierCanHold, missed, outlook, reschedule, scheduleCampaign, sendScheduledNow, unschedule } from '@services/campaigns/schedule';
import { startCampaign } from '@services/campaigns/start';
import type { HandlersFor } from '../handler';

/** The list of ids behind a quote stays here: screens need its token only. */
const view = ({ campaign, ...figures }: CampaignListRow) => {
  const { quote, rule: _frozen, sender: _sender, parts, dailyShare: _share, automationId: _auto, ...shown } = campaign;
  const [first, ...further] = parts;
  const more = further.map(({ name, segmentId, body, offerId }) => ({ name, segmentId, body, offerId }));
  return {
    ...shown,
    ...figures,
    words: [...shown.words],
    mails: [...shown.mails],
    partName: first?.name ?? '',
    more,
    quoteToken: quote?.token ?? null,
  };
};

export const campaignsHandlers = {
  'campaigns/list': (ctx, { page }) => {
    const { rows, total } = listOfCampaigns(ctx, page);
    return { rows: rows.map(view), total };
  },
  'campaigns/get': (ctx, { id }) => view(getCampaign(ctx, id)),
  'campaigns/save': (ctx, { id, fields }) => ({ id: saveDraft(ctx, id, fields) }),
  'campaigns/remove': (ctx, { id }) => {
    removeDraft(ctx, id);
    return DONE;
  },
  'campaigns/copy': (ctx, { id, name }) => ({ id: copyCampaign(ctx, id, name) }),
  'campaigns/preview': (ctx, input) => preview(ctx, input),
  'campaigns/reach': async (ctx, input) => ({ people: await reach(ctx, input) }),
  'campaigns/review': (ctx, { id, at, viaCarrier }) => review(ctx, id, { at: at ?? null, viaCarrier: viaCarrier ?? false }),
  'campaigns/start': async (ctx, input, session) => ({ taskId: await startCampaign(ctx, input, session) }),
  'campaigns/schedule': async (ctx, input, session) => ({ taskId: await scheduleCampaign(ctx, input, session) }),
  'campaigns/unschedule': (ctx, { id }, session) => ({ id: unschedule(ctx, id, session) }),
  'campaigns/reschedule': async (ctx, input, session) => {
    await reschedule(ctx, input, session);
    return DONE;
  },
  'campaigns/send-scheduled': async (ctx, { id }, session) => ({ taskId: await sendScheduledNow(ctx, id, session) }),
  'campaigns/outlook': (ctx, { id }) => outlook(ctx, id),
  'campaigns/missed': (ctx) => missed(ctx),
  'campaigns/carrier-can-hold': (ctx) => carrierCanHold(ctx),
  'campaigns/pause': (ctx, { id }, session) => {
    pauseCampaign(ctx, id, session);
    return DONE;
  },
  'campaigns/resume': (ctx, { id }, session) => {
    resumeCampaign(ctx, id, session);
    return DONE;
  },
  'campaigns/cancel': async (ctx, { id, codes }, session) => {
    const keptBack = cancelCampaign(ctx, id, session, codes);
    return { keptBack, codesCalledOff: codes === 'void' ? await callOffPath(ctx, session, id) : 0 };
  },
  'campaigns/division': (ctx, { id }) => divisionOf(ctx, id),
  'campaigns/people': (ctx, { view: which, page, ...input }) => peopleOf(ctx, { ...input, view: which, ...page }),
} satisfies HandlersFor<typeof campaigns>;
