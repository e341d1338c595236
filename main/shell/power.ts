import type { Power } from '@ports/desktop';
import { type BrowserWindow, powerMonitor } from 'electron';

/**
 * The system's own words about power. Linux tells of sleep and shutdown through logind, where there is one; of battery it tells nothing
 * through Electron, only when asked. Windows tells the window, not the app, that the session ends.
 */
export function systemPower(window: BrowserWindow): Power {
  return {
    on(event, heard) {
      switch (event) {
        case 'suspend':
          powerMonitor.on('suspend', heard);
          return;
        case 'resume':
          powerMonitor.on('resume', heard);
          return;
        case 'on-battery':
          powerMonitor.on('on-battery', heard);
          return;
        case 'on-ac':
          powerMonitor.on('on-ac', heard);
          return;
        case 'shutdown':
          // Asking for a moment: the system waits a few seconds for whoever says so, and is never refused.
          powerMonitor.on('shutdown', ((e?: { preventDefault?: () => void }) => {
            e?.preventDefault?.();
            heard();
          }) as () => void);
          window.on('session-end', heard);
      }
    },
    onBattery: () => powerMonitor.isOnBatteryPower(),
  };
}
