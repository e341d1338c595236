import type { Catalogue } from './index';

const en = {
  invite: (name: string) => `New here, ${name}? Try three things of the counter first. Two minutes, nothing is saved.`,
  start: 'Try it',
  later: 'Not now',
  title: 'Try the counter',
  pretend: 'Practice: these people are made up and nothing is saved.',
  step: (n: number, of: number) => `${n} of ${of}`,
  leave: 'Leave practice',
  next: 'Next',
  find: {
    title: 'Find somebody',
    task: 'Ana García is at the counter. Her number ends in 0123. Type those digits, or some letters of her name, and choose her.',
    box: 'Name, number or code',
    nobody: 'Nobody yet. Two letters or digits are enough.',
    wrong: (name: string) => `That is ${name}. Look at the last four digits.`,
    good: 'That is her. On the real counter you also see her offers and her notes.',
    ends: (end: string) => `ends in ${end}`,
  },
  redeem: {
    title: 'Redeem her code',
    task: (code: string) => `Ana shows you a text with the code ${code}. Scan it or type it, then press Enter.`,
    box: 'Code',
    typo: 'One letter or digit is off. Look again: there is no letter O, I, L, U or S in a code.',
    other: 'That is another code. Hers is on her phone.',
    key: 'Key 10% off into the till as TEXT10',
    receipt: 'Then the number on the receipt, if you have it at hand:',
    receiptBox: 'Receipt number',
    done: 'Done',
    skip: 'Skip',
    good: 'Redeemed. Pressed by mistake? It can be taken back all day, under the last things done.',
  },
  signUp: {
    title: 'Sign somebody up',
    task: (number: string) =>
      `Someone wants your offers by text. You turn the screen to them. Now you are the customer: type ${number}, read, tick, go on.`,
    number: 'Your mobile number',
    go: 'Continue',
    noNumber: 'A number has ten digits.',
    noTick: 'That works too: they are a member and get no texts. To try it with texts, tick the box.',
    good: 'They get one text to confirm. Only the customer ever ticks that box, and it always starts empty.',
  },
  rules: {
    title: 'That is all you need',
    items: [
      'Only the customer ticks the box. Said “yes” to you? Choose “They said yes out loud”: they get a text and answer it themselves.',
      '“Please stop texting me”: find them and press “Asked us to stop”. At once, no questions.',
      'No internet? Everything at the counter goes on. Only sending waits.',
    ],
    end: 'Go to the counter',
  },
};

const es: typeof en = {
  invite: (name) => `¿Es tu primera vez, ${name}? Prueba antes tres cosas del mostrador. Dos minutos, no se guarda nada.`,
  start: 'Probar',
  later: 'Ahora no',
  title: 'Prueba el mostrador',
  pretend: 'Práctica: estas personas son inventadas y no se guarda nada.',
  step: (n, of) => `${n} de ${of}`,
  leave: 'Salir de la práctica',
  next: 'Seguir',
  find: {
    title: 'Encuentra a alguien',
    task: 'Ana García está en el mostrador. Su número termina en 0123. Escribe esas cifras, o unas letras de su nombre, y elígela.',
    box: 'Nombre, número o código',
    nobody: 'Nadie todavía. Bastan dos letras o cifras.',
    wrong: (name) => `Esa persona es ${name}. Mira las últimas cuatro cifras.`,
    good: 'Es ella. En el mostrador de verdad ves también sus ofertas y sus notas.',
    ends: (end) => `termina en ${end}`,
  },
  redeem: {
    title: 'Canjea su código',
    task: (code) => `Ana te enseña un mensaje con el código ${code}. Escanéalo o escríbelo y pulsa Intro.`,
    box: 'Código',
    typo: 'Una letra o cifra no coincide. Mira otra vez: en un código no hay letras O, I, L, U ni S.',
    other: 'Ese es otro código. El suyo está en su teléfono.',
    key: 'Marca 10 % de descuento en la caja como TEXT10',
    receipt: 'Después, el número del recibo, si lo tienes a mano:',
    receiptBox: 'Número de recibo',
    done: 'Listo',
    skip: 'Omitir',
    good: 'Canjeado. ¿Fue sin querer? Se puede deshacer todo el día, en las últimas acciones.',
  },
  signUp: {
    title: 'Apunta a alguien',
    task: (number) =>
      `Alguien quiere tus ofertas por mensaje. Giras la pantalla hacia esa persona. Ahora tú eres el cliente: escribe ${number}, lee, marca y sigue.`,
    number: 'Tu número de celular',
    go: 'Continuar',
    noNumber: 'Un número tiene diez cifras.',
    noTick: 'También vale: es miembro y no recibe mensajes. Para probar con mensajes, marca la casilla.',
    good: 'Recibe un mensaje para confirmar. Solo el cliente marca esa casilla, y siempre empieza vacía.',
  },
  rules: {
    title: 'Eso es todo',
    items: [
      'Solo el cliente marca la casilla. ¿Te dijo que sí? Elige «Dijo que sí de palabra»: recibe un mensaje y lo contesta.',
      '«No me manden más mensajes»: búscalo y pulsa «No quiere mensajes». Al momento, sin preguntas.',
      '¿Sin internet? En el mostrador todo sigue. Solo espera el envío.',
    ],
    end: 'Ir al mostrador',
  },
};

export const practice: Catalogue<typeof en> = { en, es };
