import type { ChannelOutput } from '@contract/index';
import type { Catalogue } from './index';

type Reason = ChannelOutput<'consent/when'>['why'][number]['reason'];

interface Words {
  label: string;
  now: (until: string | null) => string;
  from: (at: string) => string;
  /** Beside quiet hours: what the clock says where they are. */
  clock: (times: string) => string;
  reasons: Record<Reason, string>;
}

export const whenWords: Catalogue<Words> = {
  en: {
    label: 'When they can be texted',
    now: (until) => (until ? `Can be texted now, until ${until}` : 'Can be texted now'),
    from: (at) => `Can be texted from ${at}`,
    clock: (times) => `It is ${times} where they are.`,
    reasons: {
      'no-phone': 'No phone number.',
      landline: 'A landline: texts do not arrive there.',
      'toll-free': 'A toll-free number: ask for a mobile number.',
      country: 'Real texts go to US numbers only for now.',
      'not-agreed': 'They have not agreed to texts.',
      'opted-out': 'They asked us to stop. Only they can start it again.',
      held: 'One of their replies waits for a decision.',
      paused: 'Paused: a long silence, or they chose e-mail. They can turn texts on again at the counter.',
      'carrier-stop': 'They texted STOP. Only their own START lifts it.',
      'not-asked': 'They have not answered our question yet.',
      'too-late': 'Too late to answer that now.',
      'asked-recently': 'We asked this number less than 90 days ago.',
      'stale-sign-up': 'That sign-up is too old: ask again at the counter.',
      'bad-number': 'The phone company says this number gets no texts.',
      'shop-not-named': 'The text does not say who it is from.',
      'stop-not-said': 'The text does not say how to stop.',
      'replies-unread': 'Replies must be read first.',
      'sender-not-approved': 'The phone companies have not approved our number yet.',
      'confirmation-first': 'New sign-up: the first offer waits a day after the confirmation.',
      'quiet-hours': 'Outside texting hours there.',
      'month-used': 'Had all the texts promised for this month.',
      'texted-recently': 'Had a text a few days ago.',
    },
  },
  es: {
    label: 'Cuándo se le puede escribir',
    now: (until) => (until ? `Se le puede escribir ahora, hasta las ${until}` : 'Se le puede escribir ahora'),
    from: (at) => `Se le puede escribir desde el ${at}`,
    clock: (times) => `Allí son las ${times}.`,
    reasons: {
      'no-phone': 'Sin teléfono.',
      landline: 'Es un teléfono fijo: ahí no llegan los mensajes.',
      'toll-free': 'Es un número gratuito: pide un celular.',
      country: 'Por ahora solo se envía de verdad a números de EE. UU.',
      'not-agreed': 'No ha aceptado recibir mensajes.',
      'opted-out': 'Nos pidió parar. Solo esa persona puede activarlos otra vez.',
      held: 'Una de sus respuestas espera una decisión.',
      paused: 'En pausa: mucho tiempo sin señales, o prefirió el correo. Puede volver a activarlos en el mostrador.',
      'carrier-stop': 'Envió STOP. Solo su propio START lo levanta.',
      'not-asked': 'Aún no ha contestado nuestra pregunta.',
      'too-late': 'Ya es tarde para contestar eso.',
      'asked-recently': 'Preguntamos a este número hace menos de 90 días.',
      'stale-sign-up': 'Se apuntó hace demasiado: pregúntale otra vez en el mostrador.',
      'bad-number': 'La compañía telefónica dice que este número no recibe mensajes.',
      'shop-not-named': 'El mensaje no dice de quién es.',
      'stop-not-said': 'El mensaje no dice cómo parar.',
      'replies-unread': 'Primero hay que leer las respuestas.',
      'sender-not-approved': 'Las compañías telefónicas aún no aprueban nuestro número.',
      'confirmation-first': 'Recién apuntado: la primera oferta espera un día tras la confirmación.',
      'quiet-hours': 'Fuera del horario de mensajes allí.',
      'month-used': 'Ya recibió todos los mensajes prometidos este mes.',
      'texted-recently': 'Recibió un mensaje hace pocos días.',
    },
  },
};
