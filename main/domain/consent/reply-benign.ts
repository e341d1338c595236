/** What only looks like a stop, as patterns over normalised words. */

// — 2 what only looks like a stop: removed before the clear phrases are looked for —
/** Negated, past or about themselves: "don't stop sending", "did you stop texting deals?", "I'll stop bugging you". */
export const NOT_A_REQUEST: readonly RegExp[] = [
  // other lists than ours, other things to opt out of
  /\b(?:take|remove|put|get|add|keep|drop|scratch)(?: \w+){0,5}? (?:off|from|on|to)(?: \w+){0,3}? (?:wait|waiting|hold|holding|class|guest|gift|raffle|pick ?up|layaway|lay away|autopay|auto ship|order|back ?order|pre ?order|bridal|baby|shower|party|appointment|reservation|shopping|grocery|call back|callback|vip event|email|e mail)(?: ?list| ?lists| ?registry|list)?\b/g,
  /\b(?:quit|sac|saqu|borr|elimin|pon|pong|agreg|anot|apunt)\w*(?: \w+){0,3} lista de (?:espera|reservas?|invitados|regalos|precios|compras|apartados|novios|boda)\b/g,
  /\bopt(?:ing|ed)? out of (?:the |a |my |this )?(?:gift|bag|box|warranty|receipt|delivery|insurance|shipping|wrap|wrapping|tip|lunch|class|event|engraving|monogram|protection|plan|upgrade|raffle)\b/g,
  /\bpor que (?:ya )?no (?:me|nos|le|les) (?:han |ha )?(?:mand|envi|escrib|lleg|contest|avis|text|respond)\w*/g,
  /\b(?:should|must|does|will|would|has to|needs to) end (?:in|with|at|on|by)\b/g,
  /\b(?:did|was|were|am|have|has|why was|why am|hope i (?:wasnt|didnt get)) i (?:\w+ )?(?:removed|taken off|unsubscribed?|deleted|dropped|kicked|opt out)\b[a-z0-9 ]*/g,
  /\bwhy (?:did|have|has) (?:the |your |my |these |all )?(?:texts?|messages?|deals|coupons|offers|updates) stop(?:ped)?\b/g,
  /\b(?:oops|whoops|my bad|ooops)(?: sorry)? wrong (?:person|number|text)\b|\bwrong (?:person|number|text)\b(?=.*\b(?:meant|was for|for my|was meant)\b)/g,
  /\b(?:dont|didnt|never|wouldnt|not|hope you (?:dont|never)|please dont|doesnt) (?:ever )?(?:want|wanna|wish|need|mean|meant|plan|like|intend|trying|going|have) (?:you )?(?:to )?(?:ever )?(?:be )?(?:stop|stopped|quit|unsubscribe|unsubscribed|opt out|cancel|removed?|leave|get off|end)\b[a-z0-9 ]*/g,
  /\b(?:cant|couldnt|dont|didnt|doesnt|wont|never|cannot) (?:ever )?(?:seem to |just )?(?:stop|quit|cancel|unsubscribe|opt out|opt me out|remove me|take me off|delete me|drop me|end)\b(?: (?:texting|messaging|sending|contacting|calling|notifying)\b[a-z0-9 ]*)?/g,
  /\b(?:did|didnt|have|had|has) (?:you|they|we|i|yall|the store|the shop|it) (?:guys )?(?:ever |all |just |accidentally )?(?:stop|stopped|quit|remove|removed|take|took|unsubscribe|unsubscribed|delete|deleted|cancel|opt out|opt)\b(?: (?:me|us|texting|messaging|sending|contacting|calling|getting|receiving|out|off)\b[a-z0-9 ]*)?/g,
  /\bwhy (?:did|was|were|am|have|has|had|would|do) (?:you|i|they|we|it|this) (?:\w+ )?(?:stop|stopped|remove|removed|take|taken|unsubscribed?|deleted?|opt out|not)\b[a-z0-9 ]*/g,
  /\b(?:ill|i should|let me|i can|i could|i better|im gonna|im going to|ima|i promise to|i need to|i must|we should|well) (?:\w+ )?(?:stop|quit) (?:texting|messaging|bothering|bugging|sending|calling|spamming|harassing)\b[a-z0-9 ]*/g,
  /(?<!\b(?:signed up|subscribed|joined|opted in|enrolled|signed me up) )\b(?:accidentally|by accident|by mistake|mistakenly|unintentionally|didnt mean to)\b[a-z0-9 ]*\b(?:stop|stopped|unsubscribed?|opt out|cancel)\b[a-z0-9 ]*/g,
  /\b(?:stop|stopped|unsubscribed?|opt out)\b[a-z0-9 ]*\b(?:accidentally|by accident|by mistake|mistakenly|unintentionally)\b[a-z0-9 ]*/g,
  /\b(?:i|my (?:son|daughter|kid|wife|husband|phone)) (?:must have |may have |might have )?(?:gave|give|put|puts|entered|typed|wrote|had|dialed|texted|called)(?: you| them| in| down| out| the clerk| her| him){0,8} (?:the |a |my )?wrong number\b/g,
  /\b(?:is|was) (?:this|that|it|\d+) (?:the |a )?wrong number\b/g,
  /\bme equivoque de numero\b/g,
  /\bno (?:quiero|quisiera|me quiero|quise|deseo|vaya a) (?:perder(?:me)?|dejar de recibir|que dejen|darme de baja|cancelar)\b[a-z0-9 ]*/g,
  /\b(?:nunca|no) (?:dejen|deje|dejes|paren|pare) de (?:mandar|enviar|escribir)\w*/g,
  /\b(?:dont|didnt|never|not) (?:want|wanna|like|mean) (?:to )?(?:miss|lose)\b[a-z0-9 ]*/g,
];

