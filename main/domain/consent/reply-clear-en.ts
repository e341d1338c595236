import { CEASE, CONTACTING, DET_MSG, DONE, type Rule } from './reply-words';

/**
 * What people write in English when they want the texts to end, as patterns over normalised words. Evidence for the choice:
 * FCC 64.1200(a)(10), CTIA, AWS and Braze lists; judged by test/fixtures/opt-out-cases.json and test/fixtures/replies.txt.
 */
const NUMBER_WORD = '(?:number|numero|phone|cell|cellphone|cell phone|contact|contact info|info|information|name|data|details|digits)';
const LIST =
  '(?:list|lists|contacts?|system|database|texts?|messages?|text list|mailing list|phone list|distribution|subscription|program|this|thread|chat|group|sms|here|it|marketing|alerts?)';

const NOT = '(?:dont|didnt|doesnt|no longer|never|not|wont|wouldnt|wasnt|isnt|aint|havent)';
const WANT =
  '(?:want|wanna|wanted|wish|need|like|care|asked?|asking|requested?|consent(?:ed)?|agreed?|authori[sz]ed?|interested|looking|signed|sign|signing|subscribed?|subscribing|enroll(?:ed)?|opted|opt|gave|give|accept|wanting|interest|approve|approved|appreciate|permit|allow|order|ordered|invite|invited)';
const FILL =
  '(?:really|ever|even|actually|permission|to|for|in|up|you|about|be|getting|receiving|receive|get|hear|see|have|recall|remember|i|any|anymore|of|on|the|my|your|sent|sending|keep|think|believe|me|us|it)';
const SOME = `(?: ${FILL}){0,8}`;
const TARGET =
  '(?:(?:be )?(?:contacted|texted|messaged|spammed|bothered|solicited|called|included)\\b|(?:be )?(?:on|in|part of) (?:your|the|this|any) (?:\\w+ )?list\\b|hear(?:ing)? from (?:you|your|this)\\b|(?:these|this)(?: \\w+)? anymore$|(?:these|this|them|it|any of (?:this|it|these)) (?:sent|coming|on my phone|crap|shit|junk)\\b|anything (?:from|else|more|sent)\\b)';

