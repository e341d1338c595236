/** A campaign of the shop's past with the effect it truly had: the chance that a texted person makes a visit they would not have made. */
export interface PastCampaign {
  readonly daysAgo: number;
  /** Chosen by the month it ran in. */
  readonly names: Readonly<Record<'spring' | 'summer' | 'autumn' | 'winter', readonly [name: string, line: string]>>;
  readonly extraVisitChance: number;
  /** null = no offer, no codes. */
  readonly percentOff: number | null;
  readonly audience: 'everyone' | 'quiet-60' | 'seen-within-180';
  readonly windowDays: number;
  readonly holdout: 'auto' | 'half' | 'off';
}

const season = (spring: [string, string], summer: [string, string], autumn: [string, string], winter: [string, string]) => ({
  spring,
  summer,
  autumn,
  winter,
});

export const PAST_CAMPAIGNS: readonly PastCampaign[] = [
  {
    daysAgo: 316,
    names: season(
      ['Spring shoes are here', 'the spring shoes are on the shelf'],
      ['Sandal week', 'it is sandal week'],
      ['Boots are in', 'the new boots are in'],
      ['Winter clear-out', 'the winter clear-out starts'],
    ),
    extraVisitChance: 0.06,
    percentOff: 15,
    audience: 'everyone',
    windowDays: 14,
    holdout: 'auto',
  },
  {
    daysAgo: 262,
    names: season(
      ['Late opening Thursday', 'we are open until 9 this Thursday'],
      ['Summer evening', 'we are open until 9 this Thursday'],
      ['Cider evening', 'come for cider this Thursday until 9'],
      ['Fireside evening', 'warm drinks here this Thursday until 9'],
    ),
    extraVisitChance: 0,
    percentOff: null,
    audience: 'seen-within-180',
    windowDays: 7,
    holdout: 'auto',
  },
  {
    daysAgo: 208,
    names: season(
      ['We miss you', 'it has been a while'],
      ['We miss you', 'it has been a while'],
      ['We miss you', 'it has been a while'],
      ['We miss you', 'it has been a while'],
    ),
    extraVisitChance: 0.08,
    percentOff: 20,
    audience: 'quiet-60',
    windowDays: 21,
    holdout: 'half',
  },
  {
    daysAgo: 151,
    names: season(
      ['Linen days', 'linen is in, all sizes still here'],
      ['Back to school', 'school shoes measured while you wait'],
      ['Knitwear weekend', 'the new knitwear is here'],
      ['New Year denim', 'denim in every length this week'],
    ),
    extraVisitChance: 0.05,
    percentOff: 15,
    audience: 'everyone',
    windowDays: 14,
    holdout: 'auto',
  },
  {
    daysAgo: 96,
    names: season(
      ['Members’ weekend', 'this weekend is for our regulars'],
      ['Members’ weekend', 'this weekend is for our regulars'],
      ['Members’ weekend', 'this weekend is for our regulars'],
      ['Members’ weekend', 'this weekend is for our regulars'],
    ),
    extraVisitChance: 0.09,
    percentOff: 20,
    audience: 'everyone',
    windowDays: 10,
    holdout: 'auto',
  },
  {
    daysAgo: 38,
    names: season(
      ['Rain boots', 'rain boots back in every size'],
      ['Summer sale', 'the summer sale begins'],
      ['First boots of autumn', 'the first boots of autumn are in'],
      ['Gift week', 'gifts wrapped while you wait'],
    ),
    extraVisitChance: 0.07,
    percentOff: 15,
    audience: 'everyone',
    windowDays: 14,
    holdout: 'auto',
  },
  {
    daysAgo: 8,
    names: season(
      ['Quiet regulars', 'we kept something in your size'],
      ['Quiet regulars', 'we kept something in your size'],
      ['Quiet regulars', 'we kept something in your size'],
      ['Quiet regulars', 'we kept something in your size'],
    ),
    extraVisitChance: 0.06,
    percentOff: 15,
    audience: 'quiet-60',
    windowDays: 14,
    holdout: 'auto',
  },
];

export const seasonOf = (month: number): 'spring' | 'summer' | 'autumn' | 'winter' =>
  month >= 2 && month <= 4 ? 'spring' : month >= 5 && month <= 7 ? 'summer' : month >= 8 && month <= 10 ? 'autumn' : 'winter';
