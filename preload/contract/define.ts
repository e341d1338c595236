import type { z } from 'zod';

/**
 * Who may call: anyone at the screen, staff with a PIN, or the owner only. Checked in the backend, not just hidden. `display` stands apart:
 * a customer at the screen, who reaches these channels and no others, and whom nobody else's channels answer.
 */
export type Role = 'open' | 'staff' | 'owner' | 'display';

/** What a command may have changed; screens showing it refetch. */
export type Topic =
  | 'shop'
  | 'session'
  | 'settings'
  | 'customers'
  | 'consent'
  | 'imports'
  | 'segments'
  | 'offers'
  | 'campaigns'
  | 'outbox'
  | 'inbox'
  | 'reports'
  | 'backups'
  /** What was seen of the texting account. */
  | 'account'
  | 'tasks'
  /** What stands on the screen turned to a customer. */
  | 'display'
  /** The counter's own lists: sign-ups to finish later, cards. */
  | 'counter';

export interface ChannelDef<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command';
  readonly role: Role;
  readonly input: I;
  readonly output: O;
  /** Topics announced after success. */
  readonly changes: readonly Topic[];
}

export type Contract = Record<string, ChannelDef>;

/** Reads only; may be repeated at will. */
export const query = <I extends z.ZodType, O extends z.ZodType>(d: { role: Role; input: I; output: O }): ChannelDef<I, O> => ({
  kind: 'query',
  changes: [],
  ...d,
});

/** Changes something. */
export const command = <I extends z.ZodType, O extends z.ZodType>(d: {
  role: Role;
  input: I;
  output: O;
  changes: readonly Topic[];
}): ChannelDef<I, O> => ({ kind: 'command', ...d });

export type InputOf<D extends ChannelDef> = z.infer<D['input']>;
export type OutputOf<D extends ChannelDef> = z.infer<D['output']>;
