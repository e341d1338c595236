import type { Catalogue } from './index';

const en = {
  title: 'An answer while you are closed',
  hint: 'Whoever writes while the shop is closed is told once a day when you open. It is never an offer, never sent to anybody who asked to stop, and you still see the message.',
  on: 'Answer by itself while closed',
  onHint: 'By the opening hours and closed days of your shop.',
  en: 'In English (empty: the words below)',
  es: 'In Spanish (empty: the words below)',
  fields: '{shop} is your name, {opens} is when you open next. One text at the most.',
  reads: 'They read',
  english: 'English',
  spanish: 'Spanish',
  parts: (n: number) => (n > 1 ? `${n} texts: too long` : 'one text'),
  sample: { en: 'tomorrow at 9 am', es: 'mañana a las 9:00' },
  noHours: 'No opening hours are set, so nothing is answered. Set them under Shop and hours.',
  save: 'Save',
  saved: 'Saved',
  help: 'What HELP and STOP are answered with stands under Sign-up kit and wording.',
};
export const afterHours: Catalogue<typeof en> = { en };
