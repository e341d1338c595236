import type { Catalogue } from './index';

const en = {
  button: 'No more e-mails',
  title: (who: string) => (who === '' ? 'No more e-mails to this person?' : `No more e-mails to ${who}?`),
  body: 'E-mails stop at once, and for good. Only they can turn them on again. Texts are not changed by this.',
  go: 'Stop all e-mails',
  done: 'Stopped. They get no more e-mails from us.',
};

const es: typeof en = {
  button: 'No más correos',
  title: (who) => (who === '' ? '¿No más correos a esta persona?' : `¿No más correos a ${who}?`),
  body: 'Los correos se detienen al momento y para siempre. Solo esa persona puede activarlos otra vez. Los mensajes de texto no cambian.',
  go: 'Detener todos los correos',
  done: 'Detenido. No recibe más correos nuestros.',
};

export const mailCounter = { en, es } satisfies Catalogue<typeof en>;
