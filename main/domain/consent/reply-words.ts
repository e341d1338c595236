/** A pattern with the name that is kept as evidence when it matches. */
export type Rule = readonly [name: string, pattern: RegExp];

// — vocabulary —
const MSG =
  '(?:texts?|texting|messages?|messaging|sms|mms|spam|spams|notifications?|alerts?|promos?|promotions?|promotional|marketing|ads?|adverts?|advertis(?:ing|ements?)|solicitations?|soliciting|communications?|newsletters?|blasts?|coupons?|offers?|deals?|updates?|reminders?|mailings?|junk|automated|bots?)';
const ADJ =
  '(?:with|w|all|the|these|those|this|that|your|such|any|anymore|more|further|future|of|my|me|us|so|too|many|much|dumb|stupid|annoying|fucking|freaking|damn|unwanted|random|constant|daily|weekly|these|kind|kinds|type|types|sort|marketing|promotional|automated|spam|text|sms|phone|sales?|shop|store|him|her|them|just|getting|receiving|sending|out|from|group)';
export const DET_MSG = `(?:${ADJ} ){0,5}${MSG}\\b`;
export const DONE =
  '(?: (?:now|right|please|already|immediately|asap|thanks?|thank|you|today|at|once|forever|completely|from|coming|to|this|my|phone|number|guys|ok|okay|period|all|entirely|anymore|again|and|for|good|ever|sir|maam)){0,8}$';
/** What a shop does to a phone that people ask it to stop doing. */
export const CONTACTING =
  '(?:texting|messaging|contacting|spamming|bothering|harassing|bugging|pestering|hounding|notifying|soliciting|advertising|sms|calling|hitting|blowing|blasting|bombarding|sending)';
export const CEASE = '(?:stop|stpo|quit|cease|halt|discontinue|desist|knock off|cut out|knock it off|cut it out)';
