import { isShortCode } from './account';
import {
  brandJson,
  campaignJson,
  campaignsOf,
  serviceJson,
  serviceNumberJson,
  serviceShortCodeJson,
  verificationJson,
  verifications,
} from './render-messaging';
import { missing, newerPage, ok } from './route-parts';
import type { Route } from './routes';
import type { TwilioSim } from './sim';
import { SimRefusal } from './types';
import { dayOf } from './usage';

const HOST = 'messaging.twilio.com';
const route = (operation: string, feature: Route['feature'], method: string, path: string, run: Route['run']): Route => ({
  operation,
  feature,
  method,
  host: HOST,
  path: new RegExp(`^/v1${path}$`),
  run,
});

const service = (sim: TwilioSim, sid: string) => {
  const found = sim.account.services.find((s) => s.sid === sid);
  if (!found) throw missing();
  return found;
};
const codes = (sim: TwilioSim) => new Set(sim.account.numbers.filter(isShortCode).map((n) => n.number));
const DAY = 86_400_000;

/** Messaging Services, registration with the carriers, numbers given up. */
export const MESSAGING_ROUTES: readonly Route[] = [
  route('ListService', 'services', 'GET', '/Services', (sim, r) =>
    newerPage(
      'services',
      sim.account.services.map((s) => serviceJson(s, sim.account)),
      r,
    ),
  ),
  route('FetchService', 'services', 'GET', '/Services/([^/]+)', (sim, _r, [sid = '']) => ok(serviceJson(service(sim, sid), sim.account))),
  route('UpdateService', 'services', 'POST', '/Services/([^/]+)', (sim, r, [sid = '']) => {
    service(sim, sid);
    const defer = r.form.get('UseInboundWebhookOnNumber');
    if (defer !== null) sim.deferToNumber(sid, defer === 'true');
    const encoding = r.form.get('SmartEncoding');
    const validity = r.form.get('ValidityPeriod');
    if (encoding !== null || validity !== null) {
      const change = {
        ...(encoding === null ? {} : { smartEncoding: encoding === 'true' }),
        ...(validity === null ? {} : { validityPeriod: Number(validity) }),
      };
      sim.changeAccount({ services: sim.account.services.map((s) => (s.sid === sid ? { ...s, ...change } : s)) });
    }
    return ok(serviceJson(service(sim, sid), sim.account));
  }),
  route('ListPhoneNumber', 'services', 'GET', '/Services/([^/]+)/PhoneNumbers', (sim, r, [sid = '']) => {
    const s = service(sim, sid);
    const short = codes(sim);
    return newerPage(
      'phone_numbers',
      s.numbers.filter((n) => !short.has(n)).map((n) => serviceNumberJson(n, s, sim.account)),
      r,
    );
  }),
  route('ListServiceShortCode', 'services', 'GET', '/Services/([^/]+)/ShortCodes', (sim, r, [sid = '']) => {
    const s = service(sim, sid);
    const short = codes(sim);
    return newerPage(
      'short_codes',
      s.numbers.filter((n) => short.has(n)).map((n) => serviceShortCodeJson(n, s, sim.account)),
      r,
    );
  }),
  route('ListUsAppToPerson', 'registration', 'GET', '/Services/([^/]+)/Compliance/Usa2p', (sim, r, [sid = '']) => {
    service(sim, sid);
    return newerPage(
      'compliance',
      campaignsOf(sim.account, sid).map((c) => campaignJson(c, sim.account)),
      r,
    );
  }),
  route('FetchUsAppToPerson', 'registration', 'GET', '/Services/([^/]+)/Compliance/Usa2p/([^/]+)', (sim, _r, [sid = '', which = '']) => {
    const found = campaignsOf(sim.account, sid).find((c) => c.sid === which);
    if (!found) throw missing();
    return ok(campaignJson(found, sim.account));
  }),
  route('ListBrandRegistrations', 'registration', 'GET', '/a2p/BrandRegistrations', (sim, r) =>
    newerPage(
      'data',
      (sim.account.brands ?? []).map((b) => brandJson(b, sim.account)),
      r,
    ),
  ),
  route('FetchBrandRegistrations', 'registration', 'GET', '/a2p/BrandRegistrations/([^/]+)', (sim, _r, [sid]) => {
    const found = sim.account.brands?.find((b) => b.sid === sid);
    if (!found) throw missing();
    return ok(brandJson(found, sim.account));
  }),
  route('ListTollfreeVerification', 'registration', 'GET', '/Tollfree/Verifications', (sim, r) => {
    const number = r.query.get('TollfreePhoneNumberSid');
    const status = r.query.get('Status');
    const rows = verifications(sim.account)
      .map((v) => verificationJson(v.number, v.sid, sim.account))
      .filter((v) => (number === null || v.tollfree_phone_number_sid === number) && (status === null || v.status === status));
    return newerPage('verifications', rows, r);
  }),
  route('FetchTollfreeVerification', 'registration', 'GET', '/Tollfree/Verifications/([^/]+)', (sim, _r, [sid]) => {
    const found = verifications(sim.account).find((v) => v.sid === sid);
    if (!found) throw missing();
    return ok(verificationJson(found.number, found.sid, sim.account));
  }),
  route('FetchDeactivation', 'deactivations', 'GET', '/Deactivations', (sim, r) => {
    const day = r.query.get('Date');
    if (day === null || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) throw new SimRefusal(400, 30113, 'Date is missing or malformed.');
    if (day >= dayOf(sim.now()) || day < dayOf(sim.now() - 400 * DAY)) throw new SimRefusal(400, 30114, 'No list for this date.');
    const to = sim.deactivationsUrl(day);
    return { status: 307, body: { redirect_to: to }, headers: { location: to } };
  }),
];
