import type { Catalogue } from './index';

const people = (n: string, one: boolean) => (one ? `${n} person` : `${n} people`);

const en = {
  thisWeek: {
    title: 'This week',
    span: (from: string, to: string) => `${from} to ${to}, beside the seven days before`,
    primary: 'Start a campaign',
    tiles: {
      onList: 'May be texted',
      onListNote: (joined: string, left: string) => `${joined} joined, ${left} left`,
      sent: 'Texts sent',
      sentNote: (delivered: string, replies: string) => `${delivered} arrived, ${replies} replies`,
      redeemed: 'Codes used',
      redeemedNote: (before: string) => `${before} the week before`,
      takings: 'Takings',
      takingsNote: (afterText: string) => `${afterText} after a text`,
      noSales: 'no till file yet',
      cost: 'Spent on texts',
      costNote: (before: string) => `${before} the week before`,
    },
    takingsThrough: (day: string) => `Takings reach to ${day}, the last day of your till file.`,
    needs: {
      title: 'Needs you',
      nothing: 'Nothing needs you right now.',
      open: 'Look',
      codes: {
        holds: (n: string, one: boolean) => `${n} ${one ? 'reply' : 'replies'} may mean “stop”. They get no texts until you decide.`,
        tasks: (n: string, one: boolean) => `${n} ${one ? 'customer waits' : 'customers wait'} for something at the counter.`,
        replies: (n: string, one: boolean) => `${n} ${one ? 'reply is' : 'replies are'} waiting to be read.`,
        uncertain: (n: string, one: boolean) =>
          `${n} ${one ? 'text is' : 'texts are'} not confirmed: we do not know if ${one ? 'it' : 'they'} left.`,
        refused: (n: string, one: boolean) => `${n} ${one ? 'text was' : 'texts were'} refused because of your texting account.`,
        paused: (n: string, one: boolean) => `${n} ${one ? 'campaign is' : 'campaigns are'} paused.`,
        'follow-ups': (n: string, one: boolean) =>
          one ? 'The follow-ups of a campaign wait for you.' : `The follow-ups of ${n} campaigns wait for you.`,
        'import-overdue': (n: string, one: boolean, day: string) =>
          `${n} open ${one ? 'day is' : 'days are'} missing from your sales. The till file reaches ${day}.`,
        'no-import': () => 'No sales yet. Import your till file and your regulars appear.',
        'files-waiting': (n: string, one: boolean) =>
          `${n} ${one ? 'file waits' : 'files wait'} for you before ${one ? 'it is' : 'they are'} imported.`,
        'wrong-numbers': (n: string, one: boolean) => `${n} ${one ? 'number' : 'numbers'} can’t be texted: disconnected or a landline.`,
        discounts: (n: string, one: boolean) =>
          `${n} ${one ? 'receipt has' : 'receipts have'} a text discount at the till and no code. See which.`,
        'replies-unread': () => 'Replies could not be fetched. Nothing leaves until they were read.',
        'paper-failed': () => 'The printed week is not in its folder.',
        'backup-failed': () => 'The last backup did not work.',
        'no-second-backup': () => 'Backups lie only on this computer. Choose a second place.',
        account: () => 'Your texting account needs you: no text leaves, or none arrives.',
        registration: () => 'The carriers have not approved your number yet. It takes weeks: the next step is waiting for you.',
        'registration-rejected': () => 'Your registration was sent back. See what to mend.',
        'registration-late': () => 'Your registration takes longer than usual. Ask Twilio.',
      },
    },
    paid: {
      title: 'What paid',
      /** Sales after a text are not all because of it: only a comparison tells that. */
      week: (cost: string, code: string, after: string) =>
        `Texts cost ${cost} in these seven days. Sales with a code: ${code}; all sales after a text: ${after}, not all of them because of it.`,
      noTill: (cost: string) => `Texts cost ${cost} in these seven days. What they brought shows once your till file is here.`,
      open: 'See',
    },
    latest: {
      open: 'See the result',
      none: 'No result yet. After a campaign, once your till file covers its days, it stands here: who came because of the text, as a range.',
    },
    health: {
      title: 'How texts arrive',
      none: 'No texts in the last 30 days.',
      quiet: (n: string) => `${n === '1' ? '1 text' : `${n} texts`} in 30 days: too few to say.`,
      good: (share: string, n: string) => `${share} of ${n} texts arrived in the last 30 days.`,
      watch: (share: string, n: string) => `Worth a look: ${share} of ${n} texts arrived in the last 30 days.`,
      bad: (share: string, n: string) => `Something is wrong: only ${share} of ${n} texts arrived in the last 30 days.`,
      details: (filtered: string, stops: string) =>
        `${filtered === '1' ? '1 was' : `${filtered} were`} held back by carriers, ${people(stops, stops === '1')} stopped.`,
    },
  },
  growth: {
    rising: (n: string, since: string, onList: string) => `${n} more people may be texted than in ${since}: ${onList} now`,
    falling: (n: string, since: string, onList: string) => `${n} fewer people may be texted than in ${since}: ${onList} now`,
    begun: (since: string, onList: string) => `${onList} people may be texted; in ${since} it was nobody`,
    noneYet: 'Nobody may be texted yet',
    same: (onList: string) => `${onList} people may be texted`,
    nothing: 'Nobody has joined yet. Everyone who ticks the box at the counter appears here.',
    onList: 'May be texted',
    detail: (joined: string, left: string) => `${joined} joined, ${left} left`,
    head: ['Week of', 'Joined', 'Left', 'May be texted'],
    note: 'Week by week, from the consent record itself.',
  },
  results: {
    title: 'Results',
    subtitle: 'What each text brought, and what it cost',
    back: 'Results',
    pdf: 'Save as PDF',
    csv: 'Save as CSV',
    saved: (path: string) => `Saved to ${path}`,
    empty: {
      title: 'No campaign has been sent yet',
      body: 'Afterwards you see here who came in, what they bought, what it cost, and how many would have come anyway.',
      action: 'Write the first one',
    },
    columns: {
      name: 'Campaign',
      sent: 'Sent',
      texted: 'Texted',
      came: 'Came in',
      redeemed: 'Redeemed',
      direct: 'With code',
      influenced: 'After text',
      cost: 'Cost',
      verdict: 'Because of the text?',
    },
    pooled: (low: string, high: string, n: number) =>
      `Over ${n} campaigns, texts brought in between ${low} and ${high} more of every 100 people texted`,
    pooledNote: 'All campaigns that held people back, taken together (each with its own fresh draw).',
    pooledUnclear: (low: string, high: string, n: number) =>
      `Over ${n} campaigns it is not settled yet: between ${low} and ${high} more of every 100 people texted`,
    waiting: (day: string) => `waiting for the till file to ${day}`,
    running: (day: string) => `runs until ${day}`,
    chips: {
      'no-holdout': 'not measured',
      'split-broken': 'not comparable',
      'counts-only': 'too few people',
      'made-money': 'yes',
      lost: 'no, fewer',
      leaning: 'leaning yes',
      leaningNo: 'leaning no',
      'too-early': 'too early to tell',
    },
    sumWarning: 'Takings stand beside texts here; they are not all because of them. One sale is counted once.',
  },
  verdict: {
    title: {
      madeMoney: (best: string, low: string, high: string) => `Made money. Best guess ${best}; very likely between ${low} and ${high}.`,
      lostMoney: (best: string, low: string, high: string) => `Lost money. Best guess ${best}; very likely between ${low} and ${high}.`,
      broughtPeople: (best: string, low: string, high: string) => `The text brought about ${best} extra people in (${low} to ${high})`,
      fewerPeople: (best: string, low: string, high: string) => `About ${best} fewer people came than without the text (${low} to ${high})`,
      leaning: (low: string, high: string) => `Leaning yes, not sure yet: between ${low} and ${high}`,
      leaningNo: (low: string, high: string) => `Leaning no, not sure yet: between ${low} and ${high}`,
      tooEarly: (low: string, high: string) => `Too early to tell: anywhere from ${low} to ${high}`,
      countsOnly: (text: string, control: string) => `${text} texted people and ${control} held-back people came in: too few to compare`,
      noHoldout: (n: string, one: boolean) => `${people(n, one)} used the code. We can’t say how many would have come anyway.`,
      noHoldoutNoCode: (n: string, one: boolean) =>
        `${people(n, one)} came in after the text. We can’t say how many would have come anyway.`,
      broken: 'The two groups are not the sizes that were drawn, so they are not compared.',
    },
    extraPeople: (n: string) => `${n} people`,
    inPeople: (finding: string) => `In people: ${finding}`,
    whiskerBuyers: 'Extra people who came because of the text, best guess and range',
    whiskerProfit: 'Profit because of the text, best guess and range',
  },
  campaign: {
    sent: (when: string, offer: string | null) => (offer ? `Sent ${when} with ${offer}` : `Sent ${when}`),
    importNow: 'Import the till file',
    because: 'Because of the text',
    steps: {
      texted: 'Texted',
      delivered: 'Arrived',
      tapped: 'Opened the link',
      replied: 'Wrote back',
      'pay-sent': 'Got a link to pay',
      paid: 'Paid for it',
      came: 'Came in',
      redeemed: 'Used the code',
      again: 'Bought again',
    },
    stepShare: (share: string, of: string) => `${share} of ${of}`,
    stepOf: {
      texted: 'those texted',
      delivered: 'those reached',
      tapped: 'those who opened it',
      replied: 'those who wrote',
      'pay-sent': 'those who got the link',
      paid: 'those who paid',
      came: 'those who came',
      redeemed: 'those who used it',
      again: 'those who came again',
    },
    funnelTitle: (came: string, texted: string) => `${came} of ${texted} people came in after the text`,
    funnelNothing: 'Nothing has left yet.',
    funnelHead: ['Step', 'People', 'Share', 'Very likely between'],
    redemptionsTitle: (n: string, day: string) =>
      n === '1' ? `1 code was redeemed, on ${day}` : `${n} codes were redeemed, most on ${day}`,
    redemptionsNone: 'No code has been redeemed yet.',
    noOffer: 'This text had no offer, so there are no codes.',
    redemptionsHead: ['Day', 'Redeemed', 'So far'],
    redemptionsNames: { count: 'Redeemed that day', total: 'So far' },
    moneyTitle: (takings: string, cost: string) => `${takings} in takings stand beside ${cost} spent on texts`,
    moneyNote: 'Before tax, returns taken off. Not all of it came because of the text: see above.',
    moneyHead: ['', 'Amount', 'How many'],
    money: {
      direct: 'With the code',
      influenced: 'After the text, no code',
      provisional: 'Typed at the counter',
      discount: 'Discounts given',
      cost: 'Texts',
    },
    sales: (n: string, one: boolean) => `${n} ${one ? 'sale' : 'sales'}`,
    texts: (n: string, parts: string) => `${n} ${n === '1' ? 'text' : 'texts'}, ${parts} ${parts === '1' ? 'part' : 'parts'}`,
    priced: (known: string, expected: string, n: string) =>
      `${known} charged so far; ${n} ${n === '1' ? 'text' : 'texts'} not priced yet, about ${expected}`,
    compareHead: ['', 'People compared', 'Bought', 'Share', 'Very likely between'],
    compareTexted: 'Texted',
    compareHeld: 'Held back',
    lift: (x: string, low: string, high: string) => `Texted people bought ${x} times as often as those held back (${low} to ${high}).`,
    after28: (low: string, high: string) =>
      `Over 28 days: between ${low} and ${high}. If this is much lower, the text only brought purchases forward.`,
    stops: (n: string, share: string) => `${n} stopped (${share} of those it reached)`,
  },
  how: {
    title: 'How is this counted?',
    lines: {
      sent: 'Texted: texts that left, also those whose fate is uncertain. Arrived: the phone confirmed it.',
      came: (day: string) =>
        `Came in: a sale in your till file under their name, a redeemed code or a visit noted at the counter, after their text arrived and until ${day}. Bought again: on another day within 28 days.`,
      direct:
        'With the code: the sale on which the code was redeemed. After the text: other sales of people it reached, until the window ends; the last text wins, and one sale is counted once.',
      net: 'Takings are before tax, after discounts, with returns taken off.',
      heldBack: (percent: string, n: string) =>
        `Held back: ${percent} of the people who could have been texted (${n}) were drawn by lot and got nothing. Everybody stays in the group they were drawn into, whether or not the text arrived.`,
      noHeldBack: 'Nobody was held back, so nothing says who would have come anyway.',
      fixed: (n: string) =>
        `Compared are only people your till already knew before the draw; ${n} others are left out. Otherwise redeeming a code would make texted people look busier.`,
      recognised: (share: string) =>
        `Your till recognised the customer on ${share} of all sales in these days. The others can’t be counted, so the true effect is at least this.`,
      intervals: 'Ranges are 95%: out of 20 such ranges, 19 hold the truth (Wilson for shares, Newcombe for differences).',
      profit: (margin: string) =>
        `Profit: your margin of ${margin} on what people bought at list price, less the discounts, texted against held back, less the cost of the texts (MOVER).`,
      noMargin: 'No margin is set, so this speaks of people and takings, never of profit. You can type one under Margins.',
      otherCurrency: (currency: string) =>
        `Texts are billed in ${currency}, your till counts in another currency. We guess no exchange rate, so this speaks of people, not of profit.`,
      oneLook: 'There is one verdict per campaign, at the end of its window: looking every day finds “success” by chance one time in five.',
      visible: (points: string) => `In groups of this size a difference usually only shows when ${points} more of the people come in.`,
    },
  },
  charts: {
    asTable: 'Show as table',
    asChart: 'Show as chart',
    tableKey: 'T switches between chart and table',
    numbers: 'The same numbers',
  },
};

export const reports: Catalogue<typeof en> = { en };
export type ReportWords = typeof en;
