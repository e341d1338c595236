import type { Discount } from '@domain/taps/judge';
import type { Catalogue } from './index';

const times = (n: number) => (n === 1 ? 'once' : `${n} times`);
const people = (n: number, shown: string) => (n === 1 ? '1 person' : `${shown} people`);

const discounted: Record<Discount, string> = {
  robot: 'by programs that open links by themselves',
  preview: 'within seconds of the text: the phone looked, not a person',
  'before-text': 'before the text had left',
};

/** Only the owner reads these. */
const en = {
  title: 'Links',
  hint: 'With a page on your own website you can see who opened the link of a text.',
  none: 'Not connected',
  noneBody:
    'Your website needs one address that leads on to any page of yours, such as yourshop.com/t/, and has to write down each visit to it in a file: the code at the end, and the time. Whoever looks after your website can set that up. Without it, texts work as always; ask people to reply a word instead.',
  connect: 'Connect links',
  change: 'Change',
  look: 'Look now',
  looked: (n: number) => (n === 0 ? 'Nothing new' : n === 1 ? '1 new visit' : `${n} new visits`),
  disconnect: 'Disconnect',
  disconnectTitle: 'Disconnect links?',
  disconnectBody: 'Texts can have no links of their own any more, and who opened one is shown nowhere. What was read so far is kept.',
  base: 'Address in texts',
  baseHint: 'On your own website, as short as it goes. Everybody’s code follows it.',
  example: 'In a text',
  file: 'File of visits',
  pick: 'Choose file',
  fileHint: 'A CSV with the columns “code” and “time”; “user agent” helps to leave programs out.',
  noFile: 'No file chosen yet',
  save: 'Connect',
  state: {
    new: 'Not read yet',
    fine: 'Read',
    gone: 'File is not there',
    unreadable: 'File cannot be read',
    'no-columns': 'No columns for code and time',
  },
  read: 'Last read',
  counted: (n: string) => `${n} counted`,
  visits: (n: string) => `${n} visits read`,
  strangers: (n: number) => `${n === 1 ? '1 visit' : `${n} visits`} with a code nobody has`,
  unread: (n: number) => `${n === 1 ? '1 row' : `${n} rows`} that could not be read`,
  trouble: 'No visit is missed: the file is read from where it stopped as soon as it is there again.',

  panel: 'The link',
  opened: (n: number, shown: string, of: string) => `${people(n, shown)} of ${of} opened it`,
  nobody: (of: string) => `Nobody of ${of} has opened it yet`,
  from: 'First',
  to: 'last',
  left: 'Not counted:',
  leftOne: (n: number, why: Discount) => `${times(n)} ${discounted[why]}`,
};
export type TapsWords = typeof en;
export const taps = { en } satisfies Catalogue<TapsWords>;
