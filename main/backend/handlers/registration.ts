import { DONE } from '@contract/primitives';
import type { registration } from '@contract/registration';
import { signUpWords } from '@services/counter/screen';
import {
  answerRegistration,
  approveSender,
  messagePrices,
  recordStep,
  registrationGuide,
  saveRegistrationDetails,
  takeBackStep,
} from '@services/registration/guide';
import { registrationPack } from '@services/registration/pack';
import { checkPages } from '@services/registration/pages';
import type { HandlersFor } from '../handler';

export const registrationHandlers = {
  'registration/guide': (ctx) => registrationGuide(ctx),
  'registration/answer': (ctx, input, session) => {
    answerRegistration(ctx, session, input);
    return DONE;
  },
  'registration/save-details': (ctx, input, session) => {
    saveRegistrationDetails(ctx, session, input);
    return DONE;
  },
  'registration/step': (ctx, input, session) => {
    recordStep(ctx, session, input);
    return DONE;
  },
  'registration/undo-step': (ctx, { id }, session) => {
    takeBackStep(ctx, session, id);
    return DONE;
  },
  'registration/approve-sender': (ctx, _input, session) => {
    approveSender(ctx, session);
    return DONE;
  },
  'registration/prices': (ctx) => messagePrices(ctx),
  'registration/pack': (ctx, { ways }) => registrationPack(ctx, ways),
  'registration/sign-up-words': (ctx) => signUpWords(ctx),
  'registration/check-pages': (ctx) => checkPages(ctx),
} satisfies HandlersFor<typeof registration>;
