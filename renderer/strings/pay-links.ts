import type { Catalogue } from './index';

const en = {
  open: 'Link to pay',
  /** What a screen reader says of a button: what it does and for whom. */
  for: (what: string, who: string) => `${what}: ${who}`,
  title: (who: string) => `A link to pay for ${who}`,
  hint: 'Make the link in your till or bank app and paste it here. It goes into the conversation in our words.',
  label: 'Link',
  send: 'Text it',
  sent: 'On its way',
  sentLater: (at: string) => `Leaves ${at}`,
  again: 'Another link',
  paid: 'Paid',
  notPaid: 'Not paid after all',
  cancel: 'Close',
  states: {
    waits: () => 'link waits to leave',
    left: (at: string) => `link texted ${at}`,
    failed: () => 'link did not arrive',
    paid: (at: string, by: string) => (by ? `paid ${at}, says ${by}` : `paid ${at}`),
    bought: (at: string) => `bought ${at}, says the till`,
  },
};
export type PayLinkWords = typeof en;

const es: PayLinkWords = {
  open: 'Enlace de pago',
  for: (what, who) => `${what}: ${who}`,
  title: (who) => `Un enlace de pago para ${who}`,
  hint: 'Crea el enlace en tu caja o en la app del banco y pégalo aquí. Se envía en la conversación con nuestras palabras.',
  label: 'Enlace',
  send: 'Enviarlo',
  sent: 'En camino',
  sentLater: (at) => `Sale ${at}`,
  again: 'Otro enlace',
  paid: 'Pagado',
  notPaid: 'Al final no pagó',
  cancel: 'Cerrar',
  states: {
    waits: () => 'el enlace espera para salir',
    left: (at) => `enlace enviado ${at}`,
    failed: () => 'el enlace no llegó',
    paid: (at, by) => (by ? `pagado ${at}, dice ${by}` : `pagado ${at}`),
    bought: (at) => `compró ${at}, dice la caja`,
  },
};

export const payLinks = { en, es } satisfies Catalogue<PayLinkWords>;
