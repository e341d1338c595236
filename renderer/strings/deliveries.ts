import type { Catalogue } from './index';

const people = (n: number, all: string) => (n === 1 ? '1 person' : `${all} people`);

/** What came in, and who waits for it. For the owner. */
const en = {
  title: 'What came in',
  subtitle: 'A delivery, and everybody who asked to be told of it: one text each.',
  back: 'Campaigns',
  backToList: 'What came in',
  add: 'New delivery',
  unnamed: 'Delivery',
  empty: {
    title: 'Your size is in',
    body: 'Note at the counter what people look for. When goods come in, type, scan or paste them here: whoever waits for them gets one text, and answers HOLD.',
  },
  columns: { name: 'Delivery', when: 'When', lines: 'Goods', told: 'Told', replied: 'Replied', sold: 'Sold', state: 'State' },
  states: { open: 'Not told yet', telling: 'Being told', told: 'Told' },
  waiting: {
    title: (n: number) => (n === 1 ? '1 wish is waiting' : `${n} wishes are waiting`),
    none: 'Nobody waits for anything yet.',
    noneBody: 'At the counter: open a person, “Add a wish” or “Left without buying”.',
    people: (n: number) => (n === 1 ? '1 person' : `${n} people`),
    since: (day: string) => `since ${day}`,
  },
  lines: {
    title: 'What is in it',
    hint: 'Scan a barcode, or type: name, size, price. Enter adds it.',
    box: 'Scan or type',
    placeholder: 'Trail Runner blue, 8.5, 89.00',
    add: 'Add',
    paste: 'Paste a list',
    file: 'Choose a file',
    none: 'Nothing in it yet.',
    columns: { item: 'Item', size: 'Size', price: 'Price', qty: 'How many' },
    remove: (item: string) => `Remove ${item}`,
    unknown: (code: string) => `${code} is new here. What is it?`,
    unknownHint: 'Named once, it is known from then on.',
    item: 'Item',
    size: 'Size',
    price: 'Price',
    save: 'Add it',
    cancel: 'Cancel',
    added: (n: number) => (n === 1 ? '1 line added.' : `${n} lines added.`),
    leftOut: (n: number) => (n === 1 ? '1 line could not be read.' : `${n} lines could not be read.`),
    pasteTitle: 'Paste a list of goods',
    pasteHint: 'From a spreadsheet or a supplier’s list, with or without a line of headings: item, size, price.',
    pasteGo: 'Add these',
  },
  who: {
    title: (n: number) => (n === 0 ? 'Nobody waits for this' : n === 1 ? '1 person waits for this' : `${n} people wait for this`),
    none: 'Nobody asked for any of it.',
    otherSize: (n: number) =>
      n === 1 ? '1 more waits for another size, or for one no line says.' : `${n} more wait for another size, or for one no line says.`,
    otherPrice: (n: number) =>
      n === 1 ? '1 more wants it for less, or no price stands here.' : `${n} more want it for less, or no price stands here.`,
    text: 'gets a text',
    call: 'Not by text. Tell them when they come, or call.',
    under: (money: string) => `under ${money}`,
    more: (n: number) => `and ${n} more`,
  },
  words: {
    title: 'The text',
    to: (name: string) => `To ${name}`,
    change: 'Change the words',
    en: 'Words',
    es: 'Words in Spanish',
    hint: '{wish} is what each of them waits for, with its size. No discount needed: they asked. Empty means our words.',
    parts: (n: number) => (n === 1 ? '1 part' : `${n} parts`),
    hold: 'Whoever answers HOLD (or APARTA) is a task at the counter, kept for two open days.',
  },
  tell: (n: number, all: string, price: string) => `Text ${people(n, all)} · about ${price}`,
  nobodyToText: 'Nobody of them can be texted',
  typeCount: (n: string) => `Type ${n} to send`,
  told: {
    toast: (n: number) => (n === 1 ? '1 text is on its way.' : `${n} texts are on their way.`),
    title: (n: number) => (n === 1 ? '1 person was told' : `${n} people were told`),
    results: 'Replies and results',
    columns: { name: 'Who', wish: 'Waits for', text: 'Text', wishState: 'Wish' },
    wish: { open: 'still open', fulfilled: 'came true', dropped: 'given up' } as Record<string, string>,
  },
  remove: 'Throw this delivery away',
  removed: 'Thrown away.',
  name: 'Name (optional)',
  namePlaceholder: 'Shoes, Tuesday',
};
export type DeliveryWords = typeof en;

export const deliveries: Catalogue<DeliveryWords> = { en };
