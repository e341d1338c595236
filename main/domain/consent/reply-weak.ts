import type { Rule } from './reply-words';

// — 5 weak words: suppress at once and let the owner decide —
export const WEAK: readonly Rule[] = [
  ['stop', /\b(?:stop(?:p|it)?|stpo)\b/],
  [
    'typo of stop',
    /^(?:stp|sto|stol|stob|stip|atop|dtop|xtop|stkp|sto0|stoo|stopt|stopo|stopm|stopn|sop|etop|stopl|sstop|sotp|stopr|stoop|srtop|stoped|ztop|wtop|stap|strop|stope|stpop|stopi|stops|stopping)(?: (?:please|thanks|thank you|now)){0,8}$/,
  ],
  ['stop in Spanish', /\b(?:alto|basta|cancelar|cancela|cancelen|cancele|parar|paren|detener|ya estuvo|ya parenle)\b/],
  ['quit', /\bquit\b/],
  ['cancel', /\bcancel(?:l)?\b/],
  ['end', /\bend(?:it)?\b/],
  ['revoke', /\b(?:revoke|cease|desist|halt)\b/],
  ['enough', /\benough\b|\bsuficiente$/],
  ['spam', /\bspam(?:s|my|ming|med|mer|mers|bot)?\b|\bscam(?:s|mer|mers|ming)?\b|\bphishing\b|\bjunk (?:text|message|mail)s?\b|\bestafa\b/],
  [
    'annoyed',
    /\bannoy(?:ing|ed|s|ance)?\b|\birritating\b|\bbothersome\b|\bbothering me\b|\bobnoxious\b|\bintrusive\b|\bunsolicited\b|\bunwanted\b|\bunwelcome\b|\bnuisance\b/,
  ],
  [
    'fed up',
    /\bover (?:these|this|the|your|all these) (?:texts?|messages?|spam|ads|promos?)\b|\b(?:sick|tired|sick and tired|fed up|over) (?:and tired )?(?:of|with) (?:all )?(?:(?:the|these|this|it|your|you|getting|receiving|so many) ?){1,8}(?:texts?|messages?|spam|crap|shit|ads|promos?|texting|spamming|notifications|bullshit)?\b|\bgetting (?:old|ridiculous|out of hand|excessive)\b|\bharto\b|\bharta\b|\bfastidi\w+\b|\bcansad[oa]s? de (?:tantos?|sus|estos|los|que|recibir)\b/,
  ],
  [
    'too many',
    /\b(?:texts?|texting|messages?)\b.*\btoo many\b|\btoo many (?:of )?(?:these|of these|your|the) (?:texts?|messages?)\b|\b(?:too|so|way too|entirely too) (?:many|much|damn many) (?:\w+ )?(?:texts?|messages?|promos?|ads|notifications|alerts|spam|texting)\b|\b(?:fewer|less) (?:texts?|messages?|texting|often|frequent|frequently)\b|\btext(?:ing)? (?:me )?(?:too much|too often|way too|less|so much|every day|everyday|constantly|nonstop)\b|\b(?:demasiados|muchos|tantos) (?:mensajes|textos)\b/,
  ],
  [
    'who is this',
    /^(?:\w+ )?(?:who|whos|whose|who s|who is|who r|who are|who da|who tf|who the (?:hell|fuck|heck|f) is|who the fuck|who the hell)(?: (?:is|are|r|the hell|the fuck))? ?(?:this|dis|dat|you|is|it|that|these people)(?: (?:please|from|and|texting|number|again|anyway|even)){0,8}(?: (?:me|why|how|is|are).*)?$|\bwho (?:gave|give) you (?:my|this)\b|\bhow (?:did|do|d|u|have) you (?:get|got|have|find|obtain) (?:my|this|a hold of my) (?:number|info|phone|cell|contact)\b|\bwhere (?:did|do|d) you (?:get|got|find|obtain) (?:my|this) (?:number|info|phone|cell|contact)\b|\bwhy (?:are|r|do|am|did|would|keep)(?: \w+){0,3} (?:texting|messaging|contacting|sending|getting|receiving|text|texts|message|messages|send) (?:me|these|this|texts|my|your|messages|us)\b|\bdo i know you\b|\b(?:dont|do not) know (?:who (?:you|this)|you|your number|this number)\b|\bnew phone who\b|^(?:quien es|quien eres|quienes son|quien habla|quien es usted|quien me escribe|de parte de quien|quien manda esto)(?: (?:este|esta|usted|ustedes|numero|tu)){0,8}$|\b(?:como|de donde|quien)(?: les| le)? (?:consiguieron|consiguio|sacaron|saco|obtuvieron|obtuvo|tienen|dio|dieron)(?: mi)? numero\b/,
  ],
  [
    'not interested',
    /^(?:(?:im|sorry|no|nah|hi|hello|we are|we re|thanks|thank you|but|were|really|please|definitely|still) ){0,8}(?:not interested|no longer interested|uninterested|dont care|no interest|not a customer|no longer a customer|i dont want (?:this|these|it|them|any|any of this|anything)|dont want(?: (?:this|these|it|them|any|any of this|anything))?|no me interesa(?:n)?|ya no me interesa(?:n)?|no estoy interesad[oa]|ya no quiero(?: nada| mas)?|ya no|no quiero(?: nada| mas| nada mas)?|no quiero esto|no means no|i said no|said no|already said no|no no no no|hell no|fuck no)(?: (?:thanks|thank you|anymore|please|at all|sorry|in this|in these|in your business|gracias|por favor|now|for real|ever)){0,8}$/,
  ],
  [
    'go away',
    /\b(?:go away|get lost|buzz off|bug off|back off|beat it|piss off|shove off|get a life|get out of my|shut up|stfu|gtfo|kick rocks|take a hike|screw (?:you|off|this)|go to hell|drop dead|kiss my|eat shit|bite me|up yours|suck (?:it|my)|hell with|fuck(?:ing)? (?:you|off|this|outta|your|up)|fuk (?:you|off)|f (?:off|you|u)|fu|fck (?:you|off)|eff off|fuckoff|asshole|assholes|leave me|bitch|wtf|hate (?:you|these|your texts|this))\b|\b(?:vete|vayanse|vayan|larguense|chinga|chinguen|pinche|jodan|joder|jodete|mierda|no jodan|callense|que fastidio|que molesto|muy molesto|son molestos|molestan|molestando)\b/,
  ],
  [
    'blocking',
    /\b(?:im|ill|am|will|gonna|going to|be|being|getting|have)(?: be)? (?:blocking|blocked)\b|\b(?:ill|will|gonna|going to|i) block (?:you|this|your|these)\b|\bblocked you\b|^(?:(?:please|just|ok|no) ){0,8}(?:block(?:ed|ing)?|blocked you|delete|deleted|leave|mute|muted|disconnect|out|off|do nothing|dont|dont disturb|dont call|goodbye forever|unfollow|exit|terminate|discontinue|disable|disconnected|wrong|remover|bloquear|bloqueado|fuera|suficiente|silenciar|dejenme|dejeme)(?: (?:please|me|you|now|thanks|this|number)){0,8}$/,
  ],
  [
    'other person',
    /\b(?:he|she|mom|mother|dad|father|husband|wife|brother|sister|son|daughter|grandma|grandmother|grandpa|grandfather|owner|customer|client|person|friend|aunt|uncle|who|this person|abuela|abuelo|mama|papa|ella|el)(?: (?:has|have|just|recently|is|had|ha|s|you re|of this phone|of this number|youre|are|looking|texting|for|trying|to|reach)){0,8} (?:passed away|passed|deceased|died|dead|is dead|fallecio|murio|fallecido|fallecida)\b|\b(?:business|work|office|land|company|emergency) (?:line|phone|landline|cell)\b(?=.*\b(?:this|is)\b)|\blandline\b|\bthis is (?:a|an|my|the|our) (?:business|work|office|company|emergency|land) ?(?:line|phone|landline|cell|number)\b|^(?:this |im |i am |sorry |no |hi ){0,8}(?:is |isnt |not |this isnt |this is not )(?:isnt |not )?(?!sure\b|home\b|there\b|free\b|ready\b|able\b|busy\b|here\b|done\b|going\b|coming\b|picky\b|in\b|hungry\b|late\b|today\b|yet\b|now\b|bad\b|the\b|too\b|working\b)(?:\w+|\w+ \w+)(?: (?:sorry|anymore))?$(?<=^(?:sorry )?(?:this isnt|im not|i am not|this is not) \w+(?: \w+)?)|\bno soy (?:ella|el|esa persona|\w+)$/,
  ],
];

// — signs that carry a mood of their own —
export const WEAK_SIGNS = /[\u{1F595}\u{1F92C}\u{1F4F5}\u{1F515}\u{1F645}\u274C\u270B\u{1F590}]/u;

/** What a benign-looking whole says after all: they want to be added, not removed. */
export const WANTS_IN =
  /\b(?:add|put|sign|get) me (?:back|on|up|to)\b|\b(?:how (?:do|can) i|can i|could i|may i|want to|like to|love to|id like to|please) (?:sign up|join|subscribe|enroll|resubscribe|opt in|register|be added|get on)\b|\b(?:como|quiero|puedo|quisiera) (?:me )?(?:suscribirme|inscribirme|apuntarme|registrarme|apunto|inscribo|suscribo|registro)\b/;
