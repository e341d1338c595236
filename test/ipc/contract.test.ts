import { dispatch } from '@backend/dispatch';
import { handlers } from '@backend/handlers/index';
import { fillSampleShop } from '@backend/sample-shop';
import type { ChannelDef } from '@contract/define';
import { contract, shellContract } from '@contract/index';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCtx, clerk, owner } from '../support/test-ctx';

const channels = Object.entries(contract as Record<string, ChannelDef>);
const nobody = { windowId: 9, staffId: null, role: 'open' as const };

describe('the contract', () => {
  it('has a handler for every channel and no handler besides', () => {
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(contract).sort());
    expect(Object.keys(contract).filter((c) => c in shellContract)).toEqual([]);
  });

  it('lets staff do what the counter needs and nothing else', () => {
    const staff = channels.filter(([, d]) => d.role === 'staff').map(([name]) => name.split('/')[0]);
    expect(new Set(staff)).toEqual(
      new Set([
        'counter',
        'counter-tasks',
        'kit',
        'consent',
        'links',
        'loyalty',
        'mail',
        'tasks',
        'things',
        'sign-up',
        'later',
        'catch-up',
        'desk',
        'staff',
        'numbers',
        'orders',
        'outbox',
        'draws',
        'pay-links',
      ]),
    );
    const open = channels.filter(([, d]) => d.role === 'open').map(([name]) => name);
    expect(open.sort()).toEqual(['restore/standing', 'session/lock', 'session/reset-owner-pin', 'session/state', 'session/unlock']);
  });

  it('refuses staff every channel of the owner, and strangers every channel of staff, before looking at anything', async () => {
    const ctx = aCtx();
    for (const [name, def] of channels) {
      if (def.role === 'owner')
        expect(await dispatch(ctx, clerk, name, {}), name).toMatchObject({ ok: false, error: { code: 'session.owner-only' } });
      if (def.role !== 'open')
        expect(await dispatch(ctx, nobody, name, {}), name).toMatchObject({ ok: false, error: { code: 'session.locked' } });
    }
  });

  it('gives a customer at the screen the display’s channels and no others, and those to nobody else', async () => {
    const ctx = aCtx();
    const customer = { windowId: 2, staffId: null, role: 'display' as const };
    for (const [name, def] of channels) {
      if (def.role !== 'display')
        expect(await dispatch(ctx, customer, name, {}), name).toMatchObject({ ok: false, error: { code: 'session.locked' } });
      else
        for (const other of [nobody, clerk, owner])
          expect(await dispatch(ctx, other, name, {}), name).toMatchObject({ ok: false, error: { code: 'session.locked' } });
    }
    expect(await dispatch(ctx, customer, 'display/state', {})).toMatchObject({ ok: true, value: { phase: 'idle', people: [] } });
  });

  it('reads any input without throwing, and takes nothing that is not an object', () => {
    for (const [name, def] of channels) {
      for (const bad of [null, 'x', 42, [], true]) expect(def.input.safeParse(bad).success, `${name} ${JSON.stringify(bad)}`).toBe(false);
    }
    fc.assert(
      fc.property(fc.constantFrom(...channels), fc.anything(), ([, def], input) => {
        def.input.safeParse(input);
      }),
    );
  });

  it('answers every query that needs no particular input, on an empty shop and on a full one', async () => {
    const empty = aCtx();
    const full = aCtx();
    await fillSampleShop(full, { people: 300 });
    for (const ctx of [empty, full]) {
      for (const [name, def] of channels) {
        if (def.kind !== 'query' || def.role === 'display' || name === 'settings/texting-health') continue;
        const input = def.input.safeParse({});
        if (!input.success) continue;
        const answer = await dispatch(ctx, owner, name, input.data);
        expect(answer.ok ? null : answer.error, name).toBeNull();
      }
    }
  });

  it('never passes a bug on as anything but a bug, redacted', async () => {
    const ctx = aCtx();
    ctx.db.raw.exec('DROP TABLE task');
    const quiet = { ...ctx, log: { ...ctx.log, error: () => {} } };
    const answer = await dispatch(quiet, owner, 'tasks/list', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'bug' } });
    expect(await dispatch(quiet, owner, 'shop/explode', {})).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
  });
});
