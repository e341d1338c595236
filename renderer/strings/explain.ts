import type { PeopleFigure } from '@domain/reports/figures';
import { counted, people } from './count';
import type { Catalogue } from './index';

/** What a figure's explanation may name besides its own number; all of it already said the shop's way. */
export interface FigureFacts {
  /** Last day of the window. */
  until: string;
  /** People compared on the figure's side. */
  compared: string;
}
type Says = (n: string, one: boolean, f: FigureFacts) => string;

const were = (one: boolean) => (one ? 'was' : 'were');

/** What each figure of a campaign that is a set of people counts (domain/reports/outcome.ts says the same in code). */
const figures: Readonly<Record<PeopleFigure, Says>> = {
  texted: (n, one) => `The text of ${people(n, one)} left, also where nobody knows whether it got there.`,
  delivered: (n, one) => `For ${people(n, one)} the phone confirmed that it arrived.`,
  'not-delivered': (n, one) =>
    `${people(n, one)} should have got the text, and no phone confirmed it: it never left, was refused, or its fate is not known.`,
  tapped: (n, one) =>
    `${people(n, one)} opened the link made for them. A click within ten seconds of leaving or arriving is a phone’s preview and does not count.`,
  replied: (n, one) => `${people(n, one)} wrote back something other than a stop.`,
  'pay-sent': (n, one) => `${people(n, one)} asked for something and ${were(one)} sent a link to pay for it.`,
  paid: (n, one) => `${people(n, one)} paid by that link, or bought something in your till file within 30 days of it.`,
  stopped: (n, one) => `${people(n, one)} answered this text with a stop. Nothing is sent to them any more.`,
  came: (n, one, f) =>
    `${people(n, one)} came in after the text arrived and until ${f.until}: a sale in your till file under their name, a code used, or a visit noted at the counter.`,
  'not-came': (n, one, f) =>
    `${people(n, one)} got the text and ${were(one)} not seen until ${f.until}. Whoever bought without giving a name is among them.`,
  redeemed: (n, one) => `${people(n, one)} used the code of this text at the counter. A use that was taken back does not count.`,
  again: (n, one) => `${people(n, one)} bought once more on another day, within 28 days of the first time after the text.`,
  direct: (n, one) => `${people(n, one)} with a sale on which the code of this text was used.`,
  influenced: (n, one, f) =>
    `${people(n, one)} with other sales after the text and until ${f.until}. Where two texts came before a sale the last one has it, and one sale is counted once.`,
  'held-out': (n, one) => `${people(n, one)} ${were(one)} drawn by lot and got nothing, to see who comes anyway.`,
  excluded: (n, one) => `${people(n, one)} ${were(one)} in the group and could not be texted. The list says why.`,
  'not-compared': (n, one) =>
    `${people(n, one)} your till did not know before the draw. They are not compared: using a code ties a person to their purchases, and texted people would look busier than they are.`,
  compared: (n, one) =>
    `${people(n, one)} drawn to be texted and known to your till before the draw, whether or not the text arrived. Nobody changes sides afterwards.`,
  'compared-held-out': (n, one) => `${people(n, one)} drawn to get nothing and known to your till before the draw.`,
  bought: (n, one, f) =>
    `${people(n, one)} of the ${f.compared} compared bought something and kept it, from the draw until ${f.until}, under a name the till knew before.`,
  'bought-held-out': (n, one, f) =>
    `${people(n, one)} of the ${f.compared} held back bought something and kept it over the same days. They would have come anyway: nobody told them.`,
};

