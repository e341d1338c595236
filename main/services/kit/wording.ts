import { audit } from '@db/queries/staff';
import { addOwnWording, endOwnWording, ownWording, wordingVersion, wordingVersions } from '@db/queries/wordings';
import type { Language, SignFacts, WordingKind } from '@domain/consent/wording';
import { OWN_VERSIONS_FROM, WORDING_KINDS } from '@domain/consent/wording';
import { DEFAULT_WORDING } from '@domain/consent/wording-defaults';
import { checkWording } from '@domain/consent/wording-elements';
import { showPhone } from '@domain/customers/show-phone';
import { AppError } from '@domain/errors';
import { currentWording, textingNumber } from '../consent/texts';
import type { Ctx, Session } from '../ctx';
import { topicNames, wordOf } from './words';

/** What the placeholders of a sign stand for now. */
function signFacts(ctx: Ctx, language: Language): SignFacts {
  const { texting, shop } = ctx.settings();
  const number = textingNumber(texting);
  return {
    word: wordOf(ctx, 'card'),
    topics: topicNames(ctx, language),
    ...(number !== null && { number: showPhone(number, shop.country) }),
  };
}

/** One wording as the editor needs it: the words in use, ours, every version the shop ever had, and what the placeholders stand for. */
export function wordingView(ctx: Ctx, kind: WordingKind, language: Language) {
  const { name, phone, email, website } = ctx.settings().shop;
  const own = ownWording(ctx.db, kind, language);
  const { text, hash, version } = currentWording(ctx, kind, language, undefined, wordOf(ctx, 'card'));
  const facts = signFacts(ctx, language);
  return {
    template: own?.template ?? DEFAULT_WORDING[kind][language].templates[0],
    ours: DEFAULT_WORDING[kind][language].templates[0],
    own: own !== null,
    now: { text, hash, version },
    versions: wordingVersions(ctx.db, kind, language),
    facts: {
      shop: { name, phone, email, website },
      promiseMax: ctx.settings().courtesy.promisePerMonth,
      word: facts.word ?? '',
      number: facts.number ?? null,
      topics: [...(facts.topics ?? [])],
    },
  };
}

/** Which wordings are the shop's own, and whether they still say all they must with the shop's data of today. */
export function wordingsInUse(ctx: Ctx) {
  const { shop, courtesy } = ctx.settings();
  return WORDING_KINDS.flatMap((kind) =>
    (['en', 'es'] as const).map((language) => {
      const own = ownWording(ctx.db, kind, language);
      const ok = own === null || checkWording(kind, language, own.template, shop, courtesy.promisePerMonth, signFacts(ctx, language)).ok;
      return { kind, language, own: own !== null, ok };
    }),
  );
}

/**
 * Takes the shop's own words into use, as a new version. Words that leave out what people must be told are refused: every permission
 * given under them would be worth nothing. Throws `kit.wording-refused` {missing}.
 */
export function saveWording(
  ctx: Ctx,
  session: Session,
  input: { kind: WordingKind; language: Language; template: string },
): { version: number | null } {
  const { kind, language } = input;
  const template = input.template.normalize('NFC').replace(/\s+/g, ' ').trim();
  const { shop, courtesy } = ctx.settings();
  const check = checkWording(kind, language, template, shop, courtesy.promisePerMonth, signFacts(ctx, language));
  if (!check.ok) {
    const missing = check.elements.filter((e) => !e.said).map((e) => e.element);
    throw new AppError('kit.wording-refused', { missing: missing.join(' ') });
  }
  if (template === DEFAULT_WORDING[kind][language].templates[0]) {
    backToOurs(ctx, session, { kind, language });
    return { version: null };
  }
  return ctx.db.tx((trx) => {
    const now = ctx.clock.now();
    const before = ownWording(trx, kind, language);
    if (before?.template === template) return { version: before.version };
    const version = addOwnWording(trx, { kind, language, template, staffId: session.staffId, at: now, from: OWN_VERSIONS_FROM });
    audit(trx, { at: now, staffId: session.staffId, action: 'kit.wording', subject: kind, detail: { language, version } });
    return { version };
  });
}

/** An earlier version once more, as a new one: history only grows. It is checked like anything new, for the rules may have changed. */
export function restoreWording(ctx: Ctx, session: Session, id: number): { version: number | null } {
  const w = wordingVersion(ctx.db, id);
  if (!w) throw new AppError('input.invalid', { field: 'version' });
  return saveWording(ctx, session, w);
}

/** From now on our words; the shop's versions stay in the list. */
export function backToOurs(ctx: Ctx, session: Session, w: { kind: WordingKind; language: Language }): void {
  ctx.db.tx((trx) => {
    if (ownWording(trx, w.kind, w.language) === null) return;
    endOwnWording(trx, w.kind, w.language);
    audit(trx, {
      at: ctx.clock.now(),
      staffId: session.staffId,
      action: 'kit.wording',
      subject: w.kind,
      detail: { language: w.language, version: 0 },
    });
  });
}
