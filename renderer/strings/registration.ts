import type { Out } from '@renderer/api';
import type { Catalogue } from './index';
import { mends } from './registration-mends';

type Guide = Out<'registration/guide'>;
type Choice = NonNullable<Guide['choice']>;
type Trade = Guide['refused'][number];
type Stage = NonNullable<Guide['tracker']>['stages'][number];
type Fee = NonNullable<Guide['costs']>['fees'][number];
type Pack = Out<'registration/pack'>;
type Check = Pack['checks'][number];
type Page = Pack['pages'][number];
type PageAnswer = NonNullable<Page['answer']>;

const trades: Record<Trade, string> = {
  cannabis: 'Cannabis',
  cbd: 'CBD, hemp or Delta-8',
  kratom: 'Kratom',
  vape: 'Vapes or e-cigarettes',
  tobacco: 'Tobacco or cigars',
  paraphernalia: 'Pipes, papers, bongs',
  fireworks: 'Fireworks',
  firearms: 'Guns or ammunition',
  gambling: 'Gambling or lottery',
  adult: 'Adult products',
  alcohol: 'Beer, wine or spirits',
};

const paths: Record<Exclude<Choice['path'], 'refused' | 'elsewhere'>, { name: string; why: string; short: string }> = {
  'low-volume': {
    name: '10DLC, Low-Volume Standard',
    short: 'a local number, registered with your EIN',
    why: 'You have an EIN, and a shop sends far fewer than 6,000 message parts a day. Customers see a local number.',
  },
  'sole-proprietor': {
    name: '10DLC, Sole Proprietor',
    short: 'a local number, registered in your own name',
    why: 'Without an EIN the carriers know you as a person: you confirm with a code sent to your own cell phone. One number, one program.',
  },
  'toll-free': {
    name: 'Toll-free verification',
    short: 'an 8xx number, verified once',
    why: 'Texts come from an 8xx number. One review instead of two, no registration fee and no daily limit at T-Mobile; the same proof and pages.',
  },
};

const takes: Record<Choice['takes'][number], string> = {
  'legal-name': 'Your legal business name, letter for letter as on your EIN letter',
  address: 'The address that belongs to it',
  contact: 'An e-mail and a phone where you can be reached',
  website: 'A website that names your shop',
  pages: 'Two pages on it: text message terms and privacy. Regulars writes them',
  proof: 'A picture of your sign-up screen that anybody can open. Regulars takes it',
  number: 'A number in your Twilio account',
  ein: 'Your EIN. Type it at Twilio; Regulars does not keep it',
  'own-mobile': 'Your own cell phone, for the one-time code',
  'age-gate': 'Sign-ups that ask the full date of birth, 21 or older',
};

const fees: Record<Fee['kind'], string> = {
  brand: 'Registering the shop',
  vetting: 'Review of your program',
  'campaign-month': 'Your program',
  'number-month': 'The phone number',
  verification: 'Verification',
};

const stages: Record<Stage['stage'], { name: string; what: string }> = {
  brand: { name: 'Who you are', what: 'Twilio calls it the brand: your name and address, compared with public records.' },
  campaign: { name: 'What you send', what: 'Twilio calls it the campaign: how people say yes, sample texts, your two pages.' },
  'toll-free': { name: 'Your toll-free number', what: 'One form about your shop, how people say yes, and what you send.' },
};

const checks: Record<Check['item'], { name: string; done: string; missing: string; look?: string }> = {
  'legal-name': { name: 'Legal name', done: 'Typed below', missing: 'Type it below, exactly as on your EIN letter' },
  address: { name: 'Address', done: 'Street, city and ZIP are there', missing: 'Street, city or ZIP is missing in Settings, Shop' },
  website: {
    name: 'Website',
    done: 'In your shop’s settings',
    missing: 'Type it in Settings, Shop. The addresses of your two pages follow from it',
  },
  contact: { name: 'Contact', done: 'E-mail and phone are there', missing: 'An e-mail or phone is missing in Settings, Shop' },
  terms: {
    name: 'Terms page',
    done: 'Live, with everything in it',
    missing: 'Not live, or something is missing',
    look: 'Not looked at yet',
  },
  privacy: {
    name: 'Privacy page',
    done: 'Live, with everything in it',
    missing: 'Not live, or something is missing',
    look: 'Not looked at yet',
  },
  number: { name: 'Number', done: 'In your texting account', missing: 'Connect your texting account' },
  proof: {
    name: 'Proof',
    done: 'There',
    missing: 'Take the picture, put it on the web, paste its address below',
    look: 'Open its address once in a private window',
  },
  samples: { name: 'Sample texts', done: 'Two or more with your name and STOP', missing: 'Two with your name and STOP are needed' },
  flow: { name: 'How people say yes', done: 'Between 40 and 2,048 characters', missing: 'Tick how people sign up' },
  'age-gate': {
    name: 'Age, 21 or older',
    done: 'Asked',
    missing: 'Not asked',
    look: 'Only you can see it: full date of birth on the form, and an ID checked',
  },
};

