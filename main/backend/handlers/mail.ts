import type { mail } from '@contract/mail';
import { DONE } from '@contract/primitives';
import { connectMail, disconnectMail, mailStatus, pauseMail, saveMail } from '@services/mail/account';
import { campaignMails, decide, forgive, mailProblems, mailsOf, mayHaveLeft, oneMail, practiceAnswer } from '@services/mail/owner';
import { mailPreview } from '@services/mail/preview';
import { stopMails, stopPerson } from '@services/mail/stop';
import { sendTestMail } from '@services/mail/test-mail';
import type { HandlersFor } from '../handler';

export const mailHandlers = {
  'mail/status': (ctx) => mailStatus(ctx),
  'mail/connect': async (ctx, form, session) => {
    await connectMail(ctx, session, form);
    return DONE;
  },
  'mail/save': (ctx, input, session) => {
    saveMail(ctx, session, input);
    return DONE;
  },
  'mail/disconnect': async (ctx, _input, session) => {
    await disconnectMail(ctx, session);
    return DONE;
  },
  'mail/pause': (ctx, { paused }, session) => {
    pauseMail(ctx, session, paused);
    return DONE;
  },
  'mail/test': async (ctx, { to }) => {
    await sendTestMail(ctx, to);
    return DONE;
  },
  'mail/stop': (ctx, { email }, session) => ({
    waiting: stopMails(ctx, email, {
      method: 'owner',
      reason: 'asked',
      staffId: session.staffId,
    }),
  }),
  'mail/stop-person': (ctx, { customerId }, session) => {
    stopPerson(ctx, session, customerId);
    return DONE;
  },
  'mail/list': (ctx, page) => mailsOf(ctx, page),
  'mail/one': (ctx, { id }) => oneMail(ctx, id),
  'mail/preview': (ctx, input) => mailPreview(ctx, input),
  'mail/of-campaign': (ctx, { id }) => campaignMails(ctx, id),
  'mail/problems': (ctx, page) => mailProblems(ctx, page),
  'mail/forgive': (ctx, { address }, session) => {
    forgive(ctx, session, address);
    return DONE;
  },
  'mail/uncertain': (ctx, page) => mayHaveLeft(ctx, page),
  'mail/decide': (ctx, { id, as }, session) => {
    decide(ctx, session, id, as);
    return DONE;
  },
  'mail/practice-answer': (ctx, { id, what }) => {
    practiceAnswer(ctx, id, what);
    return DONE;
  },
} satisfies HandlersFor<typeof mail>;
