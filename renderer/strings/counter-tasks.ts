import type { Catalogue } from './index';

const en = {
  title: (n: number) => (n === 1 ? '1 thing to do for a customer' : `${n} things to do for customers`),
  hint: 'Customers asked for this by text.',
  kind: { hold: 'Hold', 'call-back': 'Call back', question: 'Question', other: 'To do' },
  somebody: 'Somebody new',
  ends: (digits: string) => `number ends in ${digits}`,
  since: 'asked',
  due: (at: string) => `until ${at}`,
  late: (at: string) => `was due ${at}`,
  said: (words: string) => `“${words}”`,
  outcome: {
    sold: 'Sold',
    'picked-up': 'Picked up',
    'never-came': 'Never came',
    answered: 'Answered',
    'not-reached': 'Not reached',
    other: 'Done',
  },
  /** What a screen reader says of a button: the ending and whose task. */
  button: (outcome: string, who: string) => `${outcome}: ${who}`,
  done: (outcome: string, who: string) => `${outcome}: ${who}`,
  undo: 'Undo',
  undone: 'Open again',
  more: (n: number) => (n === 1 ? '1 more is waiting behind these' : `${n} more are waiting behind these`),
  open: 'open',
};
export type CounterTaskWords = typeof en;

const es: CounterTaskWords = {
  title: (n) => (n === 1 ? '1 encargo de un cliente' : `${n} encargos de clientes`),
  hint: 'Lo pidieron por mensaje.',
  kind: { hold: 'Apartar', 'call-back': 'Llamar', question: 'Pregunta', other: 'Encargo' },
  somebody: 'Alguien nuevo',
  ends: (digits) => `el número termina en ${digits}`,
  since: 'lo pidió',
  due: (at) => `hasta ${at}`,
  late: (at) => `era para ${at}`,
  said: (words) => `«${words}»`,
  outcome: {
    sold: 'Vendido',
    'picked-up': 'Recogido',
    'never-came': 'No vino',
    answered: 'Contestado',
    'not-reached': 'No contesta',
    other: 'Hecho',
  },
  button: (outcome, who) => `${outcome}: ${who}`,
  done: (outcome, who) => `${outcome}: ${who}`,
  undo: 'Deshacer',
  undone: 'Abierto otra vez',
  more: (n) => (n === 1 ? 'Hay 1 más detrás de estos' : `Hay ${n} más detrás de estos`),
  open: 'abierto',
};

export const counterTasks = { en, es } satisfies Catalogue<CounterTaskWords>;
