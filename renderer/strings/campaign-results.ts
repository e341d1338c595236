import type { PeopleFigure } from '@domain/reports/figures';
import type { Catalogue } from './index';

const people = (n: string, one: boolean) => (one ? '1 person' : `${n} people`);

const figures: Readonly<Record<PeopleFigure, string>> = {
  texted: 'Texted',
  delivered: 'Arrived',
  'not-delivered': 'Did not arrive',
  tapped: 'Opened the link',
  replied: 'Wrote back',
  stopped: 'Stopped',
  came: 'Came in',
  'not-came': 'Not seen',
  redeemed: 'Used the code',
  again: 'Bought again',
  direct: 'Bought with the code',
  influenced: 'Bought after the text',
  'held-out': 'Held back',
  excluded: 'Could not be texted',
  'not-compared': 'Not compared',
  compared: 'Texted, compared',
  'compared-held-out': 'Held back, compared',
  bought: 'Texted, bought',
  'bought-held-out': 'Held back, bought',
};

const en = {
  figures,
  /** Read out where a number leads to its people. */
  see: (figure: string, n: string, of: string) => (of ? `${figure}, ${of}: ${n}. See who` : `${figure}: ${n}. See who`),
  seeHint: 'See who',
  who: 'See who:',
  endOfDays: 'the end of its days',
  noName: 'No name',
  part: (n: number) => `Group ${n}`,
  words: {
    a: 'Wording A',
    b: 'Wording B',
    es: 'Spanish',
    links: { any: '', yes: 'phones with links', no: 'phones without links' },
    none: 'No text',
  },
  counting: {
    title: (n: string, one: boolean) => `${people(n, one)} ${one ? 'is' : 'are'} still being counted.`,
    body: 'Grey figures are as counted last. They change by themselves when this is done; you can go on working.',
  },
  people: {
    columns: {
      name: 'Name',
      phone: 'Phone',
      part: 'Group',
      words: 'Wording',
      redeemed: 'Code',
      direct: 'With code',
      influenced: 'After text',
      list: 'Bought for',
      why: 'Why',
    },
    yes: 'used',
    nobody: 'Nobody here',
    file: 'Save as CSV',
    fileNote: 'Everybody of this list, without numbers. Written down under “Who did what”.',
    saved: (n: string, one: boolean) => `${people(n, one)} saved`,
  },
  apart: {
    parts: {
      title: 'Group by group',
      hint: 'Not drawn by lot: it says who came, not why.',
      head: 'Group',
      most: (best: string, share: string, worst: string, other: string) =>
        `“${best}” came in most: ${share} of those reached, “${worst}” ${other}`,
      same: 'No group stands out: the differences may be chance',
    },
    words: {
      title: 'Wording by wording',
      hint: 'Which of two wordings did better is judged once, and said above.',
      head: 'Wording',
    },
    branches: {
      title: 'Step by step',
      hint: 'Each step goes to other people: those who did what it waits for.',
      head: 'Step',
      first: 'First text',
    },
    offers: {
      title: 'Offer by offer',
      hint: 'Not drawn by lot: it says who came, not why.',
      head: 'Offer',
      most: (best: string, share: string, worst: string, other: string) =>
        `With “${best}” most came in: ${share} of those reached, with “${worst}” ${other}`,
      same: 'No offer stands out: the differences may be chance',
      none: 'No offer',
    },
    soFar: 'So far: compared when the days are over',
    few: 'Too few people to tell them apart',
    columns: {
      texted: 'Texted',
      delivered: 'Arrived',
      tapped: 'Opened',
      replied: 'Wrote back',
      came: 'Came in',
      range: 'Of those reached',
      redeemed: 'Code used',
      stopped: 'Stopped',
      takings: 'Takings',
      cost: 'Texts cost',
    },
    between: (low: string, high: string) => `${low} – ${high}`,
    csv: 'Save as CSV',
  },
  offers: {
    title: 'Offer by offer, over all campaigns',
    found: (k: string, n: string) => `${k} of ${n} offers brought people in who would not have come`,
    foundOne: (name: string) => `“${name}” brought people in who would not have come`,
    nothingYet: 'Of no offer it is settled yet whether it brings people in',
    head: ['Offer', 'Campaigns', 'Arrived', 'Came in', 'Codes used', 'Stopped', 'Takings', 'Texts cost', 'Because of the text'],
    latest: (name: string) => `last with ${name}`,
    noOffer: 'No offer',
    effect: (low: string, high: string) => `${low} to ${high} more of 100`,
    notMeasured: 'not measured',
  },
  left: {
    title: (n: string, one: boolean) => (one ? '1 person stopped after this text' : `${n} people stopped after this text`),
    nobody: 'Nobody stopped after this text',
    why: (n: string, reason: string) => `${n} said: ${reason.toLowerCase()}`,
    silent: (n: string) => `${n} did not say why`,
    see: 'See who stopped',
  },
  compare: {
    action: 'Compare two',
    title: 'Compare two campaigns',
    subtitle: 'What happened after each. Not which text is better.',
    first: 'First campaign',
    second: 'Second campaign',
    choose: 'Choose one',
    pick: 'Choose two campaigns and their figures stand side by side.',
    one: 'There is only one campaign so far. With a second one you can compare them here.',
    swap: 'Swap',
    head: { difference: 'Difference' },
    rows: { came: 'Came in', redeemed: 'Used the code', stopped: 'Stopped' },
    points: (low: string, high: string) => `${low} to ${high}`,
    perHundred: 'in every 100 reached',
    unknown: 'Nobody was reached',
    finding: {
      more: (a: string, b: string, low: string, high: string) =>
        `Of 100 reached, between ${low} and ${high} more came in after “${a}” than after “${b}”`,
      same: (a: string, b: string) => `“${a}” and “${b}” can’t be told apart by who came in`,
      none: 'One of them has not reached anybody yet',
      open: 'Not compared yet: one of the two still runs, or waits for your till file',
    },
    honest: 'They went to other people, on other days, maybe with another offer. So this tells what happened, not which text was better.',
    drawn: 'To learn which text works better, write both as wordings of one campaign: then the people are drawn by lot.',
    facts: {
      sent: 'Sent',
      until: 'Counted until',
      texted: 'Texted',
      delivered: 'Arrived',
      direct: 'With the code',
      influenced: 'After the text',
      cost: 'Texts cost',
      verdict: 'Because of the text?',
    },
  },
  till: {
    open: (n: string, one: boolean, amount: string) =>
      `${n} ${one ? 'receipt of the last four weeks has' : 'receipts of the last four weeks have'} a text discount and no code: ${amount} that no campaign here explains.`,
    see: 'See the till check',
  },
};

/** Owners only: English. */
export const campaignResults: Catalogue<typeof en> = { en };
export type CampaignResultWords = typeof en;
