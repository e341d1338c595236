import type { Trx } from '@db/open';
import { customerById } from '@db/queries/customers';
import { forgivePhone, type LinkCapable, linkCapable, phoneFact, setLinkCapable } from '@db/queries/phone-facts';
import { audit } from '@db/queries/staff';
import { type HowKnown, isSoftMark, kindByRule, ruleFor } from '@domain/customers/line-type';
import { AppError } from '@domain/errors';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { carrierError } from '@domain/outbox/twilio-errors';
import { refuseUnlessInFront } from '../counter/in-front';
import type { Ctx, Session } from '../ctx';

/** What is known about somebody's number, and how. Nothing is claimed that nobody saw, paid for or said. */
export function numberKnown(ctx: Ctx, id: CustomerId) {
  const person = customerById(ctx.db, id);
  const links = linkCapable(ctx.db, id);
  if (!person || !links) throw new AppError('customer.not-found');
  const { phone } = person;
  const fact = phone === null ? undefined : phoneFact(ctx.db, phone);
  const rule = phone === null ? null : ruleFor(phone);
  const told = person.phoneProblem === null ? null : carrierError(Number(person.phoneProblem));
  const byRule = kindByRule(rule);
  const kind = fact?.kind ?? byRule ?? person.phoneKind;
  // no fact and no rule: what the record says, from wherever it came
  const how: HowKnown | null = fact?.kind ? fact.kindHow : byRule ? 'rule' : null;
  return {
    phone,
    kind,
    how,
    knownAt: fact?.kind ? fact.kindAt : null,
    madeUp: rule === 'made-up',
    provenAt: fact?.provenAt ?? null,
    lookedUpAt: fact?.lookedUpAt ?? null,
    problem:
      told === null
        ? null
        : {
            code: Number(person.phoneProblem),
            title: told.title,
            whatToDo: told.whatToDo,
            at: fact?.problemAt ?? null,
            soft: isSoftMark(person.phoneProblem),
          },
    links: links.value,
    linksAt: links.at,
  };
}

/**
 * The owner lifts a mark: texts to this number are tried again, for everybody who has it. `mobile`: they say that it can get texts, which
 * overrules a look-up; the next error marks it anew.
 */
export function tryNumberAgain(ctx: Ctx, session: Session, id: CustomerId, mobile: boolean): void {
  const person = customerById(ctx.db, id);
  if (!person) throw new AppError('customer.not-found');
  const { phone } = person;
  if (phone === null) throw new AppError('customer.bad-phone', { why: 'empty' });
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const hard = mobile || (person.phoneProblem !== null && !isSoftMark(person.phoneProblem)) || person.phoneKind === 'landline';
    forgivePhone(trx, phone, { kind: hard ? 'mobile' : null, now });
    audit(trx, { at: now, staffId: session.staffId, action: 'customer.number-again', subject: String(id) });
  });
}

/** Staff were told whether somebody can open links. A tap on a link tells by itself (`learnLinkCapable`). */
export function sayLinks(ctx: Ctx, session: Session, id: CustomerId, value: Exclude<LinkCapable, 'yes'>): void {
  refuseUnlessInFront(ctx, session, id);
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!setLinkCapable(trx, id, value, value === 'unknown' ? null : now)) throw new AppError('customer.not-found');
    audit(trx, { at: now, staffId: session.staffId, action: 'customer.links', subject: String(id), detail: { value } });
  });
}

/** They opened a link of ours: it works on their phone, whatever was said before. For whoever sees taps. */
export function learnLinkCapable(trx: Trx, id: CustomerId, at: UtcMs): void {
  setLinkCapable(trx, id, 'yes', at);
}
