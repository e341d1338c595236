import type { ChannelDef, Contract, InputOf, OutputOf } from '@contract/define';
import type { Ctx, Session } from '@services/ctx';

export type Handler<D extends ChannelDef> = (ctx: Ctx, input: InputOf<D>, session: Session) => OutputOf<D> | Promise<OutputOf<D>>;

/** One handler per channel of a noun: thin, it only calls services. */
export type HandlersFor<C extends Contract> = { readonly [K in keyof C]: Handler<C[K]> };