// — 4 benign spans: words that only look like a stop —
const SHOPPING =
  '(?:orders?|appointments?|appts?|apt|reservations?|bookings?|classes|class|fittings?|holds?|lay ?aways?|lay away|pick ?ups?|pick up|deliver(?:y|ies)|purchases?|items?|shipments?|packages?|shoes?|boots?|sandals?|sneakers?|heels|pairs?|dress(?:es)?|coats?|jackets?|shirts?|jeans|pants|bags?|repairs?|services?|visits?|consultations?|lessons?|trips?|flights?|meetings?|payments?|cards?|tables?|tickets?|rsvp|spots?|seats?|slots?|plans?|alterations?|hem|preorders?|pre orders?|special orders?|returns?|refunds?|exchanges?|sizes?|one|ones|both|rest|haircut|tour|session|workshop|check ?up|tuning|delivery|invoice|charge|rental|party|quote|request|cake|flowers|bouquet|eye exam|bike|tune up|massage|facial|nails?|color|cut|grooming|bath|membership|club|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|tmrw|tonight|\\d{1,2}(?: ?[ap]m)?)';
const WHEN =
  '(?:today|tomorrow|tmrw|tmw|tonight|later|soon|this|next|on|after|before|around|sometime|mon|tue|tues|wed|thu|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|lunch|then|first|real quick|quick|quickly|briefly|and|for|to|with|when|once|if|at|early|right after)';

