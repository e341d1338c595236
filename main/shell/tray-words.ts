import type { TrayView } from '@domain/desktop/tray';
import type { TrayPage } from '@ports/desktop';

const en = {
  leaving: 'Texts are leaving',
  waiting: 'Texts wait for their time',
  next: (at: string) => `Next texts: ${at}`,
  paused: 'All sending is paused',
  problem: 'Regulars needs a look',
  idle: 'Nothing waits to leave',
  open: 'Open Regulars',
  pause: 'Pause all sending',
  resume: 'Resume sending',
  quit: 'Quit Regulars',
};
const es: typeof en = {
  leaving: 'Se están enviando mensajes',
  waiting: 'Hay mensajes que esperan su hora',
  next: (at) => `Próximos mensajes: ${at}`,
  paused: 'Todo el envío está en pausa',
  problem: 'Regulars necesita que lo mires',
  idle: 'No hay nada pendiente de enviar',
  open: 'Abrir Regulars',
  pause: 'Pausar todo el envío',
  resume: 'Reanudar el envío',
  quit: 'Salir de Regulars',
};

/** The tray in words. `locale`: the computer's; whoever passes by reads it, so it names no person, number or amount. */
export function trayPage(view: TrayView, locale: string): TrayPage {
  const w = locale.toLowerCase().startsWith('es') ? es : en;
  const at =
    view.next === null ? null : new Intl.DateTimeFormat(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(view.next);
  const says = view.state === 'waiting' && at !== null ? w.next(at) : w[view.state];
  return {
    state: view.state,
    says: `Regulars: ${says}`,
    menu: [
      { act: 'open', label: w.open },
      ...(view.mayPause === null
        ? []
        : [view.mayPause ? ({ act: 'pause', label: w.pause } as const) : ({ act: 'resume', label: w.resume } as const)]),
      { act: 'quit', label: w.quit },
    ],
  };
}
