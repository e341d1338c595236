import { type CustomerListRow, type CustomerQuery, listCustomers } from '@db/queries/customer-search';
import { type TimelineEntry, timeline } from '@db/queries/customer-timeline';
import { customerById } from '@db/queries/customers';
import { survivorOf } from '@db/queries/merges';
import { AppError } from '@domain/errors';
import type { CustomerId } from '@domain/kernel';
import type { Ctx } from '../ctx';

type Page = { offset: number; limit: number };

/** One page of the customer list; the owner's, never the counter's. */
export function listPeople(ctx: Ctx, q: CustomerQuery & Page): { total: number; rows: CustomerListRow[] } {
  return listCustomers(ctx.db, q, q);
}

export function personTimeline(ctx: Ctx, id: CustomerId, page: Page): { entries: TimelineEntry[]; more: boolean } {
  const now = survivorOf(ctx.db, id);
  const person = now === null ? null : customerById(ctx.db, now);
  if (!person) throw new AppError('customer.not-found');
  return timeline(ctx.db, person, page);
}
