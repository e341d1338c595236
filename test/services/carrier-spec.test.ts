import { readFileSync } from 'node:fs';
import { practiceAccount } from '@adapters/practice-carrier/account';
import { answer, OPERATIONS, type SimRequest } from '@adapters/practice-carrier/routes';
import { TwilioSim } from '@adapters/practice-carrier/sim';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import type { SimAccount } from '@adapters/practice-carrier/types';
import { HOUR } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, aPhone, SENDER, SERVICE } from '../support/carrier';
import { NOON } from '../support/test-ctx';
import { offSpec } from '../support/twilio-spec';

const SPEC = JSON.parse(readFileSync(new URL('../fixtures/twilio/operations.json', import.meta.url), 'utf8')) as Record<
  string,
  { host: string; method: string; path: string }
>;
const token = `Basic ${Buffer.from(`${ACCOUNT}:practice-token`).toString('base64')}`;
const hex = (n: number) => n.toString(16).padStart(32, '0');

const account: fc.Arbitrary<Partial<SimAccount>> = fc
  .record({
    verification: fc.constantFrom(
      undefined,
      null,
      { status: 'PENDING_REVIEW' },
      { status: 'TWILIO_REJECTED', rejectionReason: 'x', errorCode: 30_475, editAllowed: true, editUntil: NOON },
    ),
    brand: fc.constantFrom('PENDING', 'APPROVED', 'FAILED', 'IN_REVIEW', 'SUSPENDED'),
    score: fc.option(fc.integer({ min: 0, max: 100 })),
    campaign: fc.constantFrom('IN_PROGRESS', 'PENDING', 'VERIFIED', 'FAILED', 'SUSPENDED'),
    type: fc.constantFrom('Trial', 'Full'),
    smart: fc.boolean(),
    short: fc.boolean(),
    line: fc.constantFrom('mobile', 'landline', 'nonFixedVoip', 'unknown'),
    gone: fc.boolean(),
    active: fc.boolean(),
  })
  .map((r) => ({
    type: r.type as 'Trial' | 'Full',
    verified: [aPhone(1), aPhone(2)],
    active: r.active,
    numbers: [
      { number: SENDER, mps: 1 },
      { number: '+12125550141' },
      { number: '+18885550143', ...(r.verification === undefined ? {} : { verification: r.verification as never }) },
      ...(r.short ? [{ number: '894546' }] : []),
    ],
    services: [
      {
        ...(practiceAccount().services[0] as SimAccount['services'][0]),
        numbers: ['+12125550141', ...(r.short ? ['894546'] : [])],
        smartEncoding: r.smart,
      },
    ],
    brands: [{ sid: `BN${hex(5)}`, status: r.brand as 'APPROVED', score: r.score, errors: [{ error_code: 1, description: 'x' }] }],
    campaigns: [{ sid: `QE${hex(5)}`, serviceSid: SERVICE, brandSid: `BN${hex(5)}`, status: r.campaign }],
    lines: [{ to: '1$', type: r.line as 'mobile', gone: r.gone }],
  }));

const markers = ['hello', 'sim:30007', 'sim:30034', 'sim:sent', 'sim:read', 'sim:accepted', 'é’…', 'x'.repeat(400)];
const text = fc.record({
  To: fc.constantFrom(aPhone(1), aPhone(2), '+447700900123', 'nonsense'),
  Body: fc.constantFrom(...markers),
  by: fc.constantFrom('From', 'MessagingServiceSid'),
  later: fc.boolean(),
  wait: fc.integer({ min: 0, max: 2 * HOUR }),
});

