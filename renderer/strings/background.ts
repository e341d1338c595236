import type { Catalogue } from './index';

const en = {
  pausedAll: 'All sending is paused. The owner can let it go on.',
  /** Before quitting; staff see it too, without numbers. */
  quit: {
    title: (n: string, one: boolean) => (one ? '1 text has not left yet' : `${n} texts have not left yet`),
    titlePlain: 'Some texts have not left yet',
    preparing: 'A campaign is just being made ready.',
    now: (n: string, one: boolean, lasts: string) =>
      one ? '1 is leaving now.' : `${n} are leaving now; at the pace of your number that takes about ${lasts}.`,
    until: (at: string) => `Whatever is left at ${at} waits for the next day.`,
    later: (n: string, one: boolean, at: string) => (one ? `1 waits until ${at}.` : `${n} wait, the next of them until ${at}.`),
    laterOpen: (n: string, one: boolean) => (one ? '1 waits for its time.' : `${n} wait for their time.`),
    scheduled: (n: string, one: boolean, at: string) =>
      one ? `1 campaign is set for ${at}.` : `${n} campaigns are set for later, the next for ${at}.`,
    atCarrier: (n: string, one: boolean) =>
      one
        ? '1 more is already with Twilio and leaves on its day, whether Regulars is open or not.'
        : `${n} more are already with Twilio and leave on their day, whether Regulars is open or not.`,
    background: 'Keep running in the background',
    backgroundHint: {
      windows: 'The window closes; Regulars stays as a small icon near the clock and goes on sending while this computer is on and awake.',
      mac: 'The window closes; Regulars stays in the menu bar and goes on sending while this computer is on and awake.',
      linux: 'The window closes; Regulars stays as a small icon in the top bar and goes on sending while this computer is on and awake.',
      unseen: 'The window is only made small; Regulars goes on sending while this computer is on and awake.',
    },
    quit: 'Quit',
    quitHint: 'They wait. Nothing leaves until Regulars is open again; a campaign that misses its time does then what you chose for it.',
    always: 'Do the same whenever the window is closed while texts wait',
    cancel: 'Cancel',
  },
};

const es: typeof en = {
  pausedAll: 'Todo el envío está en pausa. El dueño puede reanudarlo.',
  quit: {
    title: (n, one) => (one ? 'Queda 1 mensaje por enviar' : `Quedan ${n} mensajes por enviar`),
    titlePlain: 'Quedan mensajes por enviar',
    preparing: 'Se está preparando una campaña.',
    now: (n, one, lasts) => (one ? '1 está saliendo ahora.' : `${n} están saliendo ahora; al ritmo de tu número tardan unos ${lasts}.`),
    until: (at) => `Lo que quede a las ${at} espera al día siguiente.`,
    later: (n, one, at) => (one ? `1 espera hasta ${at}.` : `${n} esperan, el próximo hasta ${at}.`),
    laterOpen: (n, one) => (one ? '1 espera su hora.' : `${n} esperan su hora.`),
    scheduled: (n, one, at) => (one ? `1 campaña está programada para ${at}.` : `${n} campañas están programadas, la próxima para ${at}.`),
    atCarrier: (n, one) =>
      one
        ? '1 más ya está en Twilio y sale en su día, esté Regulars abierto o no.'
        : `${n} más ya están en Twilio y salen en su día, esté Regulars abierto o no.`,
    background: 'Seguir en segundo plano',
    backgroundHint: {
      windows: 'La ventana se cierra; Regulars queda como un icono junto al reloj y sigue enviando mientras el equipo esté encendido.',
      mac: 'La ventana se cierra; Regulars queda en la barra de menús y sigue enviando mientras el equipo esté encendido.',
      linux: 'La ventana se cierra; Regulars queda como un icono en la barra superior y sigue enviando mientras el equipo esté encendido.',
      unseen: 'La ventana solo se minimiza; Regulars sigue enviando mientras el equipo esté encendido.',
    },
    quit: 'Salir',
    quitHint: 'Esperan. Nada sale hasta que Regulars esté abierto otra vez; una campaña que pierde su hora hace entonces lo que se eligió.',
    always: 'Hacer lo mismo cada vez que se cierre la ventana con mensajes en espera',
    cancel: 'Cancelar',
  },
};

/** Words of quitting. */
export const background: Catalogue<typeof en> = { en, es };

const texts = (n: string, one: boolean) => (one ? '1 text' : `${n} texts`);

