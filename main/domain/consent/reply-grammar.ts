import type { Rule } from './reply-words';

/**
 * Requests as grammar rather than as sentences: word classes of both languages (people mix them) and the few shapes in which they
 * ask for an end. The long lists of reply-clear-*.ts hold what was seen; this holds what it has in common.
 */

// — word classes, over normalised words —
const MSG =
  '(?:texts|messages|sms|mms|spam|notifications|alerts|promos|promotions|ads|newsletters|texting|messaging|mensajes|mensajitos|textos|promociones|publicidad|propaganda|anuncios|notificaciones|avisos|alertas)';
const PERSON =
  '(?:he|she|they|him|her|them|husband|wife|mom|mother|mum|dad|father|son|daughter|kid|brother|sister|grandma|grandmother|grandpa|grandfather|aunt|uncle|boyfriend|girlfriend|partner|roommate|boss|friend|hubby|esposo|esposa|marido|mujer|mama|papa|madre|padre|hijo|hija|hermano|hermana|abuela|abuelo|abuelita|abuelito|dueno|duena|suegra|primo|prima|tia|tio|novio|novia|suegra|suegro|senora|senor|ella|el|ellos)';
const LIST =
  '(?:lists?|system|database|contacts|records|texts|messages|program|club|subscription|listas?|base de datos|sistema|registros?|contactos|grupo|mensajes|textos)';
/** Imperatives, wishes and infinitives of writing to somebody; not the past ("no me mandaron el código"). */
const CONTACT_ES =
  '(?:(?:mand|envi|contact|molest|text|texte|fastidi|spame|insist|notific|mensaje|habl|hostig|acos)(?:e|en|es|emos|ar|arme|arnos|arle|arles|ando|andome|andonos|ara|aran|aras|ase|asen)|(?:escrib)(?:a|an|as|ir|irme|irnos|irle|irles|iendo|iendome|iera|ieran|ieras)|busqu(?:e|en|es)|buscar(?:me|nos)?|notifiqu(?:e|en|es))';
const A_THING = '(?: (?:el|la|los|las|un|una|unos|unas|otro|otra|ese|esa|mi|mis|al)\\b)';
const NOT_A_THING = `(?!${A_THING} (?!(?:\\w+ ){0,2}${MSG}\\b))`;
/** What turns a refusal round: "don't want to miss", "no quiero perderme". */
const gap = (n: number): string =>
  `(?: (?!(?:but|pero|miss|missing|lose|stop|perder\\w*|dejar|and|y|if|si|until|hasta|sino)\\b)\\w+){0,${n}}?`;
const NO = '(?:dont|doesnt|didnt|no longer|never|not|aint|isnt|wouldnt|no|ya no|nunca|jamas|tampoco)';
const WANT =
  '(?:want|wants|wanting|wanna|wish|wishes|need|needs|care for|cares for|interested in|quiero|quiere|quieren|queremos|quisiera|gustaria|desearia|deseo|desea|desean|deseamos|necesito|necesita|necesitamos|interesan?)';
const CEASE_ES =
  '(?:detengan?|deten|dejaran?|pararan?|desactiven?|detener|detenganlo|paren|pare|parar|parenle|dejen|deje|dejar|dejes|cesen|cese|suspendan?|suspender|cancelen?|cancelar|terminen|termine|termina|acaben|eviten|evite)';

