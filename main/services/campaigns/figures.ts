import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { WordsKey } from '@domain/campaigns/parts';
import type { MergeField } from '@domain/campaigns/template';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { eachInTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { sayMail } from './mail-words';
import { type Sayings, sayWith } from './words';

/** How many people get a text of that alphabet and length. */
export interface Variant {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  people: number;
}

export interface Figures {
  variants: Variant[];
  segments: number;
  longest: { text: string; encoding: 'GSM-7' | 'UCS-2'; segments: number };
  /** Fields that are empty for some people and have no fall-back. */
  missing: { field: MergeField; count: number }[];
}

/** Of one wording of one part. */
export interface WordingFigures extends Figures {
  part: number;
  words: WordsKey;
  people: number;
}

export interface Counted extends Figures {
  wordings: WordingFigures[];
  /** People who get a mail in place of a text: they cost nothing. */
  mails: number;
}

class Tally {
  readonly variants = new Map<string, Variant>();
  readonly missing = new Map<MergeField, number>();
  segments = 0;
  people = 0;
  longest: Figures['longest'] & { units: number } = { text: '', encoding: 'GSM-7', segments: 0, units: -1 };

  done(): Figures {
    const { text, encoding, segments } = this.longest;
    return {
      variants: [...this.variants.values()].sort((a, b) => b.people - a.people),
      segments: this.segments,
      longest: { text, encoding, segments },
      missing: [...this.missing].map(([field, count]) => ({ field, count })),
    };
  }

  lacks(missing: readonly MergeField[]): void {
    for (const f of missing) this.missing.set(f, (this.missing.get(f) ?? 0) + 1);
  }

  add(o: { text: string; encoding: Variant['encoding']; segments: number; units: number; missing: readonly MergeField[] }): void {
    this.people++;
    this.segments += o.segments;
    const key = `${o.encoding} ${o.segments}`;
    const v = this.variants.get(key);
    if (v) v.people++;
    else this.variants.set(key, { encoding: o.encoding, segments: o.segments, people: 1 });
    this.lacks(o.missing);
    if (o.segments > this.longest.segments || (o.segments === this.longest.segments && o.units > this.longest.units)) {
      this.longest = { text: o.text, encoding: o.encoding, segments: o.segments, units: o.units };
    }
  }
}

/** Says the text to everybody and counts, altogether and per wording; gives the counter a turn now and then. */
export async function figuresOf(
  ctx: Ctx,
  sayings: Sayings,
  text: readonly AudiencePerson[],
  reads: ReadonlyMap<CustomerId, WordsKey>,
  at: (id: CustomerId) => UtcMs,
): Promise<Counted> {
  const { shop } = ctx.settings();
  const all = new Tally();
  const each = new Map<string, { part: number; words: WordsKey; tally: Tally }>(
    sayings.all.map(({ part, key }) => [`${part} ${key}`, { part, words: key, tally: new Tally() }]),
  );
  let mails = 0;
  await eachInTurns(text, (p) => {
    if (p.channel === 'email') {
      mails++;
      const saying = sayings.mail.of(p.part, p.language);
      if (saying) all.lacks(sayMail(shop, saying, p, null, { at: at(p.id) }).missing);
      return;
    }
    const key = reads.get(p.id) ?? 'en.a.any';
    const said = sayWith(shop, sayings.of(p.part, key), p, null, at(p.id));
    const one = { text: said.text, ...said.count, missing: said.missing };
    all.add(one);
    each.get(`${p.part} ${key}`)?.tally.add(one);
  });
  return {
    ...all.done(),
    mails,
    wordings: [...each.values()].map(({ part, words, tally }) => ({ part, words, people: tally.people, ...tally.done() })),
  };
}

/** Nobody, and nothing to say to them. */
export const NO_FIGURES: Counted = {
  variants: [],
  segments: 0,
  longest: { text: '', encoding: 'GSM-7', segments: 0 },
  missing: [],
  wordings: [],
  mails: 0,
};

/** The longest text anybody gets of each wording. */
export function longestOf(figures: Counted): (part: number, words: WordsKey) => string {
  const byPlace = new Map(figures.wordings.map((w) => [`${w.part} ${w.words}`, w.longest.text]));
  return (part, words) => byPlace.get(`${part} ${words}`) ?? '';
}