const ownerEn = {
  /** Above every screen of the owner. */
  away: {
    title: 'While you were away',
    gotIt: 'Got it',
    crashed: (at: string) => `Regulars ended unexpectedly (about ${at}).`,
    restarted: (at: string) => `A part of Regulars failed (${at}) and was started again.`,
    checking: (n: string, one: boolean) =>
      one
        ? '1 text was on its way just then: it is looked for at Twilio and not sent twice.'
        : `${n} texts were on their way just then: they are looked for at Twilio and not sent twice.`,
    nothingLost: 'No text was on its way just then, and everything saved is there.',
    slept: (time: string, from: string, to: string) => `This computer slept for ${time}, from ${from} to ${to}.`,
    leavingAgain: (n: string, one: boolean) => `${texts(n, one)} ${one ? 'is' : 'are'} leaving now.`,
    waits: (n: string, one: boolean, at: string) => `${texts(n, one)} ${one ? 'waits' : 'wait'} until ${at}.`,
    clock: (time: string, forward: boolean) =>
      `This computer’s clock was set ${forward ? 'forward' : 'back'} by ${time}. Sending waited until Twilio had said what time it is.`,
  },
  clock: {
    wrong: (time: string, ahead: boolean) => `This computer’s clock is ${time} ${ahead ? 'ahead of' : 'behind'} the real time.`,
    wrongHint:
      'No text leaves until it is right, or it could reach people at night. Set the time in the computer’s settings (automatic is best), then look again.',
    unchecked: 'This computer’s clock jumped. Nothing leaves until Twilio has said what time it is; that takes a moment.',
    again: 'Look again',
  },
  paused: {
    since: (at: string) => `All sending has been paused since ${at}.`,
    hint: 'Nothing leaves except the answers owed to STOP and HELP.',
    resume: 'Resume sending',
  },
  login: {
    offer: (n: string, one: boolean, at: string) =>
      `${one ? `A campaign is set for ${at}` : `${n} campaigns are set for later, the next for ${at}`}. This computer has to be on then, with Regulars open.`,
    hint: 'It can start by itself whenever you log in, without a window, so that nobody has to think of it.',
    yes: 'Start when I log in',
    no: 'Not now',
  },
  section: {
    title: 'Running in the background',
    hint: 'Texts leave from this computer: it has to be on and awake, and Regulars open, with or without its window. These settings are of this computer.',
    close: 'When the window is closed while texts wait',
    closeOptions: {
      ask: 'Ask each time',
      background: 'Keep running in the background',
      quit: 'Quit: they wait until Regulars is open again',
    },
    login: 'Start when I log in',
    loginHint: 'So that texts set for later leave without anybody thinking of it. Regulars starts without a window, as a small icon.',
    loginBlocked: {
      windows: 'Windows keeps Regulars from starting: switch it on in Task Manager → Startup apps.',
      mac: 'The Mac keeps Regulars from starting: allow it in System Settings → General → Login Items.',
      linux: 'This desktop keeps Regulars from starting: switch it on in its list of startup programs.',
    },
    loginUnsupported: 'Not possible with this copy of Regulars: it has to be installed first.',
    awake: 'Keep this computer awake while texts leave',
    awakeHint: 'Its screen may still go dark. Not on battery, and closing a laptop’s lid still puts it to sleep.',
    unseenTitle: 'This desktop shows no icons of programs in the background',
    unseen:
      'Instead of an icon the window stays small in the list of windows. To see it again, click it there or start Regulars once more.',
    sending: 'All sending',
    sendingHint:
      'One switch for everything that leaves: every campaign, every confirmation. Only the answers owed to STOP and HELP still leave.',
    pause: 'Pause all sending',
    resume: 'Resume sending',
    waits: {
      nothing: 'Nothing waits to leave.',
      now: (n: string, one: boolean) => `${texts(n, one)} leaving now.`,
      held: (n: string, one: boolean) => `${texts(n, one)} would leave now and ${one ? 'is' : 'are'} held back.`,
      later: (n: string, one: boolean, at: string) => `${texts(n, one)} ${one ? 'waits' : 'wait'}, next: ${at}.`,
      scheduled: (n: string, one: boolean, at: string) =>
        one ? `1 campaign set for ${at}.` : `${n} campaigns set for later, next: ${at}.`,
      atCarrier: (n: string, one: boolean) =>
        `${texts(n, one)} already with Twilio for later: ${one ? 'it leaves' : 'they leave'} by ${one ? 'itself' : 'themselves'}. To stop ${one ? 'it' : 'them'}, cancel the campaign.`,
      owner: (n: string, one: boolean) => `${texts(n, one)} ${one ? 'waits' : 'wait'} for you (paused, limit, approval).`,
    },
  },
};

/** Words only the owner sees: what happened meanwhile, the pause of everything, the section of the settings. */
export const backgroundOwner: Catalogue<typeof ownerEn> = { en: ownerEn };
