import { counted } from './count';
import type { Catalogue } from './index';

const en = {
  title: 'Margins',
  open: 'Margins',
  back: 'Results',
  subtitle: 'What you earn on what you sell',
  days: (from: string, to: string) => `Takings from ${from} to ${to}, before tax`,
  shop: {
    title: 'The shop’s usual margin',
    hint: 'Of every dollar of list price, how many cents are left after you paid for the goods? Until you say, results show takings, never profit.',
    label: 'Margin in percent',
    unit: '%',
    without: 'No profit is shown anywhere until you type this one.',
    holds: (share: string) => `Holds for ${share} of your takings; the rest has a margin of its own below.`,
  },
  list: {
    title: 'Where it is different',
    hint: 'Leave a line empty and the margin in gray holds. A margin of one thing goes before its category’s.',
    kinds: { category: 'Categories', item: 'Things' },
    kind: 'Show',
    search: 'Find',
    searchHint: 'A name or a category',
    columns: { name: 'Category', item: 'Thing', takings: 'Takings', share: 'Share', margin: 'Margin %' },
    marginOf: (name: string) => `Margin of ${name} in percent`,
    from: { item: 'its own', category: 'its category', shop: 'the shop’s', none: 'none yet' },
    bad: '0 to 100',
    noName: 'no category',
    none: 'Nothing found.',
    more: (n: string) => `Show ${n} more`,
    first: (n: string) => `The ${n} with the highest takings. Find the others by name.`,
  },
  save: (n: string, one: boolean) => (one ? 'Save 1 margin' : `Save ${n} margins`),
  drop: 'Undo changes',
  saved: 'Saved. Results count with it from now on.',
  file: {
    open: 'From a file',
    title: (name: string) => `Margins from ${name}`,
    percent: 'Names and percents',
    cost: 'What things cost and sell for: the margin is worked out from the list price, before discounts.',
    count: (n: string, changed: string) => `${counted(n, 'margin', 'margins')}, ${changed} of them new or different.`,
    withoutCost: (n: string) => `${counted(n, 'row tells', 'rows tell')} no cost and ${n === '1' ? 'is' : 'are'} left out.`,
    unread: (n: string, first: string) => `${counted(n, 'row', 'rows')} could not be read, the first is row ${first}.`,
    head: ['Name', 'Is', 'Now', 'Margin'],
    kinds: { category: 'category', item: 'thing' },
    notSold: 'not sold lately',
    take: (n: string, one: boolean) => (one ? 'Take 1 margin over' : `Take ${n} margins over`),
    nothing: 'Nothing in it is new.',
    close: 'Close',
    which: 'Which to take over',
    both: 'Categories and things',
    onlyCategories: 'Categories only',
  },
  empty: {
    title: 'Nothing sold yet',
    body: 'Import your till’s export with its items: your categories appear here, each beside its takings.',
    action: 'Import a till file',
  },
  how: {
    title: 'How profit is counted',
    lines: [
      'Profit of a sale = margin × list price − discount. The list price is before discounts and tax.',
      'For each line the margin of that very thing holds, else its category’s, else the shop’s. What no line covers counts with the shop’s.',
      'Each sale is rounded once, to the cent. Returns are taken off in proportion.',
      'A new margin counts for past campaigns too: it is what you know now.',
    ],
  },
};

/** Owners only: English. */
export const margins: Catalogue<typeof en> = { en };
export type MarginWords = typeof en;
