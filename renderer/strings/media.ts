import type { Catalogue } from './index';

const en = {
  title: 'One code per medium',
  hint: 'Give the postcard, the radio and the poster a code each: then you see which one people come with.',
  add: 'New medium',
  none: 'No medium has a code of its own yet.',
  beside: 'Beside the text',
  text: 'Text',
  kinds: { postcard: 'Postcard', flyer: 'Flyer', poster: 'Poster', radio: 'Radio', paper: 'Newspaper', online: 'Online', other: 'Other' },
  columns: { medium: 'Medium', code: 'Code', given: 'Given out', redeemed: 'Redeemed', takings: 'Takings', cost: 'Cost' },
  dialog: 'A code for one medium',
  edit: 'How many, what it cost',
  kind: 'Medium',
  name: 'Name',
  code: 'Code people say or show',
  codeHint: 'Letters and digits, such as RADIO10. Everybody may use it.',
  given: 'Given out (optional)',
  cost: 'Cost (optional)',
  campaign: 'Measured beside (optional)',
  noCampaign: 'No campaign',
  save: 'Save',
  cancel: 'Cancel',
};
export type MediaWords = typeof en;
export const media: Catalogue<MediaWords> = { en };
