import { isShortCode } from './account';
import { countryOf } from './lines';
import { type SimAccount, type SimNumber, SimRefusal, type SimService } from './types';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface CreateParams {
  To?: string | undefined;
  From?: string | undefined;
  MessagingServiceSid?: string | undefined;
  Body?: string | undefined;
  MediaUrl?: string | undefined;
  ValidityPeriod?: string | undefined;
  SendAt?: string | undefined;
  ScheduleType?: string | undefined;
  SmartEncoded?: string | undefined;
}

export interface Accepted {
  to: string;
  body: string;
  /** Senders to choose from: the one given, or the service's pool. */
  pool: SimNumber[];
  service: SimService | null;
  validityMs: number;
  sendAt: number | null;
}

const E164 = /^\+[1-9]\d{7,14}$/;
const NANP = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
const refuse = (code: number, message: string, status = 400): never => {
  throw new SimRefusal(status, code, message);
};

/** The cross-field rules of creating a message that the published specification cannot express (facts/twilio.md §1, §4). */
export function checkCreate(p: CreateParams, account: SimAccount, now: number, unserved: 'reject' | 'send-now' = 'reject'): Accepted {
  if (!account.active) refuse(20005, 'Account is not active', 403);
  const to = p.To ?? '';
  if (to === '') refuse(21604, "A 'To' phone number is required.");
  if (!E164.test(to) || (to.startsWith('+1') && !NANP.test(to))) refuse(21211, "Invalid 'To' Phone Number");
  if (!p.From && !p.MessagingServiceSid) refuse(21603, "A 'From' phone number is required.");
  const body = p.Body ?? '';
  if (body === '' && !p.MediaUrl) refuse(21602, 'Message body is required.');
  if (body.length > 1600) refuse(21617, 'The concatenated message body exceeds the 1600 character limit.');

  let service: SimService | null = null;
  let pool: SimNumber[] = [];
  if (p.MessagingServiceSid) {
    if (!/^MG[0-9a-fA-F]{32}$/.test(p.MessagingServiceSid)) refuse(21705, 'The Messaging Service Sid is invalid.');
    service = account.services.find((s) => s.sid === p.MessagingServiceSid) ?? refuse(21701, 'The Messaging Service does not exist.', 404);
    const members = service.numbers;
    pool = account.numbers.filter((n) => members.includes(n.number) && n.sms !== false);
    if (members.length === 0) refuse(21704, 'The Messaging Service contains no phone numbers.');
    if (pool.length === 0) refuse(21703, 'The Messaging Service has no suitable phone number.');
  }
  if (p.From) {
    if (!E164.test(p.From) && !/^\d{5,6}$/.test(p.From)) refuse(21212, "Invalid 'From' Phone Number");
    if (p.From === to) refuse(21266, "'To' and 'From' number cannot be the same.");
    const sender = account.numbers.find((n) => n.number === p.From && n.sms !== false);
    if (!sender || (service && !pool.includes(sender)))
      refuse(21606, "The 'From' phone number is not a valid, SMS-capable number of this account.");
    else pool = [sender];
  }
  if (account.numbers.some((n) => n.number === to && !isShortCode(n))) refuse(21211, "Invalid 'To' Phone Number");
  const country = countryOf(to);
  if (country === null || !(account.countries ?? ['US', 'CA']).includes(country))
    refuse(21408, 'Permission to send an SMS has not been enabled for this region.');
  if ((account.type === 'Trial' || account.complianceProfile === false) && !account.verified?.includes(to))
    refuse(21608, 'The number is unverified. Trial accounts may only send messages to verified numbers.');

  let validityMs = (service?.validityPeriod ?? 36_000) * 1000;
  if (p.ValidityPeriod !== undefined) {
    const seconds = Number(p.ValidityPeriod);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 36_000) refuse(20001, 'ValidityPeriod must be between 1 and 36000.');
    validityMs = seconds * 1000;
  }
  let sendAt: number | null = null;
  if (p.SendAt !== undefined || p.ScheduleType !== undefined) {
    // Twilio's pages disagree: refused, or the two parameters are dropped and the text leaves at once.
    if (!service && unserved === 'send-now') return { to, body, pool, service, validityMs, sendAt };
    if (!service) refuse(35118, 'Scheduling needs a Messaging Service.');
    if (p.ScheduleType !== 'fixed') refuse(35111, 'ScheduleType must be fixed.');
    sendAt = Date.parse(p.SendAt ?? '');
    if (Number.isNaN(sendAt)) refuse(35114, 'SendAt is not a valid time.');
    if (sendAt - now < 15 * MINUTE || sendAt - now > 35 * DAY) refuse(35115, 'SendAt is outside the allowed window.');
  }
  return { to, body, pool, service, validityMs, sendAt };
}
