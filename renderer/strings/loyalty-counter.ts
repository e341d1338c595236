import type { Catalogue } from './index';

type Kind = 'visits' | 'items' | 'points';

const en = {
  title: 'Rewards',
  /** "6 of 10 visits". */
  of: (have: string, cost: string, kind: Kind) => `${have} of ${cost} ${{ visits: 'visits', items: 'items', points: 'points' }[kind]}`,
  have: (n: number, shown: string, kind: Kind) =>
    n === 1
      ? `1 ${{ visits: 'visit', items: 'item', points: 'point' }[kind]}`
      : `${shown} ${{ visits: 'visits', items: 'items', points: 'points' }[kind]}`,
  more: (n: number, shown: string, kind: Kind, gives: string) =>
    `${n === 1 ? 'One' : shown} more ${
      n === 1 ? { visits: 'visit', items: 'item', points: 'point' }[kind] : { visits: 'visits', items: 'items', points: 'points' }[kind]
    } for ${gives}`,
  ready: 'Reward ready',
  readyTimes: (n: number) => `Reward ready, ${n} times`,
  cost: (shown: string) => `for ${shown} points`,
  below: (shown: string) => `${shown} below zero: something was brought back after it had counted. The next purchases make it up.`,
  unconfirmed: (shown: string) => `${shown} noted here, still waiting for the till file`,
  expiring: (shown: string, day: string) => `${shown} can be used until ${day}, then they lapse`,
  tier: 'Tier',
  untilDay: (day: string) => `Rewards have ended. What is here can be used until ${day}.`,
  ended: 'Rewards have ended. What is here can still be used.',
  counted: 'Today is counted',
  use: 'Use reward',
  count: { visits: 'Count this visit', items: 'Count items', points: 'Add points' } satisfies Record<Kind, string>,
  byHand: 'By hand',
  join: 'Start a card',
  noCard: 'No rewards card yet. It needs no phone and no texts.',
  joined: 'Card started',
  punchTitle: { visits: 'Count this visit', items: 'Count items', points: 'Add points for a purchase' } satisfies Record<Kind, string>,
  punchBody: 'For a sale the till file has not brought yet. When the file comes, the sale takes its place; nothing counts twice.',
  amount: 'What the till says',
  amountOptional: 'What the till says (optional)',
  items: 'How many',
  receipt: 'Receipt number (optional)',
  receiptHint: 'With it, the right sale is found for sure.',
  punch: 'Count it',
  punched: (shown: string, balance: string) => `${shown} counted. Now ${balance}.`,
  handTitle: 'Change by hand',
  handBody: 'For a mistake or a kindness. It is written down with your name and the reason.',
  handMost: (n: number) => `Up to ${n} for one person a day.`,
  howMany: 'How many',
  howManyHint: 'With a minus to take away',
  reason: 'Why',
  reasons: ['The till file missed it', 'We made a mistake', 'A thank-you', 'Card from before'],
  hand: 'Change it',
  handDone: (balance: string) => `Changed. Now ${balance}.`,
  useTitle: 'Which reward?',
  cancel: 'Cancel',
  close: 'Close',
  recent: 'Lately',
  kinds: {
    earn: 'earned',
    refund: 'brought back',
    spend: 'reward',
    expire: 'lapsed',
    adjust: 'by hand',
    backfill: 'from before',
    change: 'new rewards',
    correct: 'corrected',
  },
};

export const counterLoyalty: Catalogue<typeof en> = {
  en,
  es: {
    title: 'Premios',
    of: (have, cost, kind) => `${have} de ${cost} ${{ visits: 'visitas', items: 'artículos', points: 'puntos' }[kind]}`,
    have: (n, shown, kind) =>
      n === 1
        ? `1 ${{ visits: 'visita', items: 'artículo', points: 'punto' }[kind]}`
        : `${shown} ${{ visits: 'visitas', items: 'artículos', points: 'puntos' }[kind]}`,
    more: (n, shown, kind, gives) =>
      n === 1
        ? `${{ visits: 'Una visita', items: 'Un artículo', points: 'Un punto' }[kind]} más para ${gives}`
        : `${shown} ${{ visits: 'visitas', items: 'artículos', points: 'puntos' }[kind]} más para ${gives}`,
    ready: 'Premio listo',
    readyTimes: (n) => `Premio listo, ${n} veces`,
    cost: (shown) => `por ${shown} puntos`,
    below: (shown) => `${shown} bajo cero: devolvió algo que ya había contado. Las próximas compras lo compensan.`,
    unconfirmed: (shown) => `${shown} anotado aquí, espera el archivo de la caja`,
    expiring: (shown, day) => `${shown} se puede usar hasta el ${day}, después caduca`,
    tier: 'Nivel',
    untilDay: (day) => `Los premios terminaron. Lo que hay se puede usar hasta el ${day}.`,
    ended: 'Los premios terminaron. Lo que hay todavía se puede usar.',
    counted: 'Hoy ya cuenta',
    use: 'Usar premio',
    count: { visits: 'Contar esta visita', items: 'Contar artículos', points: 'Añadir puntos' },
    byHand: 'A mano',
    join: 'Empezar tarjeta',
    noCard: 'Aún sin tarjeta de premios. No necesita teléfono ni mensajes.',
    joined: 'Tarjeta empezada',
    punchTitle: { visits: 'Contar esta visita', items: 'Contar artículos', points: 'Añadir puntos de una compra' },
    punchBody: 'Para una venta que el archivo de la caja aún no trae. Cuando llegue, la venta ocupa su lugar; nada cuenta dos veces.',
    amount: 'Lo que dice la caja',
    amountOptional: 'Lo que dice la caja (opcional)',
    items: 'Cuántos',
    receipt: 'Número de recibo (opcional)',
    receiptHint: 'Con él se encuentra seguro la venta correcta.',
    punch: 'Contar',
    punched: (shown, balance) => `${shown} contado. Ahora ${balance}.`,
    handTitle: 'Cambiar a mano',
    handBody: 'Por un error o un detalle. Queda anotado con tu nombre y el motivo.',
    handMost: (n) => `Hasta ${n} por persona y día.`,
    howMany: 'Cuántos',
    howManyHint: 'Con un menos para quitar',
    reason: 'Por qué',
    reasons: ['Faltó en el archivo de la caja', 'Fue un error nuestro', 'Un agradecimiento', 'Tarjeta de antes'],
    hand: 'Cambiar',
    handDone: (balance) => `Cambiado. Ahora ${balance}.`,
    useTitle: '¿Qué premio?',
    cancel: 'Cancelar',
    close: 'Cerrar',
    recent: 'Últimamente',
    kinds: {
      earn: 'ganado',
      refund: 'devuelto',
      spend: 'premio',
      expire: 'caducado',
      adjust: 'a mano',
      backfill: 'de antes',
      change: 'premios nuevos',
      correct: 'corregido',
    },
  },
};
