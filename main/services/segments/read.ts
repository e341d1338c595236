import { allNames, articleNamed, idNamed, topicNamed } from '@db/queries/segment-names';
import { alikeNames, numberForms } from '@domain/segments/alike';
import { describeRule } from '@domain/segments/describe';
import { checkRule, type Rule } from '@domain/segments/rule';
import { type Known, readRule, type Trouble } from '@domain/segments/sentence';
import type { Ctx } from '../ctx';
import { namesOf } from './names';

const SUGGESTED = 5;

/** What this shop knows by name. */
function knownOf(ctx: Ctx): Known {
  const { db } = ctx;
  const digits = new Intl.NumberFormat('en-US', { style: 'currency', currency: ctx.settings().shop.currency }).resolvedOptions();
  return {
    money: (text) => {
      const n = Number(text.replace(/[^\d.-]/g, ''));
      const minor = Math.round(n * 10 ** (digits.maximumFractionDigits ?? 2));
      return text !== '' && Number.isSafeInteger(minor) ? minor : null;
    },
    article: (name, category) => {
      // Both are searched for every form: "shirts" is the category Shirts before it is the item Shirt.
      for (const what of category ? (['category', 'item'] as const) : (['item', 'category'] as const)) {
        const found = articleNamed(db, what, name);
        if (found !== null) return { what, name: found };
      }
      for (const form of numberForms(name)) {
        for (const what of ['category', 'item'] as const) {
          const found = articleNamed(db, what, form);
          if (found !== null) return { what, name: found };
        }
      }
      return null;
    },
    offer: (name) => idNamed(db, 'offer', name),
    campaign: (name) => idNamed(db, 'campaign', name),
    group: (name) => idNamed(db, 'segment', name),
    topic: (name) => topicNamed(db, name),
    tag: (name) => name,
    like: (name) => alikeNames(name, allNames(db), SUGGESTED),
  };
}

/** A typed sentence as a rule with its sentence read back, or the part of it that was not understood. */
export function readSentence(ctx: Ctx, text: string): { ok: true; rule: Rule; sentence: string } | ({ ok: false } & Trouble) {
  const read = readRule(text, knownOf(ctx));
  if (!read.ok) return read;
  const rule = checkRule(read.rule);
  return { ok: true, rule, sentence: describeRule(rule, namesOf(ctx)) };
}
