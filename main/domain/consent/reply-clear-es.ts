import type { Rule } from './reply-words';

/** The same in Spanish, and the French words Canadian phones send. */
export const CLEAR_ES: readonly Rule[] = [
  ['no mas', /\bno (?:mas|mandar|manden|mande) (?:mas )?(?:texts?|messages?)\b/],
  ['salir de la lista', /\bsalir(?:me|nos)? de (?:la|esta|su|tu|sus) lista\b/],
  [
    'no me manden',
    /\b(?:no|nunca|ni|jamas|tampoco)(?: (?:me|nos|le|les|mas|ya|vuelva|vuelvan|vuelvas|esten|este|estes|anden|sigan|siga|sigas|quiero que|quiero q|quisiera que|deseo que|necesito que|hace falta que|a|anden|ande)){0,8} (?:mand(?:e|en|es|ar|arme|arnos|ando|andome|eis|enme)|envi(?:e|en|es|ar|arme|arnos|ando|andome|eis|enme)|escrib(?:a|an|as|ir|irme|irnos|iendo)|contact(?:e|en|es|ar|arme|arnos)|molest(?:e|en|es|ar|arme|ando)|text(?:ee|een|ees|ear|earme)|mensaje(?:e|en|es|ar)|notifi(?:que|quen|car|carme)|spame(?:e|en|es|ar)|acos(?:e|en|ar)|fastidi(?:e|en|es|ar)|insist(?:a|an|as|ir))\b(?! (?:el|la|los|las|un|una|ese|esa|esos|esas|mi|mis)(?! (?:\w+ )?(?:mensajes?|textos?|sms|promociones|promos?|ofertas|publicidad|anuncios|spam|notificaciones|mas)\b))/,
  ],
  ['no me llamen', /\bno me (?:llame|llamen|llames|llamar|vuelvan a llamar)\b(?!.*\b(?:mande|manda|texto|mensaje|escrib)\w*)/],
  [
    'ya no quiero',
    /\bya no(?: (?:me|nos|quiero|deseo|necesito|quisiera|que|mas|por favor|recibir|interesan|interesa|estar|sus|estos|esos|tus|los|las|de|interesada|interesado|estoy|en|tantos|saber|nada|seguir|recibiendo|sigan|siga|mande|manden|mandes|envie|envien|envies)){0,8} (?:mensajes?|textos?|sms|promociones|promos?|ofertas|publicidad|anuncios|spam|notificaciones|suscripcion|lista|recibir|mande|manden|mandes|manda|mandan|envie|envien|envies|enviar|mandar|escriba|escriban|escribas|escribir|contacte|contacten|moleste|molesten|molestes|llame|llamen|texteen|recibirlos|recibirlas|recibiendo|saber de ustedes|mandar mas|seguir recibiendo)\b/,
  ],
  [
    'dejen de',
    /\b(?:deje|dejen|deja|dejar|dejes|dejad|paren|pare|para|parar|parenle|parale|basta|cesen|cese|eviten|evite|detengan|detenga|terminen|acaben|ya paren|deben)(?: (?:ya|por favor|de una vez|todos|favor|con|de|a)){0,8}(?: de)(?: (?:me|estar|andar|nos|ya)){0,8} (?:mand|envi|escrib|molest|contact|llam|text|mensaj|spam|fastidi|jod|chingar|acos|insist|notific|public|hostig|recib)\w*/,
  ],
  [
    'dejen de',
    /\b(?:paren|pare|parar|basta|alto|stop|deten|detener|detenga|detengan|cese|cesen|cancele|cancelen|cancela|cancelar|cancelo|cancelar|suspendan|suspenda|suspender|eliminen|quiten|dejen|termine|terminen|anule|anulen|desactiven|desactivar|desactive|evitar|parenle|parale|no mas|nomas|no|cero|sin|bloqueen)(?: (?:con|a|de|ya|los|las|el|la|sus|tus|estos|esos|estas|esas|tanto|tantos|tantas|mas|mis|mandar|enviar|mi|todos|todas|por favor|este|esta|molestos|recibir|envio|envios|el envio de|mandando|enviando)){0,8} (?:mensajes?|mensajitos|textos?|sms|spam|promociones|publicidad|anuncios|notificaciones|alertas|suscripcion|propaganda)\b(?! (?:de confirmacion|no (?:me )?lleg))/,
  ],
  [
    'dejenme en paz',
    /\b(?:dejenme|dejeme|dejame|dejen|deja|dejenos|me dejan|me deje|me dejen)(?: (?:ya|por favor|me)){0,8} (?:en paz|tranquil[oa]|sol[oa]|quiet[oa])\b/,
  ],
  ['mandenme no', /\b(?:no (?:molestar|molesten|moleste|molestes|insistan|insista)(?: mas)?)\b/],
  [
    'quitenme',
    /\b(?:quit|borr|elimin|sac|saqu|remuev|remov|baj|exclu|tach|desact)(?:en?|a|ar|er|an|e|ir|yan|ya)?(?:me|nos)\b(?! (?:de )?(?:una? |la |el |las |los |de )?(?:duda|dudas|pregunta|cargo|talla|foto|copia|zapatos|botas|cita|cuenta|mancha|unos|unas|arruga|par|el precio)\b)(?! (?:un|una|unos|unas|el|los|las)\b)/,
  ],
  [
    'quiten mi numero',
    /\b(?:quit(?:a|e|en|ar|es|enlo)|borr(?:a|e|en|ar|es)|elimin(?:a|e|en|ar|es)|sac(?:a|ar)|saqu(?:e|en|es)|remuev(?:a|an|e|as)|remover|olvid(?:a|e|en|ar|ense|ate|en)|pierd(?:a|an|e)|bloque(?:e|en|a|ar)|retir(?:a|e|en|ar))(?: (?:de|por favor|ya|favor|el|la|su|tu|mi|este|mis|lista)){0,8} (?:numero|telefono|celular|cel|contacto|nombre|datos|lista)\b(?! de (?:la )?(?:orden|cita|reserva|espera))/,
  ],
  [
    'de baja',
    /\b(?:dar|darme|dame|deme|denme|den|doy|darnos|darse|quiero|solicito|pido|causar|das|dan|da)(?: (?:me|la|una|por favor)){0,8} ?(?:de )?baja\b(?! (?:calidad|talla|temporada|de precio|en|del precio))/,
  ],
  [
    'no quiero mensajes',
    /\b(?:no|nunca|jamas|tampoco)(?: (?:me|nos|le|les|quiero|deseo|necesito|interesan?|autorizo|autorice|acepto|acepte|solicite|solicito|pedi|pido|di|quisiera|gustan?|requiero|recibir|ver|tener|saber|mas|que|sus|tus|estos|esos|estas|esas|los|las|de|ningun|ninguna|tipo|seguir|recibiendo|aceptare|recuerdo|estoy|interesad[oa]|en|ya|tantos|tantas|haber|pedido|este|ese|su|clase|su)){1,8} (?:mensajes?|mensajitos|textos?|sms|notificaciones|promociones|promos?|ofertas|publicidad|spam|alertas|anuncios|suscripcion|propaganda|texts?|nada de ustedes|esta lista|su lista|la lista)\b(?! (?:y|de confirmacion))/,
  ],
  [
    'no quiero recibir',
    /\b(?:no|ya no)(?: (?:quiero|deseo|me interesa|quisiera|necesito|acepto))(?: (?:seguir|mas)){0,8} (?:recibir|recibiendo|recibirlos|recibirlas)(?: (?:mas|nada|esto|estos|por favor|gracias|ya)){0,8}$|\bno (?:autorizo|permito|acepto) que (?:me|nos) \w+|\bme (?:borren|borre|quiten|quite|saquen|saque|eliminen|elimine|remuevan|(?:puede|pueden|podria|podrian) (?:quitar|borrar|sacar|eliminar|remover))\b(?! (?:el|la|los|las|un|una|unos|unas)\b)|\bno (?:quiero|deseo)(?: mas)? (?:nada (?:de ustedes|con ustedes|mas)|que me (?:contact|escrib|mand|envi|molest|llam)\w+|saber (?:nada )?de ustedes|estar en (?:su|la|esta|ninguna) lista|estar suscrit[oa])/,
  ],
  [
    'no me suscribi',
    /\b(?:nunca|no|jamas|quien|yo no)(?: (?:me|les|le|yo|nos|recuerdo|haberme|he|jamas)){0,8} (?:suscrib[ií]?|suscrito|registre|registrado|inscribi|inscrito|apunte|apuntado|autorice|autorizado|di (?:mi )?(?:numero|permiso|consentimiento|telefono|mi)|pedi (?:esto|estos|eso|nada|recibir|que)|solicite (?:esto|estos|nada)|acepte (?:esto|estos|recibir|nada))\b/,
  ],
  [
    'wrong-number',
    /\b(?:numero|persona|telefono|contacto) (?:equivocad[oa]|incorrect[oa]|errone[oa])\b(?! de (?:zapat|tall|ord|ped|bot|calz)\w*)|\b(?:se equivoc\w+|equivocad[oa]s?|estas? equivocad[oa]|te equivocaste)(?: (?:de|usted|ustedes|estan|esta)){0,8} (?:numero|persona|telefono)\b|^(?:esta |estas |estan )?equivocad[oa]s?$|\b(?:este|ese) (?:ya )?(?:numero |telefono )?no es (?:el |su |de |mas )?(?:\w+ ){0,3}(?:numero|telefono|celular)\b|\b(?:este|el) (?:numero|telefono) (?:ya )?no (?:es|pertenece|corresponde)\b|\bya no (?:es|tiene) (?:su|este|el) (?:numero|telefono)\b|\bse equivocaron$/,
  ],
  [
    'retiro mi permiso',
    /\b(?:revoco|retiro|revocar|retirar|cancelo|anulo|quito)(?: (?:mi|el|todo|cualquier)){0,8} (?:consentimiento|permiso|autorizacion|suscripcion)\b|\bsin mi (?:permiso|consentimiento|autorizacion)\b/,
  ],
  [
    'denuncia',
    /\b(?:voy a|vamos a|les voy a|los voy a|te voy a|lo voy a|la voy a|las voy a) (?:reportar|denunciar|demandar)\w*|\b(?:reportare|denunciare|demandare|los reporto|los denuncio|los demando|denuncia|demanda legal|acoso|hostigamiento)\b|\b(?:mi|con (?:un|el|mi)|un|nuestro) abogad[oa]\b(?=.*\b(?:contact\w*|hablar\w*|llam\w*|escrib\w*|mensajes?|textos?|demand\w*|ustedes|comunic\w*|sabr\w*|saber|legal|encarg\w*)\b)|\b(?:hablar|consultar|contactar|llamar)(?:e|a)? (?:con |a )?(?:mi|un|el) abogad[oa]\b/,
  ],
  [
    'arretez',
    /\b(?:arretez|arrete|arreter|cessez|ne (?:plus|me)|plus de)(?: (?:de|d|m|me|les|ces|vos|plus)){0,8} (?:envoy\w+|menvoy\w+|text\w+|messages?|sms|contacter|ecrire)\b|\bmenvoyer\b/,
  ],
];
