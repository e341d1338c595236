import { fieldsOf, type MergeValues, parseTemplate, renderTemplate, STOP_LINE, saysStop } from '../campaigns/template';

/** How people can say yes in this shop. */
export const WAYS = ['screen', 'display', 'paper', 'word', 'clerk'] as const;
export type Way = (typeof WAYS)[number];

/**
 * Ways that hold the age gate carriers ask of shops that sell alcohol: the sign-up screen and JOIN words ask for no full date of birth,
 * so only the paper form, with an ID seen by staff, does.
 */
export const waysAllowed = (ways: readonly Way[], ageGate: boolean): Way[] => (ageGate ? ['paper'] : [...ways]);

/** TCR's field for it takes 40 to 2048 characters. */
export const FLOW_MIN = 40;
export const FLOW_MAX = 2048;

export interface FlowFacts {
  readonly shopName: string;
  /** "12 Main St, Kingston, NY"; '' when it is not known. */
  readonly place: string;
  readonly ways: readonly Way[];
  /** The sign-up wording in force, word for word. */
  readonly wording: string;
  readonly confirmation: string;
  readonly doubleOptIn: string;
  /** Printed on cards and posters with a JOIN word; '' while there is no number to print. */
  readonly sign: string;
  /** What staff read aloud. */
  readonly script: string;
  /** Words on signs that people text from their own phone. */
  readonly joinWords: readonly string[];
  readonly number: string | null;
  readonly proofUrl: string;
  readonly termsUrl: string | null;
  readonly privacyUrl: string | null;
  readonly ageGate: boolean;
}

/** A piece of the text; `spare`: left out first when it gets too long. */
interface Part {
  readonly text: string;
  readonly spare: number;
}

/**
 * How customers come to agree, for the reviewer: every way in that is used, the exact words, and where they can be seen. Always between
 * FLOW_MIN and FLOW_MAX characters; when it is too long the least needed sentences go, never the wording in use.
 */
export function messageFlow(f: FlowFacts): string {
  const parts = flowParts(f);
  const from = (spare: number) =>
    parts
      .filter((p) => p.spare >= spare)
      .map((p) => p.text)
      .join(' ');
  for (let spare = 0; spare <= ALWAYS; spare++) if (from(spare).length <= FLOW_MAX) return from(spare);
  return `${from(ALWAYS).slice(0, FLOW_MAX - 1)}…`;
}

const ALWAYS = 9;

function flowParts(f: FlowFacts): Part[] {
  const place = f.place ? ` at ${f.place}` : '';
  const n: Part[] = [];
  const say = (text: string, spare = ALWAYS) => n.push({ text, spare });
  const has = (w: Way) => f.ways.includes(w);
  const boxed = has('screen') || has('display') || has('paper');
  say(
    `Customers of ${f.shopName} opt in themselves, in person in our store${place}${has('word') ? ' or from their own phone' : ''}. We never buy or share numbers.`,
  );
  if (has('screen') || has('display')) {
    const where = has('display') ? 'on a screen that faces the customer' : 'on the store computer, turned to the customer';
    say(
      `Sign-up screen: ${where}, the customer types their own mobile number and ticks an empty box. The number is never filled in for them and the box is never pre-ticked; they can join our membership without it.`,
    );
  }
  if (has('paper'))
    say('Paper form at the counter: the customer writes their number, ticks the same empty box and signs; we keep a photo of it.');
  if (boxed) say(`Words beside the box: "${f.wording}"`);
  if (has('word') && f.joinWords.length > 0) {
    const to = f.number ? ` to ${f.number}` : ' to our number';
    say(
      `Signs in the store: the customer texts ${f.joinWords.slice(0, 4).join(', ')}${to} from their own phone; all disclosures are printed on the sign itself, not behind a code.`,
    );
  }
  if (has('word') && f.sign !== '') say(`The sign says: "${f.sign}"`, boxed ? 4 : ALWAYS);
  if (has('clerk')) {
    say(`Spoken: staff read "${f.script}"`, 2);
    say(`A spoken yes alone is not enough: we send one text, "${f.doubleOptIn}", and nothing more unless the customer answers Y.`);
  }
  if (f.ageGate) say('The form asks for the full date of birth (MM/DD/YYYY); staff check an ID, and nobody under 21 is signed up.');
  say(`Every sign-up gets one confirmation text: "${f.confirmation}"`, 3);
  if (f.proofUrl) say(`Picture of the sign-up screen: ${f.proofUrl}`);
  if (f.termsUrl) say(`Terms: ${f.termsUrl}`);
  if (f.privacyUrl) say(`Privacy policy: ${f.privacyUrl}`);
  say('Consent is not a condition of purchase. STOP works at any time.', 1);
  return n;
}

const BRACKETS: Omit<MergeValues, 'shop'> = {
  'first name': '[first name]',
  'last item': '[item]',
  'days since visit': '[days]',
  code: '[code]',
  ends: '[date]',
  staff: '[name]',
  phone: '[number]',
  link: '[link]',
  wish: '[item]',
  points: '[points]',
  reward: '[reward]',
};

/** Like the texts this app starts a campaign with. */
const OWN_SAMPLES: readonly string[] = [
  '{shop}: Hi {first name|there}, 20% off your next visit with code {code}, till {ends}. Show this text at the counter.',
  '{shop}: New arrivals are in this week, and members see them first. Come by, we would love to show you.',
  '{shop}: Hi {first name|there}, it has been a while! A little thank-you is waiting for you till {ends}: code {code}.',
];

/**
 * Sample texts for the form: the shop's own latest campaigns first, then ours. What changes per person stands in square brackets, the
 * shop's name and how to stop stand in every one (Twilio 30893 asks for two at least).
 */
export function sampleTexts(shopName: string, bodies: readonly string[], most = 3): string[] {
  const samples: string[] = [];
  for (const body of [...bodies, ...OWN_SAMPLES]) {
    const text = sampleOf(shopName, body);
    if (text !== null && !samples.includes(text)) samples.push(text);
    if (samples.length === most) break;
  }
  return samples;
}

function sampleOf(shopName: string, body: string): string | null {
  let nodes: ReturnType<typeof parseTemplate>;
  try {
    nodes = parseTemplate(body);
  } catch {
    return null; // a draft with a field that no longer exists
  }
  const stop = saysStop(body) ? null : STOP_LINE.en;
  const { text } = renderTemplate(nodes, { ...BRACKETS, shop: shopName }, stop);
  if (text.trim() === '') return null;
  const named = fieldsOf(nodes).includes('shop') || text.toLowerCase().includes(shopName.toLowerCase());
  return (named ? text : `${shopName}: ${text}`).replace(/\n/g, ' ');
}

/** What the texts are for, in the reviewer's words. */
export function campaignDescription(f: { shopName: string; place: string; promiseMax: number; topics: readonly string[] }): string {
  const what = f.topics.length > 0 ? f.topics.join(', ').toLowerCase() : 'offers and news';
  return (
    `${f.shopName} is a retail store${f.place ? ` at ${f.place}` : ''}. It texts its own customers who signed up in the store or from their own phone: ` +
    `${what}, at most ${f.promiseMax} marketing messages a month, and a notice when an order they asked about is ready. ` +
    'The store sends on its own behalf, to its own members only.'
  );
}
