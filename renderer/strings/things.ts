import type { Catalogue } from './index';

type Kind = 'warranty' | 'service' | 'refill' | 'other';

/** Things somebody has, with a day that matters. */
const en = {
  title: 'Things with a date',
  tool: 'Add a date',
  kinds: { warranty: 'Warranty ends', service: 'Service due', refill: 'Used up', other: 'Other day' } as Record<Kind, string>,
  what: 'Of what?',
  kind: 'What happens then?',
  due: 'On which day?',
  bought: 'Bought on (optional)',
  fromSales: 'From what they bought',
  save: 'Note it',
  saved: 'Noted.',
  line: (kind: string, day: string) => `${kind} ${day}`,
  done: 'Done',
  again: 'Not done',
  over: 'past',
  terms: {
    title: 'After how long is it bought again?',
    hint: 'For goods that are used up. “Time to buy again” goes by these days.',
    category: 'Category, as the till names it',
    days: 'Days',
    add: 'Add',
    remove: (c: string) => `Remove ${c}`,
    every: (n: number) => (n === 1 ? 'after 1 day' : `after ${n} days`),
    learnt: 'as your sales show',
    usual: (n: number, pairs: number) => `Your sales: usually after ${n} days (${pairs} repeat purchases).`,
    use: 'Use it',
    none: 'Your sales show no repeat purchases of this yet.',
    empty: 'None yet. Add a category such as coffee, razors or filters.',
  },
};
export type ThingWords = typeof en;

const es: ThingWords = {
  title: 'Cosas con fecha',
  tool: 'Anotar una fecha',
  kinds: { warranty: 'Fin de la garantía', service: 'Toca revisión', refill: 'Se acaba', other: 'Otro día' },
  what: '¿De qué?',
  kind: '¿Qué pasa ese día?',
  due: '¿Qué día?',
  bought: 'Comprado el (opcional)',
  fromSales: 'De lo que compró',
  save: 'Anotarlo',
  saved: 'Anotado.',
  line: (kind, day) => `${kind}: ${day}`,
  done: 'Hecho',
  again: 'No está hecho',
  over: 'pasado',
  terms: {
    title: '¿Cada cuánto se vuelve a comprar?',
    hint: 'Para lo que se gasta. «Toca comprar otra vez» se guía por estos días.',
    category: 'Categoría, como la llama la caja',
    days: 'Días',
    add: 'Añadir',
    remove: (c) => `Quitar ${c}`,
    every: (n) => (n === 1 ? 'a 1 día' : `a los ${n} días`),
    learnt: 'según tus ventas',
    usual: (n, pairs) => `Tus ventas: normalmente a los ${n} días (${pairs} compras repetidas).`,
    use: 'Usarlo',
    none: 'Tus ventas aún no muestran compras repetidas de esto.',
    empty: 'Ninguna todavía. Añade una categoría, como café o filtros.',
  },
};

export const things = { en, es } satisfies Catalogue<ThingWords>;
