import type { Catalogue } from './index';

interface Words {
  label: string;
  hint: string;
  /** Nobody typed one: the number and the ZIP code say where. */
  guessed: string;
  bad: string;
}

/** The zone of a person, where somebody knows it better than their number. */
export const livesIn: Catalogue<Words> = {
  en: {
    label: 'Lives in the time zone',
    hint: 'Only when you know it: it decides at what hour they are texted.',
    guessed: 'Told by number and ZIP code',
    bad: 'This is not a time zone.',
  },
  es: {
    label: 'Vive en la zona horaria',
    hint: 'Solo si la sabes: decide a qué hora se le escribe.',
    guessed: 'Según el número y el código postal',
    bad: 'Esto no es una zona horaria.',
  },
};