describe('the specification', () => {
  test('has every operation the practice carrier answers, and the other way round', () => {
    expect(OPERATIONS.map((o) => o.operation).sort()).toEqual(Object.keys(SPEC).sort());
    for (const o of OPERATIONS) {
      expect([o.operation, o.host, o.method]).toEqual([o.operation, SPEC[o.operation]?.host, SPEC[o.operation]?.method.toUpperCase()]);
      const filled = (SPEC[o.operation]?.path ?? '')
        .replace(/\{(AccountSid)\}/, ACCOUNT)
        .replace(/\{[^}]+\}/g, (p) =>
          p === '{IsoCountry}'
            ? 'US'
            : p === '{PhoneNumber}'
              ? aPhone(1)
              : /^\/2010.*Accounts\/\{Sid\}\.json$/.test(SPEC[o.operation]?.path ?? '')
                ? ACCOUNT
                : `SM${hex(1)}`,
        );
      expect([o.operation, filled, o.path.test(filled)]).toEqual([o.operation, filled, true]);
    }
  });

  test('allows every answer, whatever the account and its texts (property)', () => {
    fc.assert(
      fc.property(account, fc.array(text, { maxLength: 8 }), fc.integer(), (given, texts, seed) => {
        const sim = new TwilioSim({
          seed,
          people: 'practice',
          clock: new SimClock({ now: NOON, rate: 0 }),
          account: given,
          switches: { markers: true },
        });
        const problems: string[] = [];
        const ask = (method: string, host: string, path: string, query = '', form: Record<string, string> = {}) => {
          const r: SimRequest = { method, host, path, query: new URLSearchParams(query), form: new URLSearchParams(form) };
          const a = answer(sim, r, token);
          problems.push(...offSpec(r, a));
          return a;
        };
        const base = `/2010-04-01/Accounts/${ACCOUNT}`;
        const api = (path: string, query = '') => ask('GET', 'api.twilio.com', `${base}${path}`, query);
        const sids: string[] = [];
        for (const t of texts) {
          const by: Record<string, string> = t.by === 'From' ? { From: SENDER } : { MessagingServiceSid: SERVICE };
          const at: Record<string, string> = t.later ? { SendAt: new Date(sim.now() + HOUR).toISOString(), ScheduleType: 'fixed' } : {};
          const a = ask('POST', 'api.twilio.com', `${base}/Messages.json`, '', {
            To: t.To,
            Body: t.Body,
            ValidityPeriod: '600',
            SmartEncoded: 'false',
            ...by,
            ...at,
          });
          const sid = (a.body as { sid?: string } | null)?.sid;
          if (sid) sids.push(sid);
          sim.changeClock({ advance: t.wait });
          api('/Messages.json', 'PageSize=2');
          if (sid) api(`/Messages/${sid}.json`);
        }
        for (const sid of sids.slice(0, 3)) {
          ask('POST', 'api.twilio.com', `${base}/Messages/${sid}.json`, '', { Status: 'canceled' });
          ask('POST', 'api.twilio.com', `${base}/Messages/${sid}.json`, '', { Body: '' });
          ask('DELETE', 'api.twilio.com', `${base}/Messages/${sid}.json`);
        }
        for (const path of ['/Balance', '', '/Keys', '/IncomingPhoneNumbers', '/SMS/ShortCodes']) api(`${path}.json`);
        for (const kind of ['', '/Daily', '/Monthly', '/ThisMonth', '/LastMonth', '/Today', '/AllTime'])
          api(`/Usage/Records${kind}.json`, 'PageSize=3');
        const messaging = (path: string, query = '') => ask('GET', 'messaging.twilio.com', `/v1${path}`, query);
        for (const path of [
          '',
          `/${SERVICE}`,
          `/${SERVICE}/PhoneNumbers`,
          `/${SERVICE}/ShortCodes`,
          `/${SERVICE}/Compliance/Usa2p`,
          `/${SERVICE}/Compliance/Usa2p/QE${hex(5)}`,
        ])
          messaging(`/Services${path}`);
        for (const path of [
          '/a2p/BrandRegistrations',
          `/a2p/BrandRegistrations/BN${hex(5)}`,
          '/Tollfree/Verifications',
          `/Tollfree/Verifications/HH${hex(1)}`,
        ])
          messaging(path);
        messaging('/Deactivations', 'Date=2026-11-16');
        ask('POST', 'messaging.twilio.com', `/v1/Services/${SERVICE}`, '', { UseInboundWebhookOnNumber: 'true' });
        ask('GET', 'pricing.twilio.com', '/v1/Messaging/Countries');
        ask('GET', 'pricing.twilio.com', '/v1/Messaging/Countries/US');
        for (const to of [aPhone(1), aPhone(2), '+16135550100', '+447700900123', '+1310'])
          ask('GET', 'lookups.twilio.com', `/v2/PhoneNumbers/${to}`, 'Fields=line_type_intelligence');
        ask('GET', 'accounts.twilio.com', '/v1/Messaging/GeoPermissions');
        ask('PATCH', 'accounts.twilio.com', '/v1/Messaging/GeoPermissions', '', {
          Permissions: JSON.stringify({ country_code: 'CA', enabled: false }),
        });
        for (const Items of ['{"contact_id":"+19"}', 'not JSON', JSON.stringify({ contact_id: aPhone(1), status: 'opt-out' })])
          ask('POST', 'accounts.twilio.com', '/v1/Consents/Bulk', '', { Items });
        expect(problems).toEqual([]);
        expect(sim.journal.unknownRoutes).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('refuses what we would mistype', () => {
    const ask = (form: Record<string, string>, query = '') =>
      offSpec(
        { method: 'POST', host: 'api.twilio.com', path: '/x', query: new URLSearchParams(query), form: new URLSearchParams(form) },
        { operation: 'CreateMessage', status: 400, body: { code: 1, message: 'x', more_info: 'x', status: 400 } },
      );
    expect(ask({ To: aPhone(1), Body: 'x' })).toEqual([]);
    expect(ask({ To: aPhone(1), Boddy: 'x' })).not.toEqual([]);
    expect(ask({ Body: 'x' })).not.toEqual([]);
    expect(ask({ To: aPhone(1), ValidityPeriod: 'soon' })).not.toEqual([]);
  });
});
