import type { ErrorCode } from '@domain/errors';
import { seconds } from './error-params';
import type { ErrorText } from './errors';

/** What can go wrong with groups, offers, campaigns and what follows from them. */
export const errorsOfCampaigns: Record<
  Extract<
    ErrorCode,
    | `automation.${string}`
    | `campaign.${string}`
    | `draw.${string}`
    | `ladder.${string}`
    | `loyalty.${string}`
    | `offer.${string}`
    | `outreach.${string}`
    | `pay.${string}`
    | `segment.${string}`
    | `taps.${string}`
  >,
  ErrorText
> = {
  'segment.not-found': { title: 'This group is no longer here', next: 'Choose another one from the list.' },
  'segment.bad-rule': { title: 'One rule of this group is not finished', next: 'Fill in the marked rule.' },
  'campaign.not-found': { title: 'This campaign is no longer here', next: 'Choose another one from the list.' },
  'campaign.empty-text': { title: 'The text is still empty', next: 'Write what people should read.' },
  'campaign.no-people': {
    title: 'Nobody would get this text',
    safe: 'Nothing was sent.',
    next: 'See why people are left out, or choose another group.',
  },
  'campaign.bad-state': {
    title: 'This is not possible any more',
    safe: 'Nothing was changed.',
    next: 'The campaign has moved on in the meantime. Look at where it stands now.',
  },
  'campaign.quote-outdated': {
    title: 'Things changed since you checked',
    safe: 'Nothing was sent.',
    next: 'Look at the people and the price once more, then send.',
  },
  'campaign.limit-reached': {
    title: 'This would go over your limit for the month',
    safe: 'Nothing was sent.',
    next: 'Choose fewer people, or raise the limit in Settings, Texting.',
  },
  'campaign.unknown-field': {
    title: (p) => (typeof p['field'] === 'string' ? `We do not know the field {${p['field']}}` : 'There is a field we do not know'),
    safe: 'Nothing was sent.',
    next: 'Choose a field from the list, or take it out.',
  },
  'campaign.not-ready': {
    title: 'This campaign is not ready to send',
    safe: 'Nothing was sent.',
    next: 'Look at what the review marks in red, mend it, then send.',
  },
  'campaign.bad-time': {
    title: 'It cannot leave at that time',
    safe: 'Nothing was planned.',
    next: 'Choose a time that lies ahead and at which your people may be texted.',
  },
  'campaign.no-service': {
    title: 'Twilio cannot hold the texts for you',
    safe: 'Nothing was planned.',
    next: 'Let this computer send it, or add your number to a Messaging Service of its own at Twilio and connect again.',
  },
  'automation.not-found': { title: 'This automation is no longer here', next: 'Choose another one from the list.' },
  'automation.bad-terms': {
    title: 'A number of this automation is out of range',
    safe: 'Nothing was changed.',
    next: 'Mend the marked field.',
  },
  'automation.not-ready': {
    title: (p) =>
      ({
        terms: 'Something is still missing',
        words: 'The text is still empty',
        checks: 'The text cannot be sent like this yet',
        kind: 'This is not offered yet',
      })[String(p['why'])] ?? 'This is not ready yet',
    safe: 'Nothing was switched on.',
    next: 'Finish what is marked, then switch it on.',
  },
  'automation.bad-state': { title: 'This is not possible any more', safe: 'Nothing was changed.', next: 'Look at where it stands now.' },
  'automation.quote-outdated': {
    title: 'Things changed since you checked',
    safe: 'Nothing was switched on.',
    next: 'Look at the people and the price once more.',
  },
  'ladder.bad': {
    title: (p) =>
      ({
        'too-many': 'That is more steps than a follow-up can have',
        twice: 'Two steps follow the same reaction',
        parent: 'A step follows one that is no longer there',
        days: 'A step waits too short or too long',
        time: 'A step has a time that does not exist',
        deep: 'That is more steps after one another than we send',
      })[String(p['why'])] ?? 'These follow-ups do not fit together',
    safe: 'What you drew is still here.',
    next: 'Mend the marked step.',
  },
  'ladder.bad-state': { title: 'These follow-ups are over', safe: 'Nothing was changed.', next: 'Copy the campaign to begin anew.' },
  'taps.bad-base': {
    title: (p) =>
      p['why'] === 'shortener'
        ? 'Shared short links are filtered by the carriers'
        : p['why'] === 'other-domain'
          ? 'This is not your shop’s own website'
          : 'This does not read as a web address',
    safe: 'Nothing was changed.',
    next: 'Use an address on your own website, such as yourshop.com/t/.',
  },
  'taps.bad-file': {
    title: (p) =>
      p['why'] === 'gone'
        ? 'There is no such file'
        : p['why'] === 'no-columns'
          ? 'The file has no columns for code and time'
          : 'The file cannot be read',
    safe: 'Nothing was changed.',
    next: (p) =>
      p['why'] === 'no-columns'
        ? 'Its first row needs the names “code” and “time”; “user agent” helps to leave robots out.'
        : 'Choose the file your website writes its clicks into.',
  },
  'pay.bad-link': {
    title: (p) => (p['why'] === 'shortener' ? 'Shared short links are filtered by the carriers' : 'This is no link to a payment page'),
    safe: 'Nothing was sent.',
    next: 'Copy the whole link from your till or bank. It begins with “https”.',
  },
  'pay.not-sendable': { title: 'There is nothing to pay for here any more', next: 'It is done already, or has no link.' },
  'offer.not-found': { title: 'This offer is no longer here', next: 'Choose another one from the list.' },
  'offer.code-unknown': { title: 'We do not know this code', next: 'Ask to see the text once more and type it again.' },
  'offer.code-typo': { title: 'There is a slip in this code', next: 'One letter or number is off. Check it and type it again.' },
  'offer.code-used': { title: 'This code was used already', next: 'It has no use left. See below when it was used.' },
  'offer.code-expired': { title: 'This code has run out', next: 'The owner may honour it at the counter.' },
  'offer.code-void': { title: 'This code was withdrawn', next: 'Ask the owner if you are unsure.' },
  'offer.code-locked': {
    title: 'Too many wrong codes',
    safe: 'Looking up people still works.',
    next: (p) => `Wait ${seconds(p)} seconds, then try again.`,
  },
  'offer.not-undoable': {
    title: 'This can no longer be undone',
    next: 'Too much time has passed. The owner can note it on the person’s page.',
  },
  'offer.promised': {
    title: 'People have this offer’s code in their hands',
    safe: 'The offer is as it was, and what you typed is still here.',
    next: 'It can be made better for them, not worse. For other terms make a new offer and put this one away: its codes stay good.',
  },
  'offer.not-yet': { title: 'This offer has not begun yet', next: 'Say from when it counts. The owner may honour it now.' },
  'offer.wrong-day': { title: 'This offer does not count today', next: 'Say on which days it does. The owner may honour it now.' },
  'offer.wrong-hour': {
    title: 'This offer does not count at this hour',
    next: 'Say from when to when it does. The owner may honour it now.',
  },
  'offer.club-only': {
    title: (p) => `This offer is for members of “${String(p['en'])}”`,
    next: 'They can join on the spot: on the customer screen under their choices, or with the club’s word by text.',
  },
  'offer.members-only': { title: 'This offer is for members', next: 'Sign them up first, or give them a card: then it works.' },
  'offer.find-member': { title: 'This offer is for members', next: 'Find the person by name or number first, then redeem it from there.' },
  'offer.below-minimum': {
    title: 'They spend too little for this offer',
    next: 'Tell them from which amount it counts. The owner may honour it.',
  },
  'offer.member-used': { title: 'This member has used it already', next: 'Each member may use it as often as the offer says.' },
  'offer.all-used': {
    title: 'All of these are gone',
    next: (p) => `It was good for the first ${typeof p['most'] === 'number' ? p['most'] : ''}. Tell them kindly.`,
  },
  'offer.path-used': {
    title: 'They have used another code of these texts',
    safe: 'Nothing was redeemed.',
    next: 'Each person gets one of them. If the other was redeemed by mistake, take it back: then this one is good again.',
  },
  'outreach.not-found': { title: 'That list is not here any more', next: 'Go back and look at the lists again.' },
  'outreach.nobody': {
    title: 'Nobody is left on this list',
    safe: 'Nothing was written.',
    next: 'Look at who is left out and why, or choose another group.',
  },
  'outreach.changed': {
    title: 'The list has changed since you looked',
    safe: 'Nothing was written.',
    next: (p) => `There are ${p['people']} people on it now. Look again before you save it.`,
  },
  'outreach.not-started': {
    title: 'This campaign has not started yet',
    safe: 'Nothing was written.',
    next: 'Its comparison group is drawn when it starts. Make the list afterwards, so that those people get no card either.',
  },
  'loyalty.off': {
    title: 'Rewards are switched off',
    safe: 'Nothing was changed.',
    next: 'The owner can switch them on under Offers, Rewards.',
  },
  'loyalty.counted-today': {
    title: 'Today is on their card already',
    safe: 'Nothing was added.',
    next: 'A card counts one visit a day. If something is missing, add it by hand with the reason.',
  },
  'loyalty.receipt-counted': {
    title: 'This receipt is on a card already',
    safe: 'Nothing was added.',
    next: 'Look at the number once more. Each receipt counts once.',
  },
  'loyalty.sale-counted': {
    title: 'A purchase of today is on their card already',
    safe: 'Nothing was added.',
    next: 'The till file has brought it. If this was another one, it counts when the next file comes.',
  },
  'loyalty.below-least': {
    title: 'This is too little to count',
    safe: 'Nothing was added.',
    next: 'Look at what the rewards ask for. You can add something by hand with the reason.',
  },
  'loyalty.staff-most': {
    title: 'That is more than staff may add in a day',
    safe: 'Nothing was added.',
    next: (p) => `Up to ${typeof p['most'] === 'number' ? p['most'] : 'a few'} for one person a day. The owner can add more.`,
  },
  'loyalty.not-enough': {
    title: 'There is not enough for this reward',
    safe: 'Nothing was given.',
    next: 'Their card may have changed a moment ago. Look at it again.',
  },
  'loyalty.reward-shared': {
    title: 'This offer cannot be a reward',
    next: 'A reward needs a personal code that works once, and cannot be points. Choose another offer or make a new one.',
  },
  'draw.not-found': { title: 'That draw is not here any more', next: 'Go back to the list of draws.' },
  'draw.bad-state': {
    title: 'This draw is past that step',
    safe: 'Nothing was changed.',
    next: 'Look at the draw again to see where it stands.',
  },
  'draw.rules-missing': {
    title: 'The official rules are not complete',
    safe: 'Nobody can enter yet.',
    next: 'Fill in what is marked as missing, then open the draw.',
  },
  'draw.word-taken': {
    title: 'That word cannot be used',
    next: 'Take one short word that means nothing else: not a sign-up word, not STOP, HELP or the like, not one of another draw.',
  },
  'draw.not-open': { title: 'This draw takes no entries now', next: 'Look at its days: it may not have begun, or be over.' },
  'draw.entered-already': {
    title: 'They are in this draw already',
    safe: 'Everybody is in once.',
    next: 'Nothing more is needed.',
  },
  'draw.not-over': { title: 'Entries are still open', safe: 'Nothing was drawn.', next: 'Draw once the last day is over.' },
  'draw.replies-unread': {
    title: 'Not all replies have been read yet',
    safe: 'Nothing was drawn.',
    next: 'Wait until Regulars has read the replies since the end of the draw, so that nobody who answered in time is missing.',
  },
  'draw.nobody': {
    title: 'Nobody has entered',
    safe: 'Nothing was drawn.',
    next: 'There is nobody to draw from. Cancel the draw, or leave it.',
  },
};