export const CLEAR_EN: readonly Rule[] = [
  [
    'not text me',
    /\b(?:can|could|would|will|please|rather|prefer|to|you)(?: (?:you|please|that you|just)){0,8} not (?:to |ever |be )?(?:text|texting|message|messaging|contact|contacting|spam) (?:me|us|this|anymore)\b/,
  ],
  [
    'removal',
    /\b(?:request(?:ing)?|want|need) (?:a )?removal\b|^(?:please )?removal\b|\bmake sure (?:im|i am|my number is|this number is|we are) (?:removed|off|taken off|unsubscribed)\b/,
  ],
  ['no interest', new RegExp(`\\bno interest in (?:getting |receiving )?${DET_MSG}`)],
  ['remove it', /\b(?:number|phone|list)\b.*\b(?:remove|delete) it\b(?: please| thanks)?$/],
  ['refrain', new RegExp(`\\b(?:refrain|abstain) from (?:any )?(?:further )?${CONTACTING}\\b`)],
  ['remove this number', /\b(?:remove|delete|unsubscribe|take|take off) \d[\d ]{6,}/],
  ['signed me up', /\bwho (?:\w+ )?signed me up\b/],
  ['please stop', /\bplease (?:just )?stop(?: (?:now|it|this|thanks|thank you|already))?$|\bstop (?:now )?please(?: thanks| thank you)?$/],
  [
    'how to stop',
    /^how (?:do|can|to|would|should|could)(?: (?:i|we|you))? (?:make (?:it|this|these) )?(?:stop|unsubscribe|quit)(?: (?:this|it|these|them|please)){0,8}$/,
  ],
  ['let off the list', /\blet (?:me|us) off (?:of )?(?:your|the|this|that) (?:\w+ )?list\b(?! for)/],
  ['off the list', /^(?:please )?(?:i want |we want |want |get )?off (?:of )?(?:your|the|this|that) (?:\w+ )?list\b/],
  [
    'i do not consent',
    /\b(?:i|we) (?:dont|do not|didnt|never|no longer|have not|havent) (?:\w+ )?(?:consent|consented|authori[sz]e|authori[sz]ed|agree to (?:this|these|receive|get|be))\b/,
  ],
  [
    'dont want to get',
    /\b(?:dont|didnt|no longer|never|not|wouldnt)(?: (?:want|wish|like|care|need|interested|going|wanna))(?: (?:to|in|be|really)){0,8} (?:receive|receiving|get|getting|be getting|be receiving|have)(?: (?:these|this|them|those|any|anything|it|anymore|more|from you|again|please|thanks|thank you)){0,8}$/,
  ],
  ['unsubscribe', /\b(?:unsubscrib\w*|unsub|unenroll|disenroll|desuscri\w+|desinscri\w+|desabonne\w*|desinscrire)\b/],
  ['opt out', /\b(?:opt|opting)(?: (?:me|us|this|my|number|the|phone|him|her|all|everyone)){0,8} out\b|\bopting out\b/],
  [
    'stop contacting',
    new RegExp(
      `\\b${CEASE}(?: (?:all|the|your|my|these|with|w|fucking|freaking|damn|please|ever|constantly|already|now|and|just|on|of)){0,8} ${CONTACTING}\\b(?! (?:his|her|him|them|people|strangers)\\b)`,
    ),
  ],
  [
    'stop messages',
    new RegExp(
      `\\b(?:${CEASE}|end|cancel|kill|ending|stopping|halting|disable|deactivate|turn off|shut off|switch off|terminate|suspend|unfollow)(?: it)?(?: (?:getting|receiving|me from (?:getting|receiving)))? ${DET_MSG}(?! (?:code|policy|price|prices|run|runs|sign|the sale)\\b)`,
    ),
  ],
  [
    'stop getting',
    new RegExp(
      `\\b${CEASE} (?:getting|receiving|hearing from)(?: (?:these|those|them|this|your|all|any|anything|stuff|things|it|you)\\b| ${DET_MSG})`,
    ),
  ],
  ['stop this', new RegExp(`\\b${CEASE} (?:doing )?(?:this|these|those|them|that|it|all of (?:this|it|these)|all this|everything)${DONE}`)],
  [
    'stop sending',
    /\b(?:stop|quit|cease)(?: (?:the|all|your|these))? (?:sends|send me|send|text me|text|contact|contact me|message me|calls|call me|calls and texts|using my (?:number|phone)|blowing up)\b/,
  ],
  [
    'told you to stop',
    /\b(?:texting|typing|replying|saying|say|sending|said|told|asked|asking|telling|begging|replied|texted|typed|sent|wrote|answered|tell|ask)(?: (?:you|them|this|your|store|shop|guys|already|twice|before|to|please|several|many|multiple|times)){0,8} (?:stop|unsubscribe|quit)\b(?! (?:by|in|over|at)\b)/,
  ],
  [
    'need to stop',
    /\b(?:make|get|have) (?:it|this|these|them|those|all this|your store|your people|(?:(?:the|these|your|all|those) ){1,8}(?:texts?|messages?|spam|ads|promos?|alerts?)) (?:to )?stop\b|\b(?:texts?|messages?|spam|spamming|texting|messaging|promos?|ads|this|these|it) (?:really )?(?:needs?|have|has|must|should|got|gotta|better|ought|to|will) (?:to )?(?:stop|end|cease|be stopped)\b/,
  ],
  [
    'want to stop',
    /\b(?:want|like|wish|need|prefer|trying|how (?:do|can|to)|way to)(?: (?:i|we|to|you|all|for)){0,8} (?:stop|end|cancel|quit) (?:receiving|getting|subscription|my subscription|the subscription|the text|text|texts|sms|these|this service|being|hearing)\b/,
  ],
  [
    'cancel subscription',
    /\b(?:cancel|end|stop|terminate|discontinue|delete|remove)(?: (?:my|this|the|our|all|text|texts|sms|me)){0,8} (?:subscriptions?|enrollment|consent|permission|authorization|opt in|text service|alerts service|text alerts?|text club|vip texts?)\b/,
  ],
  [
    'dont text',
    /\b(?:dont|never|no longer|cant you not|not to|quit trying to|you may not|you cant|not allowed to|not authorized to|no permission to|shouldnt)(?: (?:ever|you|dare|please|again|want you to|need you to|you ever|guys|try to|bother to|even|be|fucking|wish you to|wish for you to)){0,8} (?:call or |call and |call nor |email or |ever |keep ){0,8}(?:text|texting|message|messaging|contact|contacting|spam|spamming|harass|harassing|bug|solicit|sms|disturb|hit|reach out to)(?: or call| or email| or contact| or message| or text)?(?: (?:me|us|this|my (?:number|phone|cell|mobile|line|work|job|house)|anymore|again|here|ever|any|it|these|at|on|unless|please|now|back|with|up|to|thanks|thank|the|after|before|anything)){1,8}\b/,
  ],
  [
    'dont text',
    /\b(?:dont|never) (?:ever )?(?:text|message|contact|sms)(?: (?:please|again|anymore|ever|thanks|thank you|this number)){0,8}$/,
  ],
  [
    'dont call or text',
    /\b(?:dont|never) (?:ever )?(?:(?:call|email|text|message|contact) (?:or |and |nor ){1,2}(?:text|message|contact)|(?:text|message|contact) (?:or |and |nor ){1,2}(?:call|email))(?: (?:please|me|us|again|anymore|ever|thanks|thank you|this number)){0,8}$/,
  ],
  [
    'dont text',
    /\b(?:dont|never) (?:ever )?(?:bother|call|disturb) (?:me|us|this number)\b(?!.*\b(?:text me|just text|text instead|texting|rather text|prefer text)\b)/,
  ],
  [
    'dont send',
    new RegExp(
      `\\b(?:dont|never|no longer|not to|quit|stop)(?: (?:ever|please|you|want you to|need you to|even)){0,8} send(?:ing)?(?: (?:me|us|this|my|to|number|phone|out|over)){0,8}(?: (?:anything|nothing|anymore|any|more|stuff|shit|crap|things|again)\\b| ${DET_MSG}|(?: (?:these|this|that|it))?(?: (?:anymore|again|please|ever)){0,8}$)`,
    ),
  ],
  ['dont want texts', new RegExp(`\\b${NOT}${SOME} ${WANT}(?: (?:${FILL}|${WANT})){0,10} (?:${DET_MSG}|${TARGET})`)],
  [
    'rather not get',
    new RegExp(
      `\\b(?:like|prefer|rather|want|wish|please|id)(?: (?:to|you|that|i|just)){0,8} (?:not|no longer|never)(?: (?:to|be|getting|receiving|receive|get|have|see|sent|send|include)){0,8} (?:${DET_MSG}|${TARGET})`,
    ),
  ],
  [
    'never signed up',
    /\b(?:never|didnt|dont remember|dont recall|havent|not|dont think i|i dont think i)(?: (?:even|ever|actually|knowingly|i|me)){0,8} (?:sign(?:ed|ing)?(?: me)? up|signup|signedup|subscribed?|subscribing|enroll?ed|enroll|enrolling|registered|agreed?|consented|consent|opted in|opt in|opting in|authori[sz]ed?|ask(?:ed)? for (?:this|these|it|any|them)|request(?:ed)? (?:this|these|it|any)|gave (?:you |your )?(?:\w+ )?(?:my number|this number|my phone|permission|consent|my info|my cell)|give (?:you |your )?(?:\w+ )?(?:my number|this number|my phone|permission|consent|my info|my cell)|joined)\b/,
  ],
  [
    'remove me',
    /\b(?:remove|delete|erase|drop|unlist|kick|scratch|exclude)(?: me| us| myself)\b(?! (?:from|off|of) (?:the |your |that |my )?(?:wait|waiting|waitlist|class|appointment|schedule|roster|raffle|order|reservation|drawing)\b)(?! (?:to|a line|off at|at the|by|an? (?:email|note|message|text)|into|the|in line)\b)/,
  ],
  [
    'remove my number',
    new RegExp(
      `\\b(?:remove|removing|delete|deleting|erase|drop|take|taking|lose|forget|scratch|strike|block|purge|pull|wipe|throw away|get rid of|dispose of)(?: (?:out|off|away|of))?(?: (?:my|this|our|the|her|his|moms|old|mobile|telephone|cell|phone|personal|husbands|wifes)){0,8} ${NUMBER_WORD}(?: (?:number|info))?\\b(?! (?:from|off|on|for|in) (?:the |my |that |this )?(?:order|orders|raffle|drawing|giveaway|contest|sheet|board|registry|wait ?list|waiting list|wait|box|tag|receipt|appointment|reservation|schedule|roster|class|shirt|jersey|invoice|engraving|hold|layaway)\\b)(?! (?:tag|badge|plate|sticker|down)\\b)`,
    ),
  ],
  [
    'remove from list',
    new RegExp(
      `\\b(?:remove|removing|delete|take|taken|get|getting|cross|scratch|strike|drop|keep|want|like|be|im|go|leave|leaving|come)(?: (?:me|us|my|this|number|name|phone|please|to|be|her|him|it|removed|taken|the|wanna|get|cell|mom|contact|info)){0,8}(?: (?:off|from|out of|off of|off from|of)){1,8} (?:of |from )?(?:your|the|this|that|these|those|all|ur|any|yall|you|you guys)? ?(?:\\w+ ){0,2}?${LIST}\\b(?! for (?:the |my |that )?(?:order|appointment|class|boots|shoes|size|waitlist|wait))`,
    ),
  ],
  [
    'take me off',
    /\b(?:take|get|cut|count) (?:me|us) (?:the hell |the fuck )?(?:off|out)\b(?! (?:the |of the |of that |that |my |at |to |on )?(?:wait|waiting|appointment|schedule|order|class|reservation|lesson|on|at|hook|lunch|dinner|street|corner|bus|lease)\b)/,
  ],
  [
    'want off',
    /\b(?:want|wanna|wish|need|like|demand|requesting|request|asking|asked|please|prefer|must)(?: (?:to|be|get|me|this number|my number|it|you|that i|i|completely)){0,8} (?:off|out|removed|taken off|deleted|unsubscribed|stopped)(?: (?:please|of this|now|from|off|of|immediately|thanks|thank you|this|your|all)\b.*)?$/,
  ],
  [
    'not removed',
    /\b(?:still|havent|hasnt|not|never|why havent you|why wasnt i|why am i not)(?: (?:you|been|yet|been yet|got)){0,8} (?:removed|taken off|unsubscribed|been removed|taken me off|removed me)\b/,
  ],
  [
    'still getting',
    /\b(?:why|how come|im|am i|and im|yet im|i am|was)? ?still (?:getting|receiving|sending me|texting me|get|receive|messaging me|spamming)(?: (?:these|your|this|them|the|any))? ?(?:texts?|messages?|spam|these|them|this|promos?|me|crap|ads|shit)\b/,
  ],
  [
    'leave me alone',
    /\b(?:leave|let) (?:me|us|my phone|my number|this number) (?:the hell |the fuck |tf )?(?:alone|be|in peace)$|\bleave (?:me|us|my phone|my number|this number) (?:the hell |the fuck |tf )?alone\b/,
  ],
  ['lose my number', /\b(?:lose|loose|forget|delete|erase|burn) (?:my|this|dis) (?:number|phone|digits|contact)\b/],
  [
    'no more texts',
    new RegExp(
      `\\bno (?:more|further|additional|mo) (?:of )?(?:${DET_MSG}|(?:these|this|them|contact|contacts|calls|sending|from you|of this|crap|shit|bullshit)\\b(?! (?:in|left|size|color|week|month)\\b))|\\bno more (?:please|thanks|thank you|ever|sir)$`,
    ),
  ],
  [
    'no texts',
    /^(?:please |hi |hello |hey |sorry |absolutely |just |no |and ){0,8}no (?:unwanted |marketing |promotional |spam |advertising |sales )?(?:texts?|messages?|texting|sms|spam|promos?|ads|marketing|solicitations?|soliciting|notifications|promotions|advertising|contact)\b(?! (?:received|yet|came|with|about|has|was|were|from my|on my|arrived|code|showing|shows|back)\b)/,
  ],
  [
    'revoke consent',
    /\b(?:revoke|revoking|withdraw|withdrawing|rescind|rescinding|retract|cancel|remove|pull|deny|denying|refuse|decline)(?: (?:my|any|all|our|the|previous|prior|express|written|implied|and)){0,8} (?:consent|permissions?|authori[sz]ation|opt in|agreement)\b|\b(?:consent|permission|authorization) (?:is |has been |was |hereby ){0,8}(?:revoked|withdrawn|rescinded|denied|cancelled|canceled|removed)\b|\b(?:dont|do not|no longer|never) (?:have|had) (?:my )?(?:permission|consent)\b|\bwithout my (?:consent|permission)\b|\bi (?:hereby )?revoke\b/,
  ],
  [
    'wrong-number',
    /\bwrong (?:number|person|phone|guy|girl|lady|contact|cell|num|no|house|recipient)\b|\b(?:isnt|not|no longer|aint)(?: (?:longer|even|my|his|her|their|the)){0,8} \w+ ?s? (?:number|phone|cell) ?(?:anymore|any longer)?$|\b(?:this|that)(?: number| phone)? (?:isnt|is no longer|is not|aint|does not belong to|doesnt belong to|no longer belongs to|belongs to someone else|belongs to another)\b.*\b(?:number|phone|cell|anymore|to|else|person)\b|\b(?:have|got|texted|reached|using) (?:the |a )?wrong (?:number|person|phone)\b|\b(?:you|your|youve) (?:have |got |have got |texted |reached )?(?:the )?wrong one\b(?! (?:in|out|to|for|from)\b)|\b(?:no|nobody|no one)(?: one)?(?: here| by that| named| called| with){1,8} (?:by |with |of )?(?:that |the )?name\b|\bno longer belongs? to\b|\bdoesnt belong to\b|\bdoesnt (?:have|own|use) this (?:number|phone)\b|\bno longer (?:has|have|owns|uses) this (?:number|phone)\b|\bchanged hands\b/,
  ],
  [
    'report',
    /\b(?:report|reporting|reported)(?: (?:you|this|it|your|number|as|these|the|company|to|store|business|messages?|texts?|ass|all|that|for|them)){0,8} (?:spam|fcc|ftc|harassment|phishing|bbb|attorney general|carrier|police|junk|authorities)\b|\b(?:will|gonna|going to|ill|im|be|have|am)(?: be)? (?:report|reporting|reported) (?:you|your|this|it|these|them)\b|^report(?:ing|ed)?(?: you)?$|\breport(?:ing|ed)? (?:you|your number|this number|you all)\b/,
  ],
  [
    'legal threat',
    /\b(?:fcc|ftc|tcpa|do not call|donot call|dont call (?:list|registry)|dnc|no call list|class action|lawsuit|legal action|cease and desist|restraining order|attorney general|can spam|small claims)\b|\b(?:my|our|an|a|contact|call|contacting|calling|hire|hiring|get|the) (?:lawyers?|attorneys?)\b(?=.*\b(?:text|texts|hear|contact|contacted|contacting|call|calling|sue|involved|stop|will)\b)|\b(?:contact|contacting|call|calling|hire|hiring|get|getting|talk to|speak to|from) (?:my|a|an|our) (?:lawyer|attorney)\b|\b(?:ill|i will|we will|gonna|going to|can|could|im|to|be|will) (?:sue|suing)(?= (?:you|your|yall|for|over|if|the company|this)\b|$)|\b(?:is|this is|this|its|that is|thats|considered|pure|continued) (?:\w+ )?harass(?:ment|ing)\b|\b(?:harassing|harassed)\b/,
  ],
  [
    'text me no more',
    /\b(?:text|message|contact|send) (?:me|us) (?:no more|no longer|nothing|never)\b|\bnot (?:interested|want|wanting)(?: (?:in|to|for|your|getting|receiving|any|the|this|these|texts?)){0,8} (?:texts?|messages?|sms|texting|spam|promos?|ads|promotions|marketing|alerts|notifications|communications?)\b/,
  ],
  ['block', /\b(?:please )?block (?:me|us|this number|my number)\b/],
];