/** Clear requests in any mix of the two languages. */
export const GRAMMAR: readonly Rule[] = [
  // not … texting me
  [
    'not texting me',
    /(?<!\bwhy (?:are|were|is) (?:you|they) )\bnot (?:to |be |ever ){0,2}(?:texting|messaging|contacting|text|message|contact|calling|spamming|bothering) (?:me|us|him|her|this|my|anymore|again)\b(?! (?:the|a|my|about|when|back)\b)/,
  ],
  // no … want … messages, said by anybody about anybody
  [
    'no wish for messages',
    new RegExp(`\\b${NO}(?: \\w+){0,2}? ${WANT}${gap(7)} (?:your |these |those |any |sus |estos |esos |mas )?${MSG}\\b`),
  ],
  [
    'no wish to be written to',
    new RegExp(
      `\\b(?:no|nunca|jamas)(?: \\w+)? ${WANT} que${gap(3)} (?:${CONTACT_ES}|llegue|lleguen)\\b${NOT_A_THING}(?! (?:cuando|si|a las|antes)\\b)`,
    ),
  ],
  [
    'no me busquen',
    new RegExp(
      `\\b(?:no|nunca|jamas|ni)(?: (?:ya|mas|nunca|me|nos|le|les|vuelvan?|vuelvas|a|sigan?|siga|esten|este|anden?|se)){1,5} ${CONTACT_ES}\\b${NOT_A_THING}(?! (?:cuando|si|a las|hasta|antes|todavia|aun|mejor)\\b)`,
    ),
  ],
  ['no se moleste', new RegExp(`\\b(?:favor de|pido|pedimos|agradec\\w+|ruego)(?: \\w+){0,3}? no ${CONTACT_ES}\\b${NOT_A_THING}`)],
  // stop / end / no more … messages
  [
    'cease messages',
    new RegExp(
      `\\b(?:stop|quit|cease|halt|discontinue|cancel|end|block|${CEASE_ES}|fin|basta|no more|no mas|nomas|ya no mas|cero|alto)(?: (?:a|al|de|del|con|of|with|the|these|those|this|all|any|your|los|las|el|la|sus|tus|estos|esos|estas|esas|tantos|tantas|mas|todos|todas|ya|me|my|robo|auto|automated|mass|bulk|group|sending|getting|receiving|mandar|mandando|enviar|enviando|recibir|marketing|servicio|llenarme|llenar|bombardear\\w*|telefono|celular)){0,5} ${MSG}\\b(?! (?:no )?(?:me )?(?:lleg\\w+|code|policy)\\b)`,
    ),
  ],
  [
    'cease sending',
    /\b(?:stop|quit|cease|discontinue|desist from) sending(?: (?:me|us|him|her|them|these|this|those|it|stuff|things|anything|to|out|so|many|much|all|my|number|phone)){1,6}(?= (?:to|at|every|please|now|already|thanks|anymore|ok|asap|immediately|i|we|thank|for|all|on|here|so|its|this)\b|$)/,
  ],
  [
    'cease this',
    new RegExp(
      `\\b${CEASE_ES}(?: (?:ya|con|de una vez))* (?:esto|eso|estos|esos|todo esto)(?: (?:ya|por favor|gracias|ahora|inmediatamente))*$`,
    ),
  ],
  [
    'turn off',
    /\b(?:turn|turning|shut|switch|switching)(?: (?:all|these|the|your|those|this|my|off|sms|text)){0,4} (?:texts|messages|notifications|alerts|texting|mensajes|textos|promos)(?: (?:messages|alerts|off))*\b(?<=off\b.*|off$)/,
  ],
  ['done with', new RegExp(`\\b(?:done|finished|through) with (?:(?:all|the|these|your|this|those|so|many) ?){0,4} ?${MSG}\\b`)],
  // off the list, whoever is on it
  [
    'off a list',
    new RegExp(
      `\\b(?:take|remove|get|drop|delete|cross|strike|pull|scratch)(?: (?:my|our|his|her|the|late|old|poor|dear|please|completely)){0,3} (?:${PERSON}|mothers|fathers|moms|dads|husbands|wifes)(?: (?:number|name|phone|info|completely|please)){0,2} (?:off|from|out|off of|out of)(?: (?:of|your|the|this|that|all|any|text|texting|mailing|phone|contact|sms|marketing)){0,4} ${LIST}\\b`,
    ),
  ],
  [
    'do not contact list',
    /\b(?:put|add|place|get|want|wish|be|am|are|im|is|going|include|keep|on)\b(?: \w+){0,6}? (?:dont|do not|no|dnc|not) (?:contact|call|text|disturb|solicit|mail|message)(?: (?:or|and|call|text|contact)){0,2} (?:list|registry|lists)\b/,
  ],
  [
    'salir de la lista',
    new RegExp(
      `\\b(?:salgo|salir|salirme|salirnos|salga|salimos|me saco|sacar|sacarme|bajarme|fuera)(?: \\w+)? de (?:esta|este|la|su|sus|las|los|tu|todas las) ${LIST}\\b(?! de (?:espera|reserva))`,
    ),
  ],
  [
    'ser eliminado',
    /\b(?:ser|sea|quedar|estar) (?:eliminad|borrad|removid|quitad|excluid|retirad|sacad)[oa]s?\b(?=$| (?:de|del|por|ya|inmediatamente|gracias)\b)|\bser dad[oa] de baja\b/,
  ],
  [
    'remove at the end',
    /\b(?:please|just|then|so|interested|sorry|thanks|anymore|texts|messages|you|wanted) (?:please )?(?:remove|unsubscribe)$|\b(?:remove|unsubscribe) (?:please|pls|asap|thanks)$/,
  ],
  // they told us before, or tell us for somebody else
  [
    'told you in Spanish',
    /\b(?:les?|te) (?:dije|dijimos|digo|pedi|pido|pedimos|he dicho|he pedido|estoy pidiendo|vuelvo a pedir|repito|tengo que decir|ruego)(?: \w+){0,4}? (?:que )?(?:(?:ya )?(?:paren|pare|dejen|deje|dejes|stop|basta|me (?:borr|quit|saqu|elimin|den)\w*)|(?:ya )?no (?:me|nos|le|quiero|mas)\b)/,
  ],
  [
    'wants you to stop',
    /\b(?:wants?|would like|wishes|needs?|asked|asks|asking|told|says|said|quiere|quieren|pide|pidio|piden|dice|dijo)(?: (?:you|yall|them|that|for|to|me|i|tell|all|please|que|les|diga|ustedes|favor|de)){0,6} (?:to )?(?:stop|quit|dejen|deje|paren|pare)(?=$| (?:de|texting|messaging|sending|contacting|calling|bothering|spamming|the (?:texts|messages)|these|this|it|now|please|getting|receiving|con)\b)/,
  ],
  // consent given back
  [
    'consent taken back',
    /\b(?:take|taking|took) back (?:my|our|any|all) (?:\w+ )?(?:permission|consent|authorization|opt in)\b|\bno (?:les |le )?(?:doy|di|dimos|damos|tienen|tiene|tienes|cuentan con|hay) (?:mi |nuestro |ningun )?(?:consentimiento|permiso|autorizacion)\b/,
  ],
  // wishes: "I'd appreciate it if you stopped"
  [
    'if you stopped',
    /\bif (?:you|yall|they) (?:could |would |can |will |guys |please |just )*(?:stop|stopped|quit|ceased|removed?|took|take|delete)(?:d)? (?:texting|messaging|sending|contacting|calling|bothering|spamming|me (?:off|from)|my (?:number|name|info)|these|the (?:texts|messages))\b/,
  ],
  [
    'no need to text',
    /\bno need (?:to|for you to) (?:keep |ever |be )?(?:text|texting|message|messaging|contact|contacting|send)(?:ing)? (?:me|us|this|my)\b(?! (?:when|if|back|the|about|unless)\b)/,
  ],
  [
    'you can stop',
    /\b(?:you|yall|this|it) (?:should|must|need to|have to|has to|gotta|better|could) (?:please |just |all )*stop(?: now| it| this| please| already| already please)?$|\b(?:respect|honor|follow)(?: \w+){1,4} and stop$|\b(?:love of|sake of|sake|goodness sake)(?: \w+)? (?:please )?stop$/,
  ],
  [
    'stop wasting',
    /\b(?:stop|quit) (?:wasting|filling|clogging|blowing|lighting|flooding|cluttering|interrupting|invading)(?: up)? (?:my|our) (?:time|data|phone|inbox|minutes|money|day|storage|cell|dinner|sleep|privacy) (?:with|by)\b/,
  ],
  [
    'my data',
    /\b(?:delete|erase|remove|purge|wipe|destroy|deletion of|erasure of|removal of)(?: (?:all|of|my|our|the|any|personal|private|you|have|from|your)){0,5} (?:data|information|info|records|details)\b(?! (?:from|on|in|for) (?:the |my )?(?:order|receipt|form|tag|label|card|invoice)\b)|\b(?:gdpr|ccpa|right to be forgotten|derechos? arco|cancelacion de (?:mis )?datos|(?:cancelacion|suspension|baja|fin) de (?:los |sus |estos |mis |todos |la )*(?:mensajes|textos|suscripcion|promociones|notificaciones))\b|\b(?:elimin|borr|quit|cancel|suprim|destruy)\w* (?:todos |toda |de |la |los )*(?:mis datos|mi informacion|mi info)\b/,
  ],
  [
    'nor him',
    /\b(?:dont|never|no longer) (?:ever )?(?:text|message|contact|spam|bother|sms) (?:him|her|them|it|our (?:phones?|numbers?))\b(?! (?:when|if|about|before|until|yet)\b)|\b(?:dont|never) (?:bother|keep|even (?:think|try)) (?:about )?(?:to )?(?:texting|messaging|contacting|text|message|contact|sending)\b|\b(?:dont|never) (?:reach out|hit me up|write me|write to me)(?: to me| to us| to this number)?(?: (?:again|anymore|ever|please|thanks))+$/,
  ],
  [
    'remove it all',
    /\b(?:line|number|phone|list|texts|messages|subscription)\b.* (?:remove|delete|cancel|unsubscribe) (?:it|this|that|them|mine|ours)(?: please| thanks| asap| now)*$|\b(?:remove|delete|block|erase)(?: \w+){0,3} (?:our|both|these|all my|my) (?:\w+ )?numbers\b/,
  ],
  [
    'nobody of that name',
    /\b(?:nobody|no one|noone|there is no|theres no|there isnt (?:a|any|anybody|anyone)|aint no|no)(?: (?!more\b|way\b|charge\b|tax\b|fee\b|limit\b|size\b|sale\b|answer\b|parking\b)\w+){1,3} (?:at|on|with|uses|has) this (?:number|phone|line|cell)\b|\b(?:nobody|no one|noone) (?:named|called|by the name)\b/,
  ],
  [
    'turn these off',
    /\bturn (?:these|this|it|them|that|those|all this) off\b(?=$| (?:please|now|thanks|already)\b)|\b(?:turn|shut|switch) off (?:these|this|them|those)(?= (?:please|now|thanks)|$)|\b(?<!non )(?:discontinue|terminate|disconnect|cancel|stop|end) (?:the |this |my |text |your )*service(?: please| immediately| now| thanks)*$/,
  ],
  [
    'threat',
    /\b(?:if you|if yall|next time you|if i get|if i receive|one more|another|next) (?:\w+ )?(?:ever )?(?:text|texting|message|contact|call|texts?|messages?|spam)(?: \w+){0,6} (?:ill|i will|i am|im|we will|police|lawyer|attorney|fcc|sue|report|court|legal)\b|\bblocked and report\w*|\breport\w* and block\w*|\b(?:voy|vamos) a (?:\w+ (?:y|e) )?(?:reportar|denunciar|demandar)\w*/,
  ],
  [
    'not take part',
    /\b(?:dont|do not|no longer|not|never)(?: (?:want|wish|care|like|going|willing|interested|agree|would|to|in)){1,4} (?:participate|participating|be (?:a )?part|take part|be included|be involved|be a member)\b/,
  ],
  [
    'reply stop',
    /\b(?:i|ive|have|keep|did|already) (?:\w+ )?(?:replied|texted|typed|sent|said|written|replying|texting|saying|sending|reply|texted you) (?:with )?stop (?:like |about |at least |over )?(?:\d+|many|multiple|several|twice|three|two|four|five|ten|already|before|times|and|but|yesterday|last|to this|a (?:few|dozen|million))\b/,
  ],
  [
    'not my number',
    /\b(?:my|this|the|our) (?:\w+ )?(?:number|phone|cell)(?: number)? (?:isnt|is not|is no longer|not) (?!working|on file|showing|right|in\b|correct|listed|accepted|recogni|the (?:same|right|one)|updat|my (?:new|main)|new|a \w+ number|able|getting|receiv|coming|ringing|for|here|at\b|on\b|really|that|very|what|too)\w+s?\b|\b(?:my|this|our) (?:number|phone|name) (?:is|be|gets|was) (?:to be )?(?:removed|taken off|deleted|off)\b(?<!\bwas (?:removed|deleted|off|taken off))|\b(?:dont|do not) (?:remember|recall) (?:ever )?(?:giving|signing|agreeing|subscribing|opting|consenting)\b(?! (?:you )?(?:a|the) (?:coat|bag|deposit))|\bobject to (?:\w+ ){0,3}(?:messages|texts|texting|marketing|this)\b|\b(?:cancel|stop|end) my (?:number|phone)\b|\b(?:delete|erase|remove) (?:everything|anything|all) (?:you have|you got|about me|on me|of mine)\b/,
  ],
  [
    'of a group',
    /\b(?:leave|exit|quit|out of|off|remove|not be in|(?:dont|not) (?:want|wanna)(?: to)? be (?:in|on|part of))(?: (?:me|us|of|from|in|on|my|number))* (?:this|the|your|that) (?:group|thread|chat|text group|group text|group chat)\b(?! (?:discount|class|photo|order|gift))|\b(?:want|wants) no part of (?:this|these|it)\b|\b(?:dont|never|not|no)(?: \w+){0,3} (?:advertise|advertised|market|marketed|solicit|solicited) (?:to|me)\b|\b(?:no|zero) interest in (?:getting|receiving|having) (?:these|this|those|them|your|any)\b|\b(?:wants|want|need|needs) off (?:of )?(?:your|the|this) list\b|\b(?:stop|quit) with (?:these|this|it|them|those|that)(?: please| now| already)*$|\binterested (?:so )?(?:please )?stop$|\bget (?:my|this) number out of (?:your|the|there)\b|\b(?:not|isnt|no longer) at this (?:number|phone)\b|\bno (?:send|text|message) (?:me |to me )?(?:more|text|texts|message|messages|anymore|please)\b|\bno want (?:text|texts|message|messages|this)\b/,
  ],
  [
    'take me out',
    /\b(?:deregister|unregister|disenroll|unenroll|withdraw|unlist|scrub|discard|deactivate|exclude|expunge|purge|take out|cancel out)(?: \w+)? (?:me|us|myself|my (?:number|phone|name|info|account|contact)|this (?:number|phone)|our (?:number|phone))\b(?! (?:from|off) the (?:class|wait|raffle))/,
  ],
  [
    'be removed',
    /\b(?:i|we|me|us|number|name|phone|info|he|she)(?: (?:to|want|wants|wish|would|like|need|needs|needed|can|could|get|please|has|have|must|should|ask|asked|asking|request|requesting)){0,4} (?:be|get) (?:removed|taken off|taken out|deleted|unsubscribed|excluded|deregistered|left alone)\b/,
  ],
  [
    'dont add me',
    /\b(?:dont|never|not to) (?:ever )?(?:include|put|add|enroll|opt|sign|keep|leave|list) (?:me|us|my (?:number|phone|name|wife|husband|mom|dad))\b(?! (?:down for|on hold|in the (?:back|front|corner)|a|at the|outside))/,
  ],
  [
    'not my daughter',
    new RegExp(
      `\\b(?:dont|never) (?:ever )?(?:text|message|contact|sms) (?:my|our) (?:little |old |late )?(?:${PERSON}|child|children|kids|work|job|business|house|office)\\b(?=$| (?:again|anymore|ever|please|thanks|number|phone|cell|either|and|line))`,
    ),
  ],
  [
    'changed their number',
    /\b(?:\w+) (?:has |just )?changed (?:his|her|their) (?:phone |cell )?number\b|\bcambio de (?:dueno|duena|propietario)\b/,
  ],
  [
    'please stop and why',
    /\b(?:please|por favor) stop (?=(?:i|im|ive|we|my|this|these|you|your|its|thank|thanks|because|or|asap|for|immediately|its|me|all|right|today|ok|okay|before|dont|no|gracias|ya)\b)(?!for (?:a|an|the|some)\b)(?!all the way)/,
  ],
  [
    'make sure',
    /\bmake sure (?:that )?(?:i|we|she|he|my \w+) (?:dont|never|no longer|doesnt|do not) (?:ever )?(?:get|gets|receive|receives|see) (?:any |anymore |more |another |these |of |this |those )*(?:these|this|those|them|texts?|messages?|one|anything|more)\b|\b(?:rather|prefer|wish)(?: that)? (?:you|yall) (?:didnt|dont|not|wouldnt|stopped|would not|never) (?:to )?(?:text|message|contact|send|call|ever text)(?:ing)? (?:me|us|this|my|any|these)\b|\b(?:dont|never|not) (?:ever )?use (?:this|my|our) (?:number|phone)(?: anymore| again| please| for (?:texts|marketing|this))*$|\brather not (?:get|receive|have|see) (?:any |more |of )*(?:these|this|those|them|texts|messages)\b/,
  ],
  [
    'law',
    /\btelephone consumer protection\b|\b(?:text|texting|message|messaging|messages|texts|contact|contacting)(?: \w+){0,3} (?:without (?:my |any |prior )?(?:consent|permission)|is illegal|illegally|are illegal)\b|\b(?:stop|quit|cease)(?: it| this| now| texting(?: me)?)? or (?:ill|i will|im|i am|we will|my lawyer|i) (?:\w+ ){0,2}(?:report|reporting|call|calling|sue|suing|lawyer|police|cops|block|contact)\w*/,
  ],
  [
    'stop at last',
    /\b(?:now|so please|so just|so|then) stop(?: please| thanks)?$|^(?:cancel (?:me|us)|revoke all|off (?:the |this |your |of |my )*list)(?: please| now| thanks)*$/,
  ],
  [
    'my number off',
    /\b(?:take|remove|delete|drop|quit(?:e|en|a|ar)|borr(?:e|en|a|ar)|saqu(?:e|en)|elimin(?:e|en|a|ar)) (?:my|mi|this|este|mis) (?:number|numero|phone|telefono|celular)\b(?! (?:case|off the|from the (?:order|form)))/,
  ],
  [
    'text list',
    /\b(?:cancel|end|stop|leave|quit|exit)(?: \w+){0,4}? (?:text|texting|sms|message|texts) (?:list|club|program|service|alerts|group|messages|thing|things|stuff|deal|sign up)\b/,
  ],
  [
    'do I reply stop',
    /\b(?:do|should|can|must) i (?:just |have to |need to )?(?:reply|text|send|say|type) stop to (?:end|quit|cancel|opt out|unsubscribe|get off|stop)\b/,
  ],
  // Spanish
  ['dejaran de', new RegExp(`\\b${CEASE_ES}(?: ya)? de (?:estar |andar |seguir |me )?${CONTACT_ES}\\b`)],
  ['la suscripcion', new RegExp(`\\b${CEASE_ES} (?:la|mi|esta|con la) suscripcion\\b`)],
  [
    'me quitaran',
    new RegExp(
      `\\b(?:me|nos|lo|la|le) (?:quit|borr|sac|saqu|elimin|remuev|remov)\\w+ de (?:la|su|sus|esta|este|esa|todas|tu|las) ${LIST}\\b(?! de (?:espera|reserva))`,
    ),
  ],
  [
    'still after leaving',
    /\b(?:de baja|cancele|me sali|desuscribi|stop|cancelar|pedi que|borraron)\b.*\b(?:siguen?|sigo|continuan?|todavia me|aun me)\b(?: \w+)? (?:escrib|mand|envi|lleg|recib|molest|text)\w*|\b(?:siguen?|sigo|continuan?)\b(?: \w+)? (?:escrib|mand|envi|lleg|recib|molest|text)\w*\b.*\b(?:de baja|cancele|me sali|desuscribi|stop|cancelar|cancelacion)\b/,
  ],
  [
    'como salgo',
    new RegExp(
      `\\bcomo(?: (?:le|lo|me|puedo|se|hago|hacemos|hacer|para|que|quiero|podria|ya)){0,6} (?:desactiv|cancel|quit|elimin|bloque|apag|par|dej|det|saqu|sac)\\w*(?: (?:de|recibir|los|las|sus|estos|esos|el|servicio|suscripcion|a)){0,4} ${MSG}\\b|\\bcomo (?:me )?(?:borro|salgo|quito|saco|elimino|desapunto|doy) de (?:aqui|esto|ahi|esta|la|su|sus|baja)\\b(?! (?:tienda|estacionamiento))|\\b(?:salgan|salganse|fuera) de mi (?:telefono|celular)\\b|\\bpara(?: ya)? con (?:los|tus|sus|estos|tantos) ${MSG}\\b|\\bcomo (?:me )?puedo (?:salir|salirme|darme de baja|borrarme)$|\\bpara que (?:ya )?no me (?:lleguen|llegue|manden|envien|escriban)\\b(?! (?:tarde|tan|el|la|los (?!mensajes|textos))\\b)|\\bcomo le hago para (?:cancelar|salir|quitar)\\w* (?:esto|eso)\\b`,
    ),
  ],
  [
    'mi numero en paz',
    /\b(?:cancel|bloque|desactiv|dej|suelt|olvid)\w*(?: ya)? mi (?:numero|telefono|celular)(?: en paz| ya| por favor)*$|\bbloqu?ee?n?(?:me|nos)\b|\bno (?:usen?|uses|utilicen?|tengan) mi (?:numero|telefono|celular|informacion)\b/,
  ],
  ['ser contactado', /\bno (?:quiero|deseo|quisiera|acepto) (?:ser|estar siendo) (?:contactad|molestad|llamad|textead|incluid)[oa]\b/],
  [
    'dar de baja',
    /\b(?:den|de|dieran|diera|dan|das|da|dar|darme|darnos|dame|denme|deme|dense|doy)(?: \w+)? de baja\b|^baja (?:definitiva|inmediata|total|mi numero|por favor|gracias)\b|\bno (?:quiero|deseo|quisiera) (?:ya )?(?:estar|seguir|aparecer|continuar) en (?:esto|esta|este|su|sus|la|las|ninguna|tu|the|your)\b(?! (?:tienda|clase|fila|lista de espera))|\bno (?:autorizo|autorice|permito) (?:el uso|que (?:usen|tengan))\b|\bno recuerdo haber(?:me|les)? (?:dado|pedido|autorizado|aceptado|suscrito|registrado|inscrito)\b/,
  ],
  [
    'dejen de fregar',
    /\b(?:deje|dejen|deja|dejenme|dejeme|dejame|dejense)(?: ya)? de (?:estar |andar |una vez )*(?:escrib|mand|envi|freg|chin|jod|molest|fastidi|molien|insist|text|contact|busc|llam)\w*\b(?! (?:el|la|los|las|un|una) (?!mensajes|textos))|\b(?:stop|quit|dont|no more|cancel) (?:de )?(?:mandar\w*|mandando|enviar\w*|enviando|escribir\w*|escribiendo|textear\w*|texteando|mensajes|textos)\b/,
  ],
  ['quiten a mi mama', new RegExp(`\\b(?:quit|saqu|sac|borr|elimin)(?:en?|a|ar) a (?:mi|la|el|su) ${PERSON} de\\b`)],
  [
    'off a list in Spanish',
    new RegExp(
      `\\b(?:quit|borr|saqu|sac|elimin|remuev|remov|cancel|baj|desuscrib|desinscrib)(?:en?|a|ar|an?|em?|e)(?:me|nos|lo|la|le|los|las|les)(?: (?:por favor|ya|favor|gracias))? de (?:la|su|sus|esta|este|esa|todas|tu|las) ${LIST}\\b`,
    ),
  ],
  [
    'me niego',
    new RegExp(
      `\\b(?:prohib(?:o|ido|imos)|me niego a|rechazo|no (?:autorizo|permito|consiento))(?: (?:que|me|a|recibir|sus|los|estos|mas|el envio de|seguir|recibiendo)){0,5} (?:${CONTACT_ES}|${MSG})\\b|\\bsolicit\\w+ (?:la |mi |mi propia )?baja\\b`,
    ),
  ],
  ['ya no los quiero', new RegExp(`\\b${MSG}\\b.*\\bya no l[oa]s quiero\\b`)],
  [
    'numero de otro',
    /\bnumero errado\b|\bequivoc\w+ (?:el|de|su) numero\b|\bno soy (?:la|esa) persona\b|\b(?:ella|el|\w{3,}) cambio de (?:numero|telefono|celular)\b|\bpolicia\b.*\b(?:siguen?|mensajes?|escrib\w+|text\w+)\b|\b(?:siguen?|mensajes?|escrib\w+)\b.*\bpolicia\b|\baqui no hay (?:ningun|ninguna|nadie)\b|\bno (?:les |le |te |yo )*(?:he|hemos|habia|haya) dado (?:mi |ningun |el )?(?:permiso|consentimiento|autorizacion|numero)\b|\b(?:numero|telefono|celular|lista)\b.*\b(?:borr|quit|elimin|saqu|cancel)\w{1,3}l[oa]\b|\b(?:tienen?|esta|anda) mal (?:el |mi |de |su )?numero\b|\bnumero (?:esta )?mal\b$|^(?:creo que )?(?:te|se) equivoc(?:o|aron|aste)(?: de (?:numero|persona))?$|^(?:no )?aqui no (?:es|vive)(?: \w+){0,2}$|\baqui no vive (?:nadie|ningun|ninguna|ella|el|ese|esa)\b|\b(?:este |ese )?no es (?:el|su|mi) (?:numero|telefono|celular) de (?!la tienda|pedido|orden|serie|cuenta|confirm|rastreo|seguimiento)\w+$|\b(?:este|el) (?:numero|telefono|celular) (?:ya )?no es de (?!la tienda)\w+|\b\w+ ya no (?:tiene|usa) este (?:numero|telefono|celular)\b/,
  ],
];