export const BENIGN: readonly RegExp[] = [
  /\bstop (?:\w+ ){1,3}from (?!texting|sending|messaging|contacting|calling|receiving|getting|spamming)\w+ing\b/g,
  /\b(?:does|will|do|can|could|would) (?:this|these|it|they|the \w+) stop (?!texting|sending|messag|coming|getting|it|please|now)\w+/g,
  /\b(?:sell|sells|have|carry|buy|bought|eat|got|cook|want|need|cans?|make) (?:any |some |of |the |more )?spam\b(?! (?:me|from|texts|coming|about)\b)|\b(?:spam|scam)(?:s|mers)? (?:about|email|emails|alert|caller|callers|calls?|sushi|and eggs|with eggs|recipe)\b/g,
  /\b(?:going|go) away (?:gifts?|party|present|bag|card|cake)\b|\bgo away (?:on|for|to|next|this|tomorrow|in|until|soon|and come)\b/g,
  /\b(?:he|she|they|who|mom|dad|wife|husband|son|daughter|friend) (?:\w+ )?passed (?:on (?:the|that|it|this)|the|up|by|her|his|along|it|a|with|out)\b/g,
  /\bannoying to [a-z]+\b|\bannoying (?:that|when|how)\b(?!.*\b(?:texts?|texting|messages?|spam)\b)[a-z0-9 ]*/g,
  /\balto ahi\b/g,
  /\b(?:stop|stops|stopping|stopped) ?(?:by|in|into|inside|over|there|at|off|through|back|down|up|round|around|along|near|with my|with the|with him|with her)\b/g,
  /\bstop on (?:my|the|our|your|his|her) way\b|\bstop on (?:mon|tue|wed|thu|fri|sat|sun)\w*/g,
  /\bstop (?:and|n|to) (?:see|look|shop|get|grab|pick|say|browse|check|visit|buy|try|drop|have|talk|ask|show|pay|return|exchange|eat|let|take|help)\b/g,
  /\bstop for (?:a|an|the|some|my|our|gas|lunch|dinner|coffee|shoes|boots|one|two|it|that|those|ice)\b/g,
  new RegExp(
    `(?<!you |this |these |it )\\b(?:ill|i might|i may|might|may|gonna|going to|could i|can i|can we|could we|should i|will i|well|ill try to|try to|trying to|plan to|planning to|hope to|hoping to|able to|time to|chance to|love to|like to|want to|wanted to|need to|have to|let me|we can|we could|we might|we may|i can|i could|i should|i was gonna|about to|happy to|wife will|husband will|mom will|he will|she will|she can|he can|they can|someone|friend) stop(?: (?:${WHEN})\\b|$)`,
    'g',
  ),
  /\b(?:one|next|non|bus|pit|last|first|quick|truck|rest|a|an|door|full|short|my|our|back|whistle|f|t|subway|train|metro|tour|shuttle|trolley|tram|second|third|another|favorite|fave|only|every|each|many|other|until|til|few|two|three|van|route|streetcar|light rail|ferry|main|final|parade|best) stops?\b/g,
  /\bnonstop\b|\bstop (?:sign|signs|light|lights|watch|loss|motion|gap|shop|n shop|and shop|and go|street|number|cock|over)\b|\bstops\b/g,
  /\b(?:cant|couldnt|wont|dont|never|didnt|doesnt|havent|wouldnt|cannot|hard to|impossible to|nothing can|nothing will|nobody can|not gonna|not going to|not|unable to|hasnt|no one can|who can|try and|couldn t) (?:\w+ )?(?:stop|quit)\b/g,
  /\b(?:stop|quit) (?!lying|acting|pretending|messing|playing|wasting|begging|blowing|trying|pushing|hounding|stalking|being|giving|bullshitting|fucking|freaking|everything|anything|nothing|something|during|using|with)[a-z]+ing\b/g,
  /\bstop (?:me|us|him|her) (?:from|if|when|at|by|and)\b|\bstop me\b/g,
  // questions about when something stops; not "when will you stop"
  /\b(?:did|does|do|when|where|what time|how late|until|till|which|has|have|will|would|is|are|if|before|they|he|she|who|store|shop|sale|rain|raining|snow|bus|train|squeak\w*|noise|leak\w*|zipper|watch|clock|pain|bleeding) (?:[a-z0-9]+ ){0,5}?stop(?:ped|s)?\b(?! (?:it|please|now|this|that|these|texts?|already)\b)(?<!(?:you|it|this|that|these|texts|messages|spam|ever|please|just|and|to|ads) stop)/g,
  /\bstop (?:the|a|that|this|my|your) (?:leak\w*|squeak\w*|pain|noise|sale|sales|rain|clock|watch|presses|show|store|bleeding|car|shipment|payment|check|order|delivery|return)\b|\bstop (?:payment|rain|snow|squeak|traffic|pain|leak|smoking)\b/g,
  /\bquit (?:smoking|my|the|drinking|working|work|raining|snowing|a)\b|\b(?:zipper|it|they|watch|battery|soles?|insoles?|shoes?|boots?|straps?|buckle|phone|car|app|laces|heel|engine|strap|truck|ac) (?:just )?quit\b(?! (?:it|this|now|please)\b)/g,
  /\b(?:trying|try|want|wants|wanted|help|helps|helping|ready|hoping|aid|products?|need) (?:\w+ )?to quit\b(?!.*\b(?:texts|list|messages|these|this)\b)|\bquit (?:after|on (?:me|us|him|her)|again|yesterday|last|within|already and|in (?:a|the|one|two|less))\b/g,
  /\bthe \w+ quit$|\bannoyed (?:at|with) (?:myself|him|her|my)\b|\balto (?:precio|costo|voltaje|contraste)\b|\bcon [a-z0-9 ]{1,20} basta\b|\bya estuvo (?:listo|lista|mi|el|la|todo)\b|\bharto (?:pan|queso|cafe|amor|gusto|sabor|picante)\b|\bquit (?!it\b|play|texting|sending|messag|contact|spam|bother|calling|harass|bugging|the\b|these\b|those\b|this\b|that\b|please\b|now\b|with\b|w\b|your\b|getting\b|receiving\b|already\b|blowing|hitting|stop\b|trying\b|all\b|ads\b|me\b|using\b|being\b|lying\b|messing\b|pushing\b|everything\b|doing\b|wasting|pester|hound|stalk|begging|thanks\b|thank\b|ok\b|asap\b|immediately\b|i\b|im\b|dont\b|no\b|and\b|mandando|enviando|lol\b|for\b|or\b|today\b|text\b|texts\b|messages\b|sms\b|notif|promo|marketing|advert|solicit|again and|us\b|my phone)[a-z]+\b/g,
  /\bstop \d+\b(?! (?:texts|messages))|\bdied (?:laughing|and went|when i|of)\b|\bannoying question\b|\bscam if\b|\bspam (?:can|fritters?|slices?|fried)\b|\bbasta y sobra\b|\bmurio de (?:risa|hambre|amor|envidia)\b|\bse cancela\b|\bque pesad[oa]s? (?:esta|estan|es)\b|\b(?:he|she|they) passed thanks\b|\bbasta (?:mi|tu|su) (?:nombre|numero|recibo|codigo|telefono|palabra)\b/g,
  // praise: "omg stop it these are so cute"
  /\b(?:omg|oh my god|omfg|aww+|girl|lol|haha|shut up and|no way) stop(?: it)?\b(?! (?:texting|sending|messaging|please|now|this|these (?:texts|messages))\b)|\bstop(?: it)? (?:these|those|they|that|this|its|it|so|thats|theyre|omg) (?:\w+ ){0,2}?(?:so |too |such )?(?:cute|adorable|gorgeous|beautiful|pretty|good|amazing|perfect|stunning|yummy|delicious|funny|sweet)\b|\bstop(?: it)? (?:i (?:love|need|want)|im (?:obsessed|dead|dying|in love))\b/g,
  /\b(?:late|ok|okay|possible|free|allowed|policy|fee|charge|penalty|deadline|right|way|able) (?:\w+ )?(?:to|for) cancel(?:ing|ling)?\b(?! (?:texts|these|my subscription))/g,
  /\bcease ?fire\b|\b(?:blocked|block) (?:in|by|off|up|the|from getting|parking)\b|\b(?:street|road|driveway|entrance|door|sidewalk|exit|lot|alley|car) (?:is |was |are )?blocked\b/g,
  // end
  /\b(?:weekend|week end|year end|month end|high end|low end|dead end|front end|back end|deep end|rear end|split end|loose end|book end|bookend|no end|tail end|zipper end|strap end|lace end|toe end|heel end|cable end|east end|west end|north end|south end|top end|other end|far end|end user|end zone|end table|end cap|end piece|end date|end time|end result|end goal|end rack|end aisle|end up|ends up|end to end|odds and ends|weekends)s?\b/g,
  /\b(?:the|that|this|very|at the|in the|by the|until the|till the|near the|to the|my|our|your|toe|heel|an|one|each|either|both) ends?\b/g,
  /\bends? (?:of|today|tomorrow|soon|tonight|on|at|monday|tuesday|wednesday|thursday|friday|saturday|sunday|this|in|by|before|after|early|up|for|with|when|so|well|right|there|here|late|next|near|is|was)\b/g,
  /\b(?:sale|event|promo|promotion|offer|deal|discount|coupon|code|weekend|season|day|week|month|year|special|specials|class|store|shop|it|this|that|does|did|do|when|will|what time|what day|how soon|gonna|going to|when does|hours|clearance|show|contest|game|movie|school|work|shift|to|an|come to an|about to|lease|break|party|gonna|should|would|could) (?:\w+ ){0,4}?end(?:s|ed|ing)?\b/g,
  // cancel
  new RegExp(`\\bcancel (?:[a-z0-9]+ ){0,5}?${SHOPPING}\\b`, 'g'),
  /\bcancel (?:my|our|his|her) (?!subscription|text|texts|number|consent|alerts|message|messages)[a-z]+\b|\b(?:if|in case|unless|have|need|want|had|like|how|can|could|may|did|didnt|they|she|he|who|penalty|fee|free|time|late|able|going|gonna|possible|ok|okay|deadline) (?:\w+ ){0,3}?cancel (?:if|for|on|by|before|because|due|since|until|within|and|or|without|that|the|it|with|so|in|but|at|last|same)\b|\bcancel (?:the|that|an|a|her|his|one|those|order|appointment) [a-z]+\b|\b(?:order|appointment|appt|reservation|booking|class|layaway|purchase|item|one) (?:\w+ ){0,3}?cancel\b/g,
  /\b(?:will|did|do|does|would|are|is|can|could|if|when|have|has|had) (?:you|they|it|we|the \w+|he|she) (?:\w+ )?cancel(?:led|ed|ing|ling)?\b(?! (?:me|us|my (?:sub|text|number|account)|this|these|it|texts|all)\b)/g,
  /\bcancel (?!me\b|us\b|it\b|this\b|these\b|those\b|them\b|that\b|all\b|everything\b|sub|text|sms|messages?\b|alerts?\b|notif|promo|ads?\b|please\b|now\b|thanks?\b|number\b|service\b|ya\b|por\b|and\b|my\b|the\b|your\b|future\b|any\b|stop\b|i\b|dont\b|no\b|immediately\b|from\b|sending\b|asap\b|today\b|ok\b)[a-z0-9]+\b/g,
  /\bmy \w+(?: \w+)? quit\b(?! (?:it|this|now)\b)|\b(?:one|two|three|four|five|six|\d+) is enough\b|\b(?:something|anything|nothing|spray|cream|tape|product) (?:that |which )?(?:to|will|can) stop\b|\bstop (?:bath|knob|block|order)\b/g,
  /\bpassed (?:the|up|by|her|his|along|it|a|out|my|me|out)\b(?! away)|\bpassed on (?:the|that|it|this)\b/g,
  /\b(?:traffic|parking|weather|line|lines|wait|website|app|construction|rain|snow|boss|kids?|neighbors?) (?:is|are|was|were|so|really|can be)(?: \w+)? annoying\b/g,
  // enough
  /\b(?:big|wide|long|good|old|small|tall|warm|early|close|strong|soft|large|not|is there|have|got|if there is|there|quite|fair|sure|well|fast|enough room|nice|kind|just|get|has|are there|barely|dark|light|thick|thin|high|low|sturdy|with|be|more than|cant thank you|cant say|thank you|roomy|it be|long|money|time|soon|cool|lucky|curiously|oddly|funny|far|loud|clear|right|easy|stretchy|deep) enough\b(?! (?:of (?:this|these|your)|already|texts?|messages?|spam|from you|is enough|with (?:the|these|your))\b)/g,
  /\benough (?:room|stock|for|time|space|money|left|points|to|in|people|pairs|credit|rewards|sizes|light|support|cushion|arch|width|length|notice|information|info|on|change|inventory|staff|parking|color|heat)\b/g,
  /\benough (?!of\b|already\b|is\b|with\b|texts?\b|messages?\b|spam\b|please\b|now\b|thanks\b|thank\b|stop\b|from\b|ok\b|guys\b|you\b|your\b|these\b|this\b|ads\b|promos\b|enough\b|just\b|im\b|no\b|remove\b|i\b|with\b|dont\b)[a-z]+\b/g,
  // spam and annoyance that are not about our texts
  /\b(?:not|isnt|wasnt|went to|in|in my|check|checked|my|to|the|your|(?:i|we|kids) like|ham|can of|canned|eat|eating|love|fried|musubi) spam(?: (?:folder|filter|box|inbox|musubi|can|sandwich))?\b(?<!is spam)|\bspam (?:folder|filter|musubi|sandwich)\b|\b(?:no es|no era) spam\b/g,
  /\b(?:my|the|their|its|this|so|really) (?:\w+ )?(?:squeak|noise|zipper|sound|strap|tag|dog|kids|husband|wife|boss|commute|weather|construction|traffic|parking)\w*(?: \w+){0,3} annoying\b|\bannoying (?:squeak|noise|zipper|tag|sound|parking|website|squeaking|weather|neighbor|habit)\b|\bsorry (?:to|for|if im|im) (?:be |being |so )?annoying\b|\b(?:dont want to|hate to|sorry to) (?:be )?(?:annoying|bother)\b/g,
  // Spanish
  /\b(?:o|y|ni|tacon|tacones|cana|corte|cuello|mas|muy|tan|bien|es|esta|un|el|lo|de|en|hombre|nino|nina|piso|precio|estante|volumen|nivel|calle|numero|demasiado|medio|talle|bastante|algo|poco|del|son|hijo|novio|esposo|soy|zapato|zapatos|bota|botas) altos?\b|\balto (?:de|en|rendimiento|nivel|y|o)\b/g,
  /\b(?:cancelar|cancela|cancele|cancelen|cancelo|cancelarlo|cancelarla) (?:[a-z0-9]+ ){0,4}?(?:pedido|orden|cita|reserva|reservacion|apartado|compra|clase|entrega|envio|turno|visita|articulo|zapatos|botas|par|talla|pago|tarjeta|factura|boleto|servicio|arreglo|mesa|sesion|manana|hoy|lunes|martes|miercoles|jueves|viernes|sabado|domingo|deuda|saldo|cuenta)\b|\b(?:para|puedo|quiero|necesito|como|hay que|tengo que|tuve que|desea|debo) (?:\w+ )?cancelar (?:con|en|mi|el|la|lo|una|un|al|por)\b/g,
  /\bbasta (?:con (?:el|la|un|una|decir|mostrar|ensenar|traer|llamar|venir|presentar)|para|que)\b|\b(?:con eso|me|eso|con esto|solo|no) basta\b/g,
  /\bparar (?:por|en|a|ahi|alli|un|el|la|manana|hoy|al|cerca)\b|\b(?:puedo|voy a|podria|quiero|vamos a|sin|no puedo|pienso|quisiera) parar\b/g,
  /\b(?:muy|mas|la|planta|talla|de|en|calidad|temporada|esta|presion|tacon|zapatilla|bota|parte|precio) baja\b|\bbaja (?:de|el|la|en|calidad|temporada|talla|los|las|estatura)\b/g,
  /\bcon (?:un|una|uno|dos|tres|eso|esto|esa|ese|el|la|poco)(?: \w+)? basta\b|\b(?:por|al|de) cancelar(?:lo|la)?\b(?! (?:la suscripcion|los mensajes|los textos))|\bcancelar (?:sin|gratis|antes|despues)\b/g,
  /\bbasta con (?!(?:los|las|sus|tus|tantos?|tantas?|estos|esos|ya|el spam|la publicidad|esto|eso|de|tanto)\b)[a-z0-9]+\b/g,
  /\bcon [a-z0-9 ]{1,30} es suficiente\b|\b(?:es|sera|seria|hay|tengo|tienen) suficiente(?: [a-z]+)? (?:para|tela|espacio|tiempo|dinero|con)\b/g,
  /\b(?:un|otro|primer|segundo|proximo|hacer|mi|el) stop\b(?! (?:a|de) (?:los|las|sus|estos)\b)/g,
  /\b(?:salir|quitar|detener) (?:el|la|los|las|una|un|de|a|con|temprano|hoy|manana|la mancha|al)\b/g,
];
