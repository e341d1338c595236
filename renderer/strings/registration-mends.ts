import type { Out } from '@renderer/api';

type Mend = NonNullable<NonNullable<Out<'registration/guide'>['tracker']>['stages'][number]['mend']>;

/** What a reason of Twilio means and what to mend, in our own words; `part`: where in the registration that is done. */
export const mends: Record<Mend, { means: string; mend: string; part: 'form' | 'pages' | 'way' | null }> = {
  trade: {
    means: 'The carriers take no texts from shops that sell this, whatever the words are.',
    mend: 'If you do not sell it, write to Twilio support and say what you do sell. Otherwise do not hand it in again: it costs and ends the same.',
    part: 'way',
  },
  'age-gate': {
    means: 'You sell something for adults, and nothing asks how old people are.',
    mend: 'Everybody has to give their full date of birth before they sign up and before they see such products on your website. A yes or no is not enough. Not possible in Canada.',
    part: 'form',
  },
  'proof-missing': {
    means: 'The reviewer could not see how people say yes.',
    mend: 'Put the picture of your sign-up screen where anybody can open it, and paste its address into the form.',
    part: 'form',
  },
  'proof-unclear': {
    means: 'The picture was cropped, blurred, or did not show your shop’s name.',
    mend: 'Take a new one here: it shows the whole screen with your name. Do not cut it.',
    part: 'form',
  },
  'proof-link': {
    means: 'The address of your proof did not open for the reviewer.',
    mend: 'Open it in a private window. It must need no password and must not have moved.',
    part: 'form',
  },
  words: {
    means: 'The words beside the box did not say plainly enough that people will get texts, and which.',
    mend: 'Use the wording from the form page unchanged, beside the box itself and not only in your terms.',
    part: 'form',
  },
  spoken: {
    means: 'You ticked that people say yes aloud, and gave no script.',
    mend: 'Paste the spoken script and a short example of the conversation, or leave spoken sign-ups out.',
    part: 'form',
  },
  samples: {
    means: 'The sample texts were missing, or did not fit what you said you send.',
    mend: 'At least two, each with your shop’s name and “Reply STOP”. What changes per person stands in square brackets.',
    part: 'form',
  },
  description: {
    means: 'The description did not say clearly who texts whom, and about what.',
    mend: 'Paste the description from the form page.',
    part: 'form',
  },
  'message-flow': {
    means: 'How people say yes was not described well enough.',
    mend: 'Tick every way you use on the form page and paste the new text. It needs the exact words, terms, privacy, and how to stop.',
    part: 'form',
  },
  privacy: {
    means: 'Your privacy page does not say that numbers and consent are not shared.',
    mend: 'Put our privacy page on your website, or add its first line to yours. Then check it here.',
    part: 'pages',
  },
  flags: {
    means: 'A box was ticked (links or phone numbers in texts) that the samples do not show.',
    mend: 'Tick only what the form page says.',
    part: 'form',
  },
  address: {
    means: 'Twilio could not find your address.',
    mend: 'Write it as the post office does, with the unit number, and the same as on your EIN letter.',
    part: null,
  },
  number: {
    means: 'The number itself is not registered, or not in this account.',
    mend: 'In Twilio, put the number into the Messaging Service of your approved program and give it a day.',
    part: null,
  },
  again: { means: 'A review ran out of time. It says nothing about you.', mend: 'Hand it in again.', part: null },
  support: {
    means: 'This number says too little to mend it from here.',
    mend: 'Read Twilio’s own page about it, then write to Twilio support with your program’s name.',
    part: null,
  },
};