/** Moods and hints: nobody asked in words, but texting on would be careless. */
export const MOODS: readonly Rule[] = [
  [
    'leave off',
    /\b(?:give it (?:a|up) ?rest|knock it off|cut it out|lay off|give me a break|quit (?:it|the (?:nonsense|crap|bs|bull\w*))|get over it|back off|not again|come on already|do you mind|what is wrong with you)\b/,
  ],
  [
    'too often',
    /\b(?:too many|so many|way too many|a lot|lots|tons) of (?:these|them|those|your (?:texts|messages))\b|\b(?:third|3rd|fourth|4th|fifth|5th|second|2nd|another|yet another|tenth) (?:text|message|one|promo) (?:from you |from yall )?(?:this|today|in|already|again)\b|\b(?:texts?|messages?|texting)(?: \w+){0,4} (?:every ?(?:single )?(?:day|hour|week)|all (?:the time|day|night)|constantly|non ?stop|24 7|day and night)$|\b(?:too much|excessive) (?:texting|texts|messaging|messages)\b|\b(?:mandan|escriben|llegan|envian|recibo)(?: \w+){0,2} (?:muchos|demasiados|tantos|a cada rato|a toda hora|todos los dias|diario|muy seguido|muchas veces)\b|\byou (?:sure )?text(?: me)? (?:a lot|so much|too much|constantly)\b|\bevery day with (?:these|this|the)\b|\bcada rato (?:mandan|escriben|llegan|me)\b|\bmandan (?:demasiado|mucho)\b|\b(?:mucho|demasiado|tanto) (?:mensaje|texto)\b|\bcansad[oa]s? de (?:est[oe]|tant|sus|los|que|recibir)|\bchingando\b|\bya no estoy interesad[oa]\b|\b(?:muchos|demasiados|tantos|tanto|bastantes) (?:de )?(?:mensajes|textos|mensajitos)\b/,
  ],
  [
    'asked in Spanish',
    /\bno se (?:quien|quienes|de quien) (?:es|son|eres|habla|me (?:escrib\w+|mand\w+|llam\w+|text\w+))\b|\bno conozco (?:este|ese|el|su) (?:numero|telefono)\b|\bno (?:los|las|lo|la|te|les|se quien) conozco\b|\bpor ?que (?:me|nos) (?:siguen |estan |andan )?(?:escribiendo|escriben|escribe|mandan|mandando|manda|envian|enviando|llegan?|contactan|textean|buscan|molestan)\b(?! (?:el|la|los|las|un|una) (?!mensajes|textos))|\bquien (?:es|son|me) (?:usted|ustedes|este|escribe|manda|esta|tu)\b/,
  ],
  [
    'annoyed in Spanish',
    /^ya(?: ya)+$|\bque (?:enfado|coraje|lata)\b|\bme enfadan?\b|\bme caen (?:mal|gordos?)\b|\bya chole\b|\b(?:al|vete al|vayanse al) diablo\b|\b(?:que|cuanta) (?:molestia|molestos?|lata|pesad[oa]s?|fastidio|latosos?|insistentes?|flojera con)\b|\b(?:son|eres|que) (?:unos |unas |muy |tan |bien )?(?:molestos?|pesad[oa]s?|latos[oa]s?|insistentes?|fastidios[oa]s?)\b|\bme (?:ya )?(?:cansaron|cansan|hartaron|hartan|acosan|molestan|desesperan|tienen (?:\w+ )?(?:hart[oa]|cansad[oa]))\b|\b(?:acosador\w*|acosando\w*)\b/,
  ],
  [
    'somebody died',
    new RegExp(
      `\\b${PERSON}(?: \\w+){0,3}? (?:fallecio|murio|fallecid[oa]|ya no esta con nosotros|se murio|passed away|has passed|recently passed|deceased|died)\\b(?! (?:de (?:risa|hambre|amor)|laughing|when i|of laugh|for))|\\b(?:murio|fallecio) (?:mi|el|la|su) ${PERSON}\\b`,
    ),
  ],
  [
    'asked about the number',
    /\bwho (?:sent|is sending) (?:this|these)\b|\bwhos texting\b|\bwhy do you keep (?:texting|sending|messaging)\b|\bwhy are you texting\b|\bwhere(?:d| did| d) you get (?:my|this) (?:number|info|phone)\b|^(?:he|she|mom|dad)s deceased\b|\bwho(?:se|s) (?:number|phone|texting|text) (?:is|are|me|this)\b|\bwhy (?:do|does|did|would) (?:you|yall|they) (?:have|text|message|keep|get|need) (?:my (?:number|phone|info|cell)|me (?:so|every|all|this))|\b(?:give|gave|giving) (?:you|yall) my (?:number|info|phone|cell)\b|\b(?:por que|quien|como|de donde)(?: les?)? (?:tienen?|dio|dieron|consigui\w+|sac\w+) (?:mi|este) (?:numero|telefono|celular|informacion)\b|\bquien(?:es)? (?:les )?(?:dio|dan?|autorizo) (?:permiso|autorizacion)\b|\b(?:dont|do not|doesnt) recogni[sz]e (?:this|your|the) (?:number|phone|name)\b|\bwhy (?:am i|are we) (?:on|in|getting|receiving)\b|\bwhy (?:do|did) (?:i|we) (?:get|receive|keep) (?:these|this|getting)\b|\bquien(?:es)? (?:eres|son) (?:tu|ustedes)?$|\bpor ?que me escrib\w+\b|^(?:you people again|way too often|too often|who|quien|quienes|not me|no soy yo|yo no soy|wrong|another one|otra vez|nunca mas|otra vez ustedes|ustedes otra vez|not this again|again)$/,
  ],
  [
    'low opinion',
    /^(?:(?:this|these|it|you|your|texts|messages|is|are|so|just|total|pure|what|what is|why|wow|ugh|omg|absolutely|very|getting) )*(?:ridiculous|junk|garbage|trash|crap|bullshit|bs|pathetic|insane|out of control|fed up|over it|sick of (?:it|this|you)|tired of (?:it|this|these|you))(?: (?:please|already|now|guys|wow|texts|messages))*$|\b(?:hate|despise|cant stand|dislike) (?:getting |receiving |these |your |all |the |this )*(?:texts|messages|texting|spam|ads|promos)\b|\bwhat is this (?:crap|shit|junk|garbage|spam)\b|\bagain with (?:the|these|this|your)\b|\b(?:eat|suck) (?:a|my)\b|\byour blocked\b|\byou are blocked\b|\b(?:complaint|queja formal)\b.*\b(?:text|texts|messages|mensajes|you|number|fil(?:e|ing|ed))\b|\bfil(?:e|ing|ed) (?:a|an)(?: \w+)? complaint\b|\b(?:estoy|estamos|tienen|tiene|ya|tan|que|bien|muy) hart[oa]s?\b|^hart[oa]s?$|\beff you\b|^shut it\b|\bcansan\b|^(?:\w+ )?(?:texts|messages) again$|\bridiculous amount\b|^(?:im |sorry |nope |no |nah |hi )*not interested(?: \w+)?$|^no (?:me interesa|estoy interesad[oa])(?: (?:gracias|igual|por ahora|ahorita|por el momento|de momento|la verdad))*$|\bno me interesan? (?:sus|tus|nada de)\b|\b(?:sacaron|consiguieron|tienen) mi (?:contacto|informacion|dato)\b|\b(?:ya )?me (?:canse|harte|aburri)(?: de|$)|\bget a grip\b|\b(?:largate|larguense|dejense de)\b|\bque (?:neci[oa]s?|asco|hart[oa]s?)\b|\b(?:fraude|estafador(?:es|as?)?|pendej[oa]s?|callate|idiotas?|imbecil(?:es)?)\b|^(?:es|esto es|son)? ?fals[oa]s?$|\bdemasiad[oa]s? (?:publicidad|propaganda|mensajes?|textos?|spam)\b|\b(?:cuanto mensaje|siempre mandan lo mismo)\b|^(?:murio|fallecio|passed away|pass away|deceased|dead|muerto)$|\bno me interesa(?:n)? (?:nada|para nada)\b|\b(?:para nada|nada) me interesa\b|\bya no compro (?:ahi|con ustedes|en su)\b/,
  ],
  [
    'possibly a request',
    /\b(?:quite?n?|borr[ae]n?|elimin[ae]n?|sa(?:c|qu)[ae]n?|remuev[ae]n?|desuscrib[ae]n?|cancel[ae]n?|baj[ae]n?)(?:me|nos)\b(?! (?:de (?:una|la) duda|el|la (?!lista)|los|las|un|una|unos|unas|otro|otra|\d|foto|copia|cita|cuenta|del? (?:curso|clase|apuro)))|\b(?:not|never|without|sin|dont|didnt|doesnt|havent|nunca)\b(?: \w+){0,4} (?:consent|permission|permiso|consentimiento|autorizacion)\b|\b(?:not|no longer|never|never been|not even)(?: been)?(?: a| your| one of your){0,2} (?:customer|client|subscriber)\b|\b(?:isnt|is not|no longer|not)(?: \w+){0,2} (?:her|his|their) (?:number|phone|cell)\b|\b(?:numero|telefono|celular) (?:ya )?no es\b/,
  ],
  [
    'leaving',
    /\b(?:done|finished|through) with (?:you|yall|this store|this place|this shop)\b|\bnot a customer anymore\b|\bya no soy (?:cliente|clienta)\b/,
  ],
  ['asks what stop does', /\b(?:what|que)(?: \w+){0,4} if i (?:stop|unsubscribe|opt out)\b/],
];

