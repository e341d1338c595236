import { mayUse, whoAsks } from './keys';
import { ACCOUNT_ROUTES } from './routes-account';
import { MESSAGE_ROUTES } from './routes-messages';
import { MESSAGING_ROUTES } from './routes-messaging';
import { OTHER_ROUTES } from './routes-other';
import type { TwilioSim } from './sim';
import { type SimFeature, SimRefusal } from './types';

export interface SimRequest {
  /** The Twilio host the request was meant for. */
  host: string;
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

export interface SimAnswer {
  /** operationId of Twilio's specification; null for a path it does not have. */
  operation: string | null;
  status: number;
  body: object | null;
  headers?: Record<string, string>;
}

export interface Route {
  operation: string;
  feature: SimFeature;
  method: string;
  host: string;
  path: RegExp;
  run(sim: TwilioSim, request: SimRequest, parts: readonly string[]): Omit<SimAnswer, 'operation'>;
}

const ROUTES: readonly Route[] = [...MESSAGE_ROUTES, ...ACCOUNT_ROUTES, ...MESSAGING_ROUTES, ...OTHER_ROUTES];

/** What it answers, for comparison with the specification. */
export const OPERATIONS: readonly Pick<Route, 'operation' | 'method' | 'host' | 'path'>[] = ROUTES;

/** Twilio's error body. */
export const errorJson = (status: number, code: number, message: string) => ({
  code,
  message,
  more_info: `https://www.twilio.com/docs/errors/${code}`,
  status,
});

/** Answers one request exactly as the API would. */
export function answer(sim: TwilioSim, r: SimRequest, authorization: string | undefined): SimAnswer {
  sim.settle();
  const route = ROUTES.find((x) => x.host === r.host && x.method === r.method && x.path.test(r.path));
  const operation = route?.operation ?? null;
  sim.journal.request(operation ?? `${r.method} ${r.host}${r.path}`, route !== undefined);
  const refusal = (status: number, code: number, message: string): SimAnswer => ({
    operation,
    status,
    body: errorJson(status, code, message),
  });
  const asker = whoAsks(sim.account, authorization);
  if (asker === null) return refusal(401, 20003, 'Authenticate');
  const account = /\/Accounts\/(AC[0-9a-fA-F]{32})[./]/.exec(r.path)?.[1];
  if (account !== undefined && sim.account.anyone) sim.account.accountSid = account;
  if (account !== undefined && account !== sim.account.accountSid) return refusal(401, 20003, 'Authenticate');
  if (!route) return refusal(404, 20404, `The requested resource ${r.path} was not found`);
  if (sim.account.closed) return refusal(401, 20003, 'Authenticate');
  const may = mayUse(sim.account, asker, route.feature, route.method);
  if (may !== null) return refusal(may.httpStatus, may.code, may.message);
  try {
    return { operation, ...route.run(sim, r, route.path.exec(r.path)?.slice(1) ?? []) };
  } catch (error) {
    if (error instanceof SimRefusal) return refusal(error.httpStatus, error.code, error.message);
    throw error;
  }
}
