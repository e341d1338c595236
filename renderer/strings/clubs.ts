import type { Catalogue } from './index';

const people = (n: number, shown: string) => (n === 1 ? '1 person' : `${shown} people`);
const members = (n: number, shown: string) => (n === 1 ? '1 member' : `${shown} members`);

const en = {
  title: 'Clubs',
  subtitle: 'What people may ask to hear about. Who chooses clubs hears about those and nothing else.',
  back: 'Customers',
  add: 'New club',
  columns: { name: 'Club', word: 'Word to join', members: 'Members', joined: 'Joined in 30 days', state: '' },
  ended: 'Ended',
  noWord: 'no word',
  none: {
    title: 'No clubs yet',
    body: 'A club is what people ask to hear about: running, new arrivals, wine evenings. Make one and print its card.',
  },
  up: 'Clubs',
  change: 'Change',
  card: 'Counter card',
  cardNeedsWord: 'Give it a word first: it stands on the card.',
  campaign: (n: number, shown: string) => `Campaign to ${members(n, shown)}`,
  campaignName: (club: string) => `For ${club}`,
  tiles: { members: 'Members', joined: 'Joined in 30 days', only: 'Only in this club', word: 'Word to join' },
  promiseNote: (n: number) => `up to ${n === 1 ? '1 text' : `${n} texts`} a month`,
  onlyNote: 'they hear about nothing else',
  growth: {
    onList: 'Members',
    none: 'Nobody has joined yet',
    nothing: 'The chart begins with the first member. Print the counter card: people text its word and are in.',
    grew: (members: string, by: string, week: string) => `${members}: ${by} more than in the week of ${week}`,
    fell: (members: string, by: string, week: string) => `${members}: ${by} fewer than in the week of ${week}`,
    same: (members: string, week: string) => `${members}, as many as in the week of ${week}`,
    head: ['Week of', 'Joined', 'Left', 'Members'],
    detail: (joined: string, left: string) => `${joined} joined, ${left} left`,
  },
  members,
  ways: {
    title: (best: string) => `Most came by ${best}`,
    none: 'How people join',
    nonBody: 'By its word from their phone, or on the customer screen, where it stands among the things they may choose.',
    counter: 'the customer screen',
    display: 'the customer screen',
    paper: 'a paper form',
    'catch-up': 'a form written down later',
    asked: 'a question by text, answered Y',
    import: 'a file you vouched for',
    choice: 'their own choice later',
    word: (word: string) => `the word ${word}`,
  },
  said: { title: 'What was said to it', none: 'Nothing yet.', open: 'Open' },
  states: {
    draft: 'Draft',
    scheduled: 'Planned',
    staging: 'Being written',
    sending: 'Being sent',
    paused: 'Paused',
    finished: 'Sent',
    cancelled: 'Called off',
  } as Readonly<Record<string, string>>,
  offers: {
    title: 'Offers for its members',
    hint: 'At the counter the code works for members only. Whoever is none is told kindly how to join.',
    none: 'None yet.',
    make: 'New offer for members',
    archived: 'put away',
  },
  list: { title: 'Who is in it', name: 'Name', phone: 'Number', since: 'Since', how: 'Joined by', empty: 'Nobody yet.' },
  end: {
    button: 'End this club',
    title: (name: string) => `End “${name}”?`,
    body: (n: number, shown: string) =>
      n === 0
        ? 'Nobody is in it. It is no longer offered, and its word signs nobody up.'
        : `It is no longer offered, and its word signs nobody up. Its ${members(n, shown)} stay on record as they are: nobody is asked or told anything, and nothing is lost. Open it again and they are in it as before.`,
    only: (n: number, shown: string) =>
      n === 0
        ? ''
        : `${people(n, shown)} ${n === 1 ? 'is' : 'are'} in no other club: until they choose another they hear only what you send about this one.`,
    about: (planned: number, automations: number) => {
      const parts = [
        planned > 0 && (planned === 1 ? '1 campaign' : `${planned} campaigns`),
        automations > 0 && (automations === 1 ? '1 automation' : `${automations} automations`),
      ].filter(Boolean);
      return parts.length === 0 ? '' : `Still speaking about it: ${parts.join(' and ')}. They go on until you stop them.`;
    },
    confirm: 'End it',
    keep: 'Keep it',
    again: 'Open it again',
  },
};

export type ClubWords = typeof en;
export const clubs: Catalogue<ClubWords> = { en };