/** "Texts" and a "no" in one sentence, not about texts that did not come: somebody should read it before we text on. */
const REFUSAL_NEAR_MSG = new RegExp(
  `\\b(?:no|not|dont|doesnt|never|nunca|jamas|tampoco|less|fewer|without|sin|hate|odio|tired|sick|cansad[oa])\\b(?: \\w+){0,5} ${MSG}\\b|\\b${MSG}\\b(?: \\w+){0,3} (?:not|no) (?:needed|wanted|welcome|deseados|solicitados)\\b`,
);
const ABOUT_MISSING =
  /\b(?:get|got|gotten|getting|receiv\w*|see|seen|saw|came|come|coming|show\w*|open|load|work\w*|problem|worr\w*|mind|like|love|enjoy|keep|miss\w*|stop|sign|include\w*|answer\w*|repl\w*|read|reci\w*|lleg\w*|abr\w*|gusta\w*|encanta\w*|problema|preocup\w*|perder\w*|molesta|dej\w*|contest\w*|llego|veo|vi)\b/;
/** Taking something off, near a number, a list or a group: ours or not, somebody should read it first. */
const REMOVAL_NEAR_US =
  /\b(?:remove|delete|erase|unlist|deactivate|unsubscribe|quit(?:a|e|en|ar)|borr(?:a|e|en|ar)|elimin(?:a|e|en|ar)|sa(?:ca|que|quen|car)|salir|cancelo)\b(?: \w+){0,5} (?:number|list|group|system|contacts|database|numero|lista|grupo|sistema|contactos|esto)\b/;
export const refusesNearMessages = (s: string): boolean => (REFUSAL_NEAR_MSG.test(s) && !ABOUT_MISSING.test(s)) || REMOVAL_NEAR_US.test(s);

/** "…, stop" at the end of something else. */
export const STOP_TAIL =
  /[,;:.…–—-]\s*(?:please\s+|just\s+|por favor\s+)?(?:stop|alto|basta|paren)\s*(?:please|por favor|now|ya)?\s*[.!…]*\s*$/i;
/** What a "…, stop" is about when it is about us. */
export const ABOUT_TEXTS =
  /\b(?:text(?:s|ing|ed)?|messages?|messaging|spam|list|number|law|illegal|mensajes?|textos?|lista|numero|interest|interested|never (?:shopped|been|heard)|customer|person|consent|permission|phone)\b/;
/** Words that mean it even after a comma. */
export const PLAIN_TAIL =
  /[,;:…–—-]\s*(?:please |just |por favor |ya )?(?:unsubscribe(?: me)?|opt(?: me)? out|remove me|paren(?: ya)?|basta ya|stop (?:it |this |please|already)|qu[ií]ten?me|b[oó]rren?me|no m[aá]s)(?: please| por favor| now| ya)?\s*[.!]*\s*$/i;
