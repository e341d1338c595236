import type { ErrorCode } from '@domain/errors';
import type { ErrorText } from './errors';
import { errorsOfServiceEs } from './errors.service';

/** Spanish for whatever can happen at the counter or on a staff screen; the owner's screens fall back to English. */
export const errorsEs: Partial<Record<ErrorCode, ErrorText>> = {
  ...errorsOfServiceEs,
  bug: {
    title: 'Algo falló en Regulars',
    safe: 'No se perdió nada de lo guardado.',
    next: 'Inténtalo otra vez. Si se repite, copia los detalles y envíanoslos.',
  },
  'session.locked': { title: 'La pantalla está bloqueada', next: 'Escribe tu PIN para seguir.' },
  'session.owner-only': { title: 'Solo el dueño puede hacer esto', next: 'Pide al dueño que escriba su PIN.' },
  'session.wrong-pin': { title: 'El PIN no es correcto', next: 'Inténtalo otra vez.' },
  'session.too-many-tries': {
    title: 'Demasiados PIN equivocados',
    safe: 'El mostrador sigue funcionando.',
    next: (p) => `Espera ${typeof p['seconds'] === 'number' ? p['seconds'] : 60} segundos e inténtalo otra vez.`,
  },
  'input.invalid': {
    title: 'Falta algo o no se puede leer',
    safe: 'Lo que escribiste sigue aquí.',
    next: 'Revisa las casillas marcadas e inténtalo otra vez.',
  },
  'shop.disk-full': {
    title: 'El disco está lleno',
    safe: 'Lo guardado hasta ahora está seguro. El último paso no se guardó.',
    next: 'Avisa al dueño para liberar espacio.',
  },
  'shop.retired': {
    title: 'Esta tienda se mudó a otra computadora',
    safe: 'Aquí se puede mirar todo; no se cambia ni se envía nada.',
    next: 'Usa la otra computadora, o avisa al dueño.',
  },
  'backend.restarted': {
    title: 'Una parte de Regulars tuvo que reiniciarse',
    safe: 'Todo lo guardado está seguro y ningún mensaje sale dos veces.',
    next: 'Repite el último paso, por favor.',
  },
  'customer.not-found': { title: 'Esta persona ya no está aquí', next: 'Búscala otra vez.' },
  'customer.bad-phone': { title: 'Esto no parece un número de teléfono', next: 'Escríbelo con el código de área, como (212) 555-0142.' },
  'customer.bad-email': { title: 'Esto no parece un correo electrónico', next: 'Necesita una @ y un final, como ana@example.com.' },
  'customer.same-number': {
    title: 'Otra persona tiene este número',
    safe: 'No se cambió nada.',
    next: 'Abre a esa persona y comprueba si es la misma.',
  },
  'customer.merge-texting': {
    title: 'Todavía está saliendo un mensaje para una de las dos',
    safe: 'No se cambió nada.',
    next: 'Espera a que salga, o pausa su campaña, e inténtalo de nuevo.',
  },
  'customer.merge-not-found': {
    title: 'Esto ya se deshizo',
    safe: 'Las dos personas siguen ahí.',
    next: 'Búscalas entre tus clientes.',
  },
  'customer.merge-built-on': {
    title: 'Esta persona se unió después con otra',
    safe: 'No se cambió nada.',
    next: 'Deshaz primero la unión más reciente y luego esta.',
  },
  'consent.already-in': { title: 'Ya recibe mensajes de la tienda', next: 'No hay nada que hacer.' },
  'consent.carrier-stop': {
    title: 'Envió STOP desde este teléfono',
    safe: 'Nadie puede deshacerlo por esa persona, y no le enviaremos mensajes.',
    next: 'Si quiere volver, envía START a nuestro número.',
  },
  'consent.under-age': { title: 'Es demasiado joven para apuntarse', next: 'No guardes su número.' },
  'consent.own-act-only': {
    title: 'Solo el cliente puede pedir más',
    next: 'Gira la pantalla hacia el cliente, o que mande un mensaje a la tienda. Reducir siempre se puede.',
  },
  'consent.opted-out': {
    title: 'Pidió no recibir mensajes',
    safe: 'No se envió ningún mensaje.',
    next: 'Puede apuntarse otra vez en el mostrador si lo desea.',
  },
  'pay.bad-link': {
    title: 'Esto no es un enlace de pago',
    safe: 'No se envió nada.',
    next: 'Copia el enlace completo de tu caja o banco. Empieza con «https».',
  },
  'pay.not-sendable': { title: 'Aquí ya no hay nada que pagar', next: 'Ya está hecho, o no tiene enlace.' },
  'offer.not-found': { title: 'Esta oferta ya no está', next: 'Pregunta al dueño.' },
  'offer.code-unknown': { title: 'No conocemos este código', next: 'Pide ver el mensaje y escríbelo otra vez.' },
  'offer.code-typo': { title: 'Hay un error en este código', next: 'Una letra o un número no coincide. Revísalo y escríbelo otra vez.' },
  'offer.code-used': { title: 'Este código ya se usó', next: 'Cada código vale una vez. Abajo se ve cuándo se usó.' },
  'offer.code-expired': { title: 'Este código ha vencido', next: 'Pregunta al dueño si quiere aceptarlo.' },
  'offer.code-void': { title: 'Este código fue retirado', next: 'Pregunta al dueño si tienes dudas.' },
  'offer.code-locked': {
    title: 'Demasiados códigos equivocados',
    safe: 'Buscar personas sigue funcionando.',
    next: (p) => `Espera ${typeof p['seconds'] === 'number' ? p['seconds'] : 60} segundos e inténtalo otra vez.`,
  },
  'offer.not-yet': { title: 'Esta oferta aún no empieza', next: 'Di desde cuándo vale. El dueño puede aceptarla ahora.' },
  'offer.wrong-day': { title: 'Esta oferta no vale hoy', next: 'Di qué días vale. El dueño puede aceptarla ahora.' },
  'offer.wrong-hour': { title: 'Esta oferta no vale a esta hora', next: 'Di de qué hora a qué hora vale. El dueño puede aceptarla ahora.' },
  'offer.club-only': {
    title: (p) => `Esta oferta es para miembros de «${String(p['es'])}»`,
    next: 'Puede unirse ahora: en la pantalla del cliente, en sus preferencias, o con la palabra del club por texto.',
  },
  'offer.members-only': { title: 'Esta oferta es para miembros', next: 'Apúntalo primero, o dale una tarjeta: así funciona.' },
  'offer.find-member': {
    title: 'Esta oferta es para miembros',
    next: 'Busca primero a la persona por nombre o número y canjéala desde ahí.',
  },
  'offer.below-minimum': { title: 'Gasta muy poco para esta oferta', next: 'Dile desde qué importe vale. El dueño puede aceptarla.' },
  'offer.member-used': { title: 'Este miembro ya la usó', next: 'Cada miembro puede usarla las veces que dice la oferta.' },
  'offer.all-used': {
    title: 'Ya no queda ninguna',
    next: (p) => `Valía para los primeros ${typeof p['most'] === 'number' ? p['most'] : ''}. Díselo con amabilidad.`,
  },
  'offer.path-used': {
    title: 'Ya usó otro código de estos mensajes',
    safe: 'No se canjeó nada.',
    next: 'A cada persona le toca uno. Si el otro se canjeó por error, deshazlo y este vuelve a valer.',
  },
  'link.not-found': {
    title: 'Este recibo ya no está pendiente',
    next: 'Puede que ya esté unido, o deshecho. Mira la página de la persona.',
  },
  'link.no-sale': { title: 'Esta venta ya no está en la tienda', next: 'Su archivo se retiró. Escribe otra vez el número del recibo.' },
  'link.belongs-to-other': {
    title: 'La caja conoce a este cliente como otra persona',
    safe: 'No se cambió nada. El número queda guardado para el dueño.',
    next: 'El dueño decide en la página de la persona.',
  },
  'link.newer': {
    title: 'Este cliente de la caja pasó después a otra persona',
    safe: 'No se cambió nada.',
    next: 'Deshaz primero el enlace más reciente, en la página de esa persona.',
  },
  'link.not-undoable': {
    title: 'Ahora solo el dueño puede deshacerlo',
    safe: 'No se cambió nada.',
    next: 'El personal puede deshacerlo el mismo día.',
  },
  'counter-task.not-found': { title: 'Este encargo ya está hecho', next: 'Alguien fue más rápido. Mira los que quedan.' },
  'later.not-open': { title: 'Ya no está en la lista', next: 'Alguien fue más rápido, o se deshizo.' },
  'photo.unreadable': {
    title: 'No se puede abrir esta foto',
    next: 'Sirven JPG y PNG. En un iPhone, compártela como «Más compatible» o envíatela por correo: así el HEIC pasa a JPG.',
  },
  'counter.not-in-front': { title: 'Primero busca a esta persona', next: 'Búscala por nombre, número o tarjeta; entonces funciona.' },
  'counter.not-undoable': { title: 'Esto ya no se puede deshacer', next: 'Corrígelo a mano o avisa al dueño.' },
  'offer.not-undoable': { title: 'Ya no se puede deshacer', next: 'Ha pasado demasiado tiempo. Avisa al dueño.' },
  'loyalty.off': {
    title: 'Los premios están apagados',
    safe: 'No se cambió nada.',
    next: 'El dueño puede encenderlos en Ofertas, Premios.',
  },
  'loyalty.counted-today': {
    title: 'El día de hoy ya está en su tarjeta',
    safe: 'No se añadió nada.',
    next: 'La tarjeta cuenta una visita al día. Si falta algo, añádelo a mano con el motivo.',
  },
  'loyalty.receipt-counted': {
    title: 'Este recibo ya está en una tarjeta',
    safe: 'No se añadió nada.',
    next: 'Mira otra vez el número. Cada recibo cuenta una vez.',
  },
  'loyalty.sale-counted': {
    title: 'Una compra de hoy ya está en su tarjeta',
    safe: 'No se añadió nada.',
    next: 'La trajo el archivo de la caja. Si esta era otra, cuenta cuando llegue el próximo archivo.',
  },
  'loyalty.below-least': {
    title: 'Es muy poco para contar',
    safe: 'No se añadió nada.',
    next: 'Mira qué piden los premios. Puedes añadir algo a mano con el motivo.',
  },
  'loyalty.staff-most': {
    title: 'Es más de lo que el personal puede añadir al día',
    safe: 'No se añadió nada.',
    next: (p) => `Hasta ${typeof p['most'] === 'number' ? p['most'] : 'unos pocos'} por persona y día. El dueño puede añadir más.`,
  },
  'loyalty.not-enough': {
    title: 'No alcanza para este premio',
    safe: 'No se dio nada.',
    next: 'Puede que su tarjeta haya cambiado hace un momento. Mírala otra vez.',
  },
  'draw.not-found': { title: 'Ese sorteo ya no está aquí', next: 'Vuelva a la lista de sorteos.' },
  'draw.not-open': { title: 'Este sorteo no acepta participaciones ahora', next: 'Mire sus fechas: quizá no ha empezado o ya terminó.' },
  'draw.entered-already': {
    title: 'Ya participa en este sorteo',
    safe: 'Cada persona participa una vez.',
    next: 'No hace falta nada más.',
  },
};
