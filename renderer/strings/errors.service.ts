import type { ErrorCode } from '@domain/errors';
import type { ErrorText } from './errors';

/** What can go wrong with orders, notices to buyers, deliveries and things with a date. */
export const errorsOfService: Record<
  Extract<ErrorCode, `order.${string}` | `notice.${string}` | `delivery.${string}` | `thing.${string}`>,
  ErrorText
> = {
  'order.not-found': { title: 'This order is no longer open', next: 'Somebody may have closed it. Look at what is left.' },
  'order.bad-state': { title: 'Somebody was quicker with this order', safe: 'Nothing was changed.', next: 'Look at how it stands now.' },
  'notice.not-found': { title: 'This notice is no longer here', next: 'Choose another one from the list.' },
  'notice.bad-state': {
    title: 'This notice was sent already',
    safe: 'Nobody is told twice.',
    next: 'Make a new one if there is more to say.',
  },
  'notice.promo': {
    title: 'A notice must not advertise',
    safe: 'Nothing was sent.',
    next: 'Take the marked words out. With them the text would be marketing, for which most buyers gave no permission.',
  },
  'notice.nobody': {
    title: 'Nobody is known to have bought this in that time',
    safe: 'Nothing was sent.',
    next: 'Look at the goods and the days, or import the till file of that time.',
  },
  'notice.changed': {
    title: 'Something changed since you looked',
    safe: 'Nothing was sent.',
    next: 'Look at the people, the words and the price once more, then send.',
  },
  'delivery.not-found': { title: 'This delivery is no longer here', next: 'Choose another one from the list.' },
  'delivery.empty': { title: 'Nothing stands in this delivery yet', next: 'Type, scan or import what came.' },
  'delivery.changed': {
    title: 'Something changed since you looked',
    safe: 'Nobody was texted.',
    next: 'Look at the people and the price once more, then text them.',
  },
  'delivery.bad-file': {
    title: 'No list of goods could be read from this file',
    next: 'Save it as CSV with a line of headings, such as Item, Size, Price and Barcode.',
  },
  'delivery.bad-state': {
    title: 'This delivery was told already',
    safe: 'Nobody is texted twice.',
    next: 'Start a new one for what came since.',
  },
  'thing.not-found': { title: 'This is no longer noted here', next: 'Look at the person once more.' },
};

/** For the counter. */
export const errorsOfServiceEs: Partial<Record<ErrorCode, ErrorText>> = {
  'order.not-found': { title: 'Este pedido ya no está abierto', next: 'Quizá alguien lo cerró. Mira los que quedan.' },
  'order.bad-state': { title: 'Alguien fue más rápido con este pedido', safe: 'No se cambió nada.', next: 'Mira cómo está ahora.' },
  'thing.not-found': { title: 'Esto ya no está anotado', next: 'Mira otra vez la ficha.' },
};