const troubles: Record<NonNullable<PageAnswer['trouble']>, string> = {
  'no-address': 'Your wording has no address for it.',
  'bad-link': 'That is not a web address.',
  'not-https': 'It has to be a safe address (https).',
  'refused-address': 'That address is not on the public internet.',
  unreachable: 'It could not be reached. Are you online?',
  gone: 'There is no page at this address yet.',
  'sign-in': 'It asks for a password. Anybody has to be able to open it.',
  'not-a-page': 'That is a file, not a page.',
  'too-big': 'The page is far too large to be read.',
  'too-slow': 'It took too long to answer.',
  redirects: 'It sends visitors on more than once. Carriers allow one hop.',
};

const items: Record<PageAnswer['items'][number]['item'], string> = {
  shop: 'Your shop’s name',
  program: 'That it is about texts',
  frequency: 'How often',
  rates: 'Message and data rates',
  stop: 'STOP',
  help: 'HELP',
  contact: 'How to reach you',
  carriers: 'Carriers are not liable',
  'no-sharing': 'Numbers are not shared with third parties',
};

const ways: Record<Pack['ways'][number], { name: string; what: string }> = {
  screen: { name: 'On our screen', what: 'The counter computer, turned to the customer' },
  display: { name: 'On a customer display', what: 'A second screen that faces them' },
  paper: { name: 'On paper', what: 'A signed form with the same words' },
  word: { name: 'By texting a word', what: 'From a card, poster, bag or receipt' },
  clerk: { name: 'Said to staff', what: 'Then confirmed by their own Y' },
};

