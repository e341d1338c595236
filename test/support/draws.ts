import type { ShopDay } from '@domain/kernel';
import type { Ctx } from '@services/ctx';
import { openDraw, saveDraw } from '@services/draws/draws';
import { RULES } from './draw-rules';
import { owner } from './test-ctx';

type Fields = Partial<Parameters<typeof saveDraw>[2]>;

/** A draw of four days from NOON's on, entered by the word WIN. */
export const aDraw = (ctx: Ctx, o: Fields = {}): number =>
  saveDraw(ctx, owner, {
    id: null,
    name: 'Boots draw',
    word: 'win',
    opensOn: '2026-11-17' as ShopDay,
    closesOn: '2026-11-20' as ShopDay,
    winners: 1,
    alternates: 2,
    rules: RULES,
    ...o,
  });

export function anOpenDraw(ctx: Ctx, o: Fields = {}): number {
  const id = aDraw(ctx, o);
  openDraw(ctx, owner, id);
  return id;
}
