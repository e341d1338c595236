/** Figures of a campaign that are a set of its people: from each of them the page leads to who they are (db/queries/drill.ts). */
export const PEOPLE_FIGURES = [
  'texted',
  'delivered',
  'not-delivered',
  'tapped',
  'replied',
  /** Asked for something and were sent a link to pay for it, and those of them who paid. */
  'pay-sent',
  'paid',
  'stopped',
  'came',
  'not-came',
  'redeemed',
  'again',
  'direct',
  'influenced',
  'held-out',
  'excluded',
  /** Texted or held out, without a till identity before the draw. */
  'not-compared',
  'compared',
  'compared-held-out',
  'bought',
  'bought-held-out',
] as const;
export type PeopleFigure = (typeof PEOPLE_FIGURES)[number];