const en = {
  title: 'Registration',
  subtitle: 'Carriers deliver texts from a shop only after they have seen who you are and how people say yes.',
  up: 'Settings',
  tabs: { label: 'Registration', way: 'The way', form: 'What to fill in', pages: 'Your two pages' },
  trades,
  questions: {
    title: 'First: do you sell any of these?',
    hint: 'Also on the side. Carriers refuse some trades whatever the text says, so this comes before any fee.',
    none: 'None of these',
    refused: (what: string) => `Carriers will not deliver your texts: ${what}`,
    refusedBody:
      'They refuse the whole business by what it sells, also for a text about opening hours. Do not pay for a registration: it will be turned down, and trying under another name can cost a fine.',
    instead: 'What works without texts',
    insteadList: [
      'Know your regulars at the counter: who they are, what they bought, their rewards. All of it works.',
      'Membership cards with a bar code, personal codes on paper, and a sign-up form without a phone number.',
      'Letters and postcards: print address labels for any group.',
      'E-mail, where your provider allows your trade.',
    ],
    gate: 'Alcohol is allowed with an age gate',
    gateBody:
      'Everybody who signs up has to give their full date of birth and be 21 or older; a yes or no is not enough, your website has to ask too, and texts to Canada are not possible. The sign-up screen of Regulars asks for the birthday without insisting on it, and a texted word asks for nothing. So use the paper form with a line for the full date of birth, and check an ID.',
    ein: 'Do you have an EIN?',
    einHint: 'A tax number for the business. Every LLC, every company and everybody with employees has one. It is free from the IRS.',
    website: 'Do you have a website?',
    websiteHint: 'Any page of your own that names your shop. If not, Regulars makes the two pages and tells you where to put them.',
    yes: 'Yes',
    no: 'No',
    show: 'Show me the way',
    save: 'Save these answers',
    answerAll: 'Three answers and you know.',
    change: 'Change the answers',
    cancel: 'Keep them as they are',
  },
  answered: {
    title: 'Your answers',
    sells: (what: string) => `Sells ${what}`,
    sellsNone: 'Nothing carriers object to',
    ein: (yes: boolean) => (yes ? 'Has an EIN' : 'No EIN'),
    website: (yes: boolean) => (yes ? 'Has a website' : 'No website'),
  },
  elsewhere: {
    title: 'No registration for you yet',
    body: 'Real texts leave from shops in the United States only, for now. Everything else works: the counter, sign-ups on your terms, groups, reports, and the practice shop. There is nothing to pay.',
  },
  way: {
    title: (name: string) => `Your registration: ${name}`,
    paths,
    takesTitle: 'Have this at hand',
    takes,
    ownName: 'Your own first and last name',
    costTitle: 'What it costs',
    costAbout: 'about',
    once: 'once',
    month: 'a month',
    free: 'free',
    fees,
    total: (once: string, month: string) => `Together about ${once} once and ${month} a month`,
    totalFree: (month: string) => `Together about ${month} a month`,
    checked: (day: string) =>
      `Registration fees: our figures, last checked ${day}. Nobody offers them for reading, so Twilio’s page counts:`,
    copySource: 'Copy the address',
    text: (out: string, back: string | null) =>
      back
        ? `A text then costs ${out} per part, a reply ${back}, from your own account’s price list. Carriers add their fee.`
        : `A text then costs ${out} per part, from your own account’s price list. Carriers add their fee.`,
    textUnknown: 'What one text costs is read from your account’s own price list once it is connected.',
    limitsTitle: 'How much you may send',
    perDay: (n: string) => `T-Mobile takes ${n} message parts a day from you, all other carriers more.`,
    noLimit: 'No daily limit. About three message parts leave per second.',
    oneNumber: 'One number for all texts. Never spread one campaign over several.',
    days: (people: string, n: number) => `Your ${people} people get a text of one part in ${n === 1 ? 'one day' : `${n} days`}.`,
    whenTitle: 'How long it takes',
    when: (from: string, to: string) => `If you hand it in today: between ${from} and ${to}.`,
    whenNote: 'Business days, without weekends and holidays. Sign-ups can start today; their confirmations wait and go first.',
    also: (short: string) => `Another way: ${short}.`,
    takeTollFree: 'Use a toll-free number instead',
    takeLocal: 'Use a local number instead',
    ownTollFree: 'Your account already texts from a toll-free number.',
    makePages: 'No website? That is fine',
    makePagesBody:
      'The carriers want to see your terms, your privacy page and the picture of your sign-up screen on the web. Regulars makes all three. Free places for a few plain pages: a site builder’s free plan, the free website of your business listing, or a page host for static files. A page on a social network is usually not accepted.',
    makePagesButton: 'Make the pages',
  },
  tracker: {
    title: 'Where it stands',
    ready: (from: string, to: string) => `All approved between ${from} and ${to}, if nothing comes back`,
    readyOne: (day: string) => `All approved about ${day}, if nothing comes back`,
    allApproved: (day: string) => `All approved since ${day}`,
    stages,
    states: { 'not-yet': 'not handed in', waiting: 'being reviewed', approved: 'approved', rejected: 'sent back' },
    since: (day: string) => `since ${day}`,
    on: (day: string) => `on ${day}`,
    expected: (from: string, to: string) => `Usually answered between ${from} and ${to}.`,
    overdue: 'Later than usual. Write to Twilio support and ask.',
    tries: (n: number) => `Handed in ${n} times.`,
    first: 'Comes after the step above.',
    buttons: {
      submitted: 'I handed it in',
      approved: 'It was approved',
      rejected: 'It was sent back',
      suspended: 'It was suspended later',
    },
    day: 'On which day?',
    code: 'Twilio’s error number',
    codeHint: 'Five digits, in the e-mail or beside the registration in Twilio. Leave it empty if there is none.',
    badCode: 'Only the number, like 30893',
    note: (what: string) => `${what}:`,
    save: 'Note it',
    cancel: 'Cancel',
    undo: 'Take back the last step',
    noCode: 'Sent back without a number. Look in Twilio for the reason.',
    number: (code: number) => `Error ${code}`,
    page: 'Copy Twilio’s page about it',
    toForm: 'See what to fill in',
    toPages: 'See your two pages',
    toWay: 'See the answers',
    mends,
  },
  approved: {
    title: 'The carriers said yes',
    body: 'Now let texts leave. Twilio must have your number in the approved program.',
    leaves: (n: string, one: boolean) => `${n} ${one ? 'confirmation leaves' : 'confirmations leave'} first, in their hours.`,
    questions: (n: string, one: boolean) => `${n} ${one ? 'person is' : 'people are'} asked to answer Y.`,
    tooOld: (n: string, one: boolean) =>
      `${n} ${one ? 'is' : 'are'} older than 30 days and will not be sent; ask ${one ? 'that person' : 'them'} again at the counter.`,
    nothing: 'Nobody is waiting for a confirmation.',
    after: 'Campaigns reach each person a day after their confirmation.',
    connect: 'Connect your texting account first.',
    toTexting: 'Connect the account',
    button: 'Let texts leave',
    done: 'Texts may leave now',
    already: 'Texts may leave. Everything is set.',
    practice: 'In the practice shop texts may leave at once, to pretend phones only. This is how it would go for real.',
    byHand: 'You have switched texts on in Settings, Texting. The tracker below is only for your own record.',
  },
  form: {
    title: 'What Twilio asks, in its order',
    hint: 'Made from the words, texts and screens really in use here. Copy each line into the form.',
    listTitle: (done: number, all: number) => `${done} of ${all} things are ready`,
    states: { done: 'ready', missing: 'missing', look: 'look once' },
    checks,
    shopSettings: 'Open Settings, Shop',
    texting: 'Open Settings, Texting',
    pages: 'Open your two pages',
    details: 'Two things only you know',
    legalName: 'Legal business name',
    legalHint: 'Exactly as on your EIN letter, with LLC or Inc. Without an EIN: your own first and last name.',
    proofUrl: 'Address of the picture',
    proofHint: 'Where you put the picture of the sign-up screen, like https://yourshop.com/sign-up.png',
    proofBad: 'It begins with https:// and opens for anybody.',
    save: 'Save',
    waysTitle: 'How people say yes here',
    waysHint: 'From this year’s sign-ups. Tick every way you use: reviewers compare it with what they see.',
    waysGate: 'With alcohol only the paper form asks for the full date of birth, so the form speaks of paper only.',
    ways,
    sections: { business: 'About your business', program: 'What you send and how people agree', words: 'Keywords and answers' },
    how: { choose: 'choose it from the list', type: 'type it there' },
    missing: 'still missing',
    copy: 'Copy',
    characters: (n: string) => `${n} of 2,048 characters`,
    pictureTitle: 'Picture of your sign-up screen',
    pictureHint: 'The real screen with the words in force, your name, nothing cut off.',
    take: 'Take the picture',
    again: 'Take it again',
    pictureAlt: (language: string) => `The sign-up screen in ${language}`,
    english: 'English',
    spanish: 'Spanish',
    version: (n: number, hash: string) => `Wording version ${n} · ${hash}`,
    export: 'Save everything in a folder',
    exported: (path: string) => `Saved to ${path}`,
    folder: 'Registration pack',
    noWay: 'Answer the questions first',
    noWayBody: 'Then the lines of the right form stand here.',
    toWay: 'To the questions',
    none: 'There is no form to fill in',
  },
  pages: {
    title: { terms: 'Text message terms', privacy: 'Privacy policy' },
    hint: 'Your wording sends people to these two addresses. Carriers open both.',
    noAddress:
      'Your wording names no address: it says to ask at the counter. Type your website in Settings, Shop, and the addresses follow.',
    check: 'Look at both now',
    checkNote: 'Asks the two addresses once, nothing else. They learn nothing about your shop.',
    offline: 'You are offline.',
    never: 'Not looked at yet.',
    looked: (when: string) => `Looked at ${when}`,
    fine: 'Everything is there',
    notLive: 'not live',
    notFine: (n: number) => (n === 1 ? 'One thing is missing' : `${n} things are missing`),
    found: 'there',
    missing: 'missing',
    thin: 'The page has hardly any words for a program to read. If it builds itself in the browser, reviewers’ tools may see nothing: use our plain page.',
    troubles,
    items,
    makeTitle: 'Our pages, ready to put on your website',
    makeHint: 'Plain files that need nothing else. Ask whoever makes your website to put them at the addresses above, or paste their text.',
    saveOne: (what: string) => `Save ${what}`,
    copyOne: (what: string) => `Copy the code of ${what}`,
    see: 'See it',
    hide: 'Hide it',
    preview: (what: string) => `Preview: ${what}`,
    names: { terms: 'terms.html', privacy: 'privacy.html', 'terms-es': 'terms-es.html', 'privacy-es': 'privacy-es.html' },
    saved: (path: string) => `Saved to ${path}`,
    spanish: 'in Spanish',
    steps: [
      'Save both files. If you have no website: take the free plan of a site builder or a free host for plain pages.',
      'Put them at the two addresses above, without a password.',
      'Come back and press “Look at both now”.',
    ],
  },
};

export const registration: Catalogue<typeof en> = { en };
export type RegistrationWords = typeof en;
