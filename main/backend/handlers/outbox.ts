import type { outbox } from '@contract/outbox';
import { DONE } from '@contract/primitives';
import { readPhone } from '@services/customers/customers';
import { whatIsLeaving } from '@services/outbox/leaving';
import { giveUpUncertain, resendUncertain } from '@services/outbox/owner';
import { pauseAll, resumeAll } from '@services/outbox/pause-all';
import { wakeSender } from '@services/outbox/sender-state';
import { sendingStatus, uncertainList } from '@services/outbox/status';
import { sendTestText, testTexts } from '@services/outbox/test-text';
import { listTexts, textHistory } from '@services/outbox/texts';
import type { HandlersFor } from '../handler';

export const outboxHandlers = {
  'outbox/pause-all': (ctx, _input, session) => {
    pauseAll(ctx, session.staffId);
    return DONE;
  },
  'outbox/resume-all': (ctx, _input, session) => {
    resumeAll(ctx, session.staffId);
    return DONE;
  },
  'outbox/leaving': (ctx) => whatIsLeaving(ctx),
  'outbox/status': (ctx, { campaignId }) => sendingStatus(ctx, campaignId),
  'outbox/texts': (ctx, input) => listTexts(ctx, input),
  'outbox/uncertain': (ctx, input) => uncertainList(ctx, input),
  'outbox/resend': (ctx, { outboxIds }) => resendUncertain(ctx, outboxIds),
  'outbox/give-up': (ctx, { outboxIds }) => ({ closed: giveUpUncertain(ctx, outboxIds) }),
  'outbox/history': (ctx, { outboxId }) => textHistory(ctx, outboxId),
  'outbox/test-texts': (ctx) => testTexts(ctx),
  'outbox/test-text': (ctx, { phone, body }) => ({ outboxId: sendTestText(ctx, readPhone(ctx, phone).phone, body) }),
  'outbox/try-now': (ctx) => {
    wakeSender(ctx);
    return DONE;
  },
} satisfies HandlersFor<typeof outbox>;
