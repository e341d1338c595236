import { dispatch } from '@backend/dispatch';
import { contract } from '@contract/index';
import { auditAreas } from '@db/queries/audit';
import { describe, expect, it } from 'vitest';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

describe('words a campaign can be answered with', () => {
  const ask = (ctx: TestCtx, words: object[]) =>
    dispatch(ctx, owner, 'inbox/save-reply-words', contract['inbox/save-reply-words'].input.parse({ campaignId: 1, words }));
  const word = (over: object = {}) => ({ word: 'Hold', means: 'hold', holdDays: 3, ...over });

  it('are kept as replies are compared, say what will be answered, and go along with a copy', async () => {
    const ctx = aCtx();
    const draft = {
      name: 'Boots',
      segmentId: null,
      body: '',
      offerId: null,
      addStopLine: true,
      holdout: 'auto',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    };
    await dispatch(ctx, owner, 'campaigns/save', contract['campaigns/save'].input.parse({ id: null, fields: draft }));
    expect(await ask(ctx, [word()])).toMatchObject({ ok: true });
    expect(await dispatch(ctx, owner, 'inbox/reply-words', { campaignId: 1 })).toMatchObject({
      value: [{ word: 'hold', means: 'hold', holdDays: 3, says: { en: expect.stringContaining('Corner Shoes'), es: expect.any(String) } }],
    });
    const copy = (await dispatch(ctx, owner, 'campaigns/copy', { campaignId: 1, id: 1, name: 'Again' })) as { value: { id: number } };
    expect(await dispatch(ctx, owner, 'inbox/reply-words', { campaignId: copy.value.id })).toMatchObject({ value: [{ word: 'hold' }] });
    expect(auditAreas(ctx.db)).toContainEqual({ area: 'campaign', count: 1 });
  });

  it('never are a word that means something else already, nor an answer longer than a text', async () => {
    const ctx = aCtx();
    ctx.db.raw.prepare("INSERT INTO campaign (id, name, state, created_at, updated_at) VALUES (1, 'Boots', 'draft', 0, 0)").run();
    const why = async (words: object[]) => ((await ask(ctx, words)) as { error?: { params: { why?: string } } }).error?.params.why;
    for (const stop of ['stop', 'CANCEL', 'end', 'help', 'start', 'yes', 'alto', 'no', 'less', 'PREFS', 'sotp', 'join'])
      expect(await why([word({ word: stop })]), stop).toBe('stop');
    for (const shape of ['two words', '!', '12']) expect(await why([word({ word: shape })]), shape).toBe('shape');
    expect(await why([word({ word: 'bagclub' })])).toBe('join');
    expect(await why([word(), word({ word: 'HOLD' })])).toBe('twice');
    expect(await why([word({ answerEn: 'x'.repeat(170) })])).toBe('long');
    expect(await why([word(), word({ word: 'red', means: 'question' })])).toBeUndefined();
  });
});