const en = {
  title: 'How is this counted?',
  figures,
  /** A share, with its range. */
  share: (share: string, low: string, high: string) =>
    `${share} is what was seen; the habit behind it very likely lies between ${low} and ${high}.`,
  money: {
    direct: (sales: string, one: boolean) => `${sales} ${one ? 'sale' : 'sales'} on which the code was used.`,
    influenced: (sales: string, one: boolean, until: string) =>
      `${sales} other ${one ? 'sale' : 'sales'} of people the text reached, until ${until}. The last text has it, and one sale is counted once.`,
    provisional: (n: string, one: boolean) =>
      `${n} ${one ? 'use' : 'uses'} of the code whose sale is not in your till file yet, as typed at the counter. The sale takes its place when it comes.`,
    discounts: 'What the receipts took off, and the counter’s reckoning where the receipt is not here yet.',
    net: 'Takings are before tax, after discounts, with returns taken off.',
    cost: (texts: string, parts: string, known: string) =>
      `${counted(texts, 'text', 'texts')} in ${counted(parts, 'part', 'parts')}. ${known} of it is what the carrier charged.`,
    costOpen: (n: string, expected: string) => `${n} not priced yet, counted at the quoted ${expected}.`,
  },
  codes: {
    uses: (n: string, one: boolean) =>
      `${n} ${one ? 'use' : 'uses'} of the code at the counter, on the shop’s own days. Taken back: not counted.`,
    leak: 'Who was sent the code is known from the texts; who used it, from whom the counter found.',
  },
  verdict: {
    heldBack: (percent: string, n: string) =>
      `Held back: ${percent} of the people who could have been texted (${n}) were drawn by lot and got nothing. Everybody stays in the group they were drawn into, whether or not the text arrived.`,
    noHeldBack: 'Nobody was held back, so nothing says who would have come anyway.',
    fixed: (n: string) =>
      `Compared are only people your till already knew before the draw; ${counted(n, 'other is', 'others are')} left out. Otherwise using a code would make texted people look busier.`,
    recognised: (share: string) =>
      `Your till recognized the customer on ${share} of all sales in these days. The others can’t be counted, so the true effect is at least this.`,
    ranges: 'A range is where the truth very likely lies: of 20 such ranges, 19 hold it.',
    path: (cost: string) =>
      `What people bought after a follow-up is in the comparison, so all texts of the path are paid from the profit: ${cost}.`,
    firstSaid: (day: string, said: string) =>
      `On ${day}, when its days were first over, this said “${said}”. Sales, returns, prices or margins that came in since have changed it.`,
    said: {
      'no-holdout': 'nobody was held back',
      'split-broken': 'the split does not fit',
      'counts-only': 'too few people to tell',
      'made-money': 'yes',
      lost: 'no, it cost money or visits',
      'leaning-yes': 'leaning yes',
      'leaning-no': 'leaning no',
      'too-early': 'too early to tell',
    },
    profit: (margin: string) =>
      `Profit: your margin of ${margin} on what people bought at list price, less the discounts, texted against held back, less the cost of the texts. The best guess takes every purchase at the average of both groups: where a text brings smaller purchases than usual it is too high. The range reaches further then, yet of ten such texts that earned nothing about one is still said to have made money.`,
    noMargin: 'No margin is set, so this speaks of people and takings, never of profit. You can type one under Margins.',
    otherCurrency: (currency: string) =>
      `Texts are billed in ${currency}, your till counts in another currency. We guess no exchange rate, so this speaks of people, not of profit.`,
    oneLook: 'There is one verdict per campaign, at the end of its days: looking every day finds “success” by chance one time in five.',
    visible: (points: string) => `In groups of this size a difference usually only shows when ${points} more of the people come in.`,
  },
  apart: {
    shares:
      'A share is of those the text reached. Its range is where the true share very likely lies, 19 times out of 20: where two ranges overlap a good deal, the difference may be chance.',
    notDrawn:
      'People were put into these groups by what they bought, not by lot. A group that comes more often may always have done so: it does not say the text was better.',
    wordings: 'Wording A and B were drawn by lot. Languages and kinds of phone were not: they differ in who reads them.',
    branches:
      'Each step goes to whoever did what it waits for. Who used the code buys more than who did nothing, whatever the step says; only the whole path against the held-back people tells what it brought.',
    offers: 'Each offer went to its own group of people, not drawn by lot.',
  },
  all: {
    came: 'Texted, came in and redeemed are people of each campaign. Somebody texted twice stands in both.',
    credit: 'One sale is in one campaign only: the one whose code was used, else the last text before it.',
    pooled: (n: string, texted: string) =>
      `${counted(n, 'campaign', 'campaigns')} that held people back, ${counted(texted, 'texted person', 'texted people')} compared. Each is compared within itself first, then the differences are put together, a large campaign counting for more.`,
    verdict: 'Each verdict stands alone. Of twenty campaigns that do nothing, one looks as if it did.',
  },
  offersOver: {
    people: 'A person counts once per campaign. Codes used are those given out by the texts.',
    effect:
      'More people of every 100 compared who came because of the text, as a range that holds the truth 19 times out of 20: over campaigns that held people back and told of this offer alone.',
    least: 'It takes fifty people on each side and ten who bought; before, an offer is not measured.',
    chance: 'Each offer stands alone. Of twenty offers that do nothing, one looks as if it did.',
  },
  compare: {
    same: 'Shares are of the people each text reached, so a long list does not win by its length.',
    range:
      'The difference is the first less the second, with its range, which holds the truth 19 times out of 20. Where zero lies in it, they may be the same.',
    days: 'Each is counted over its own days, from the text to the day shown. A longer time brings more people in by itself.',
    why: 'Nobody drew by lot who got which. Other people, another season and another offer are in the difference, too.',
  },
};

/** Owners only: English. */
export const explain: Catalogue<typeof en> = { en };
export type ExplainWords = typeof en;
