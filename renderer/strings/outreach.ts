import type { ReachChannel, ReachReason } from '@domain/outreach/reach';
import type { Catalogue } from './index';

const en = {
  title: 'Lists for other channels',
  subtitle: 'Labels, e-mails and ads audiences that left this computer',
  back: 'Groups',
  open: 'Post, e-mail, ads',
  dialog: (name: string) => `Reach “${name}” another way`,
  channel: 'For',
  channels: {
    post: { label: 'Printed labels', body: 'Names and addresses; 30 labels a sheet, and a file for a print shop.' },
    email: { label: 'An e-mail program', body: 'E-mail addresses of those who said yes to e-mails from you.' },
    ads: { label: 'An ads audience', body: 'Numbers and e-mails as fingerprints (SHA-256), nobody’s name.' },
  } satisfies Record<ReachChannel, { label: string; body: string }>,
  short: { post: 'Labels', email: 'E-mail', ads: 'Ads' } satisfies Record<ReachChannel, string>,
  format: 'Made for',
  formats: { google: 'Google', meta: 'Facebook and Instagram' },
  onList: (n: string, one: boolean) => (one ? '1 person is on it' : `${n} people are on it`),
  nobody: 'Nobody would be on it',
  out: (n: string, one: boolean) => (one ? '1 person is left out' : `${n} people are left out`),
  recent: (n: string, days: number) => `${n} of them heard from you in the last ${days} days.`,
  counts: 'Saving it is noted on everybody’s page and counts like a text: they get no other one until your gap between texts is over.',
  countsStep: 'It belongs to this campaign, so the card and the text together count once. Its comparison group is left out.',
  reasons: {
    'held-out': 'kept out to compare with',
    'under-age': 'under 18',
    stopped: 'told you to stop',
    'on-hold': 'wrote something you have not decided on',
    paused: 'chose another channel or a pause',
    'no-address': 'no street address',
    'no-email': 'no e-mail address',
    'nothing-to-match': 'no number and no e-mail',
    'not-permitted': 'no permission for this',
    'same-address': 'same family or mailbox, already on it',
  } satisfies Record<ReachReason, string>,
  who: 'Who',
  more: (n: string) => `and ${n} more`,
  save: 'Save the file',
  cancel: 'Cancel',
  saved: (n: string, one: boolean) => (one ? 'Saved: 1 person' : `Saved: ${n} people`),
  print: 'Print the labels',
  printTitle: (name: string) => `Labels: ${name}`,
  printHint: (sheets: string, one: boolean) =>
    `${one ? '1 sheet' : `${sheets} sheets`} of 30 (Avery 5160 and the like, Letter). Print at 100 %, without margins.`,
  pdf: 'Save as PDF',
  pdfSaved: 'Saved',
  columns: { at: 'When', channel: 'For', name: 'Group or campaign', people: 'People', out: 'Left out', by: 'By' },
  takeBack: 'It was not used',
  takeBackTitle: 'Take this list back?',
  takeBackBody:
    'Its people were not reached, so it is taken off their pages and stands in the way of no text. The file itself is yours to delete.',
  takenBack: 'Taken back',
  empty: {
    title: 'No list has left yet',
    body: 'Open a group and choose “Post, e-mail, ads”. You see who is on the list and who is left out before anything is written.',
    action: 'Open groups',
  },
};
export type OutreachWords = typeof en;
export const outreach: Catalogue<OutreachWords> = { en };
