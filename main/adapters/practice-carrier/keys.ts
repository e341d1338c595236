import { type SimAccount, type SimFeature, SimRefusal } from './types';

/** How somebody came in. */
export type Asker = 'token' | 'key' | 'anyone';

/** Who is asking: HTTP Basic with the account's token or its API key; null = nobody this account knows. */
export function whoAsks(account: SimAccount, header: string | undefined): Asker | null {
  const { accountSid, authToken, keySid, keySecret, anyone } = account;
  const plain = header?.startsWith('Basic ') ? Buffer.from(header.slice(6), 'base64').toString('utf8') : '';
  if (anyone) return /^(SK|AC)[0-9a-fA-F]{32}:./.test(plain) ? 'anyone' : null;
  if (plain === `${accountSid}:${authToken}`) return 'token';
  return plain === `${keySid}:${keySecret}` ? 'key' : null;
}

const VERBS: Record<string, string> = { GET: 'read', POST: 'create', DELETE: 'delete', PATCH: 'update' };
/** What a restricted key has to list for each part of the API; null = nothing it could list. */
const PERMISSION: Record<SimFeature, string | null> = {
  messages: '/twilio/messaging/messages',
  numbers: '/twilio/phone-numbers/incoming',
  services: '/twilio/messaging/services',
  registration: '/twilio/messaging/compliance',
  deactivations: '/twilio/messaging/deactivations',
  lookup: '/twilio/lookup/phone-numbers',
  usage: '/twilio/usage/records',
  // Not among the products a restricted key can be given (facts/twilio.md §5).
  pricing: null,
  balance: null,
  geo: null,
  consents: null,
  account: null,
  keys: null,
};
/** With test credentials only these work (facts/twilio.md §5). */
const IN_TEST_MODE = new Set(['messages POST', 'lookup GET']);

const unauthorised = () => new SimRefusal(401, 20003, 'Authenticate');

/** Why the asker may not use a part of the API, or null. `method` decides between reading and changing. */
export function mayUse(account: SimAccount, asker: Asker, feature: SimFeature, method: string): SimRefusal | null {
  if (account.test && !IN_TEST_MODE.has(`${feature} ${method}`))
    return new SimRefusal(403, 20008, 'Resource not accessible with Test Account Credentials');
  if (account.denied.includes(feature)) return new SimRefusal(403, 70051, 'Authorization Error');
  if (asker === 'token') return null;
  const type = account.keyType ?? 'standard';
  if (type !== 'main' && (feature === 'account' || feature === 'keys')) return unauthorised();
  if (type === 'standard' && feature === 'balance' && account.standardReadsBalance === false) return unauthorised();
  if (type !== 'restricted') return null;
  const permission = PERMISSION[feature];
  const listed = permission !== null && (account.permissions ?? []).includes(`${permission}/${VERBS[method] ?? 'read'}`);
  return listed ? null : new SimRefusal(403, 70051, 'Authorization Error');
}
