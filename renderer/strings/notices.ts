import type { PromoWhy } from '@domain/notices/promo';
import type { Catalogue } from './index';

type Problem = 'empty' | 'no-shop' | 'unknown-field' | 'too-long';

/** Recalls and other word to whoever bought an item. For the owner. */
const en = {
  title: 'Notices to buyers',
  subtitle: 'A recall or other word to everybody who bought an item, by text where they asked for it, and a list of everybody else.',
  back: 'Campaigns',
  backToList: 'Notices to buyers',
  add: 'New notice',
  empty: {
    title: 'When something was wrong with what you sold',
    body: 'Choose the item and the days. You see exactly who bought it, who can be texted, and get a list to print of everybody else.',
  },
  columns: { name: 'About', days: 'Bought', texted: 'Texted', listed: 'On the list', reached: 'Reached', state: 'State' },
  states: { draft: 'Draft', sending: 'Going out', sent: 'Sent' },
  days: (from: string, until: string) => `${from} – ${until}`,
  form: {
    title: 'What and when',
    kind: 'What is it?',
    kinds: { recall: 'Recall', notice: 'Other notice' },
    what: 'Goods by',
    whats: { item: 'Item', category: 'Category' },
    name: 'As the till names it',
    nameHint: 'Begin to type, then choose. Several are fine.',
    add: 'Add',
    remove: (name: string) => `Remove ${name}`,
    variant: 'Only the variant with (optional)',
    from: 'Bought from',
    until: 'until',
    body: 'The text',
    bodyHint:
      'Say what it is about and what to do. {shop} is your name, {first name} theirs. Nothing else may stand in it: no offer, no news.',
    bodyEs: 'In Spanish (optional)',
    sample: '{shop}: please stop using the … you bought from us. It can … Bring it back for a full refund. Questions? Call {phone}.',
    save: 'See who bought it',
    saved: 'Noted.',
  },
  who: {
    title: (n: number) => (n === 0 ? 'Nobody we know bought it then' : n === 1 ? '1 person bought it' : `${n} people bought it`),
    text: (n: number) => (n === 1 ? '1 gets a text' : `${n} get a text`),
    list: (n: number) => (n === 1 ? '1 cannot be texted: on the list' : `${n} cannot be texted: on the list`),
    gifts: (n: number) =>
      n === 1 ? '1 bought it as a gift: somebody else may have it.' : `${n} bought it as a gift: somebody else may have it.`,
    unknown: (n: number) =>
      n === 1
        ? '1 more was sold to somebody the till did not know. Put up a sign.'
        : `${n} more were sold to people the till did not know. Put up a sign.`,
    none: 'Look at the goods and the days, or import the till file of that time.',
    gift: 'as a gift',
    bought: (day: string) => `bought ${day}`,
    more: (n: number) => `and ${n} more: all of them stand in the list you save`,
    returned: 'Whoever brought all of it back is left out.',
  },
  reasons: {
    'no-number': 'No number',
    country: 'Texts do not go there',
    'not-agreed': 'Did not ask for texts about purchases',
    'opted-out': 'Stopped all texts',
    'carrier-stop': 'Their carrier stops our texts',
    held: 'A reply of theirs waits for you',
    paused: 'Paused',
    'bad-number': 'Number cannot get texts',
    'same-number': 'Same number as another buyer',
    other: 'Cannot be texted',
  } as Record<string, string>,
  problems: {
    title: 'These words cannot go out yet',
    empty: 'Write the text.',
    'no-shop': 'Say who it is from: put {shop} in.',
    'unknown-field': 'Only {shop}, {first name} and {phone} work here.',
    'too-long': 'The text is too long.',
    promo: (found: string, why: string) => `“${found}” is ${why}: with it the text is marketing.`,
    es: 'Spanish: ',
    instead: 'News, events, offers and what is about to expire go out as a campaign, to people who agreed to offers.',
    campaign: 'New campaign',
  } as Record<Problem, string> & {
    title: string;
    es: string;
    instead: string;
    campaign: string;
    promo: (found: string, why: string) => string;
  },
  why: {
    percent: 'a discount',
    price: 'a price',
    discount: 'a discount',
    sale: 'about a sale or offer',
    gift: 'a gift or reward',
    code: 'a code',
    news: 'news of goods',
    invitation: 'an invitation to buy or look',
    hurry: 'pressing to buy',
    more: 'about other goods',
  } as Record<PromoWhy, string>,
  text: { title: 'What they read', parts: (n: number) => (n === 1 ? '1 part' : `${n} parts`), to: (name: string) => `To ${name}` },
  send: (n: string, price: string) => `Text ${n} · about ${price}`,
  sendList: 'Nobody can be texted: keep the list',
  type: (n: string) => `Type ${n} to send`,
  sentToast: (n: number) =>
    n === 0 ? 'The list is kept. Nobody gets a text.' : n === 1 ? '1 text is on its way.' : `${n} texts are on their way.`,
  list: {
    title: 'Not by text',
    save: 'Save the list (CSV)',
    print: 'Print the list',
    reached: 'Reached',
    notReached: 'Not yet',
    noText: 'No text is known',
    columns: { name: 'Who', contact: 'How to reach them', bought: 'Bought', reason: 'Why not by text', reached: 'Reached' },
    saved: 'Saved.',
    sheet: (what: string) => `${what}: buyers to reach by phone, post or in the shop`,
  },
  sent: { title: (n: number) => (n === 1 ? '1 person' : `${n} people`), texts: 'Texts', byText: 'by text' },
  remove: 'Throw away',
  removed: 'Thrown away.',
};
export type NoticeWords = typeof en;

export const notices: Catalogue<NoticeWords> = { en };
