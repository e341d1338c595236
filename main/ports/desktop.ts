import type { TrayState } from '@domain/desktop/tray';

/** What the system says about power. `shutdown`: it is going down or the person logs out; whoever hears it has a few seconds. */
export type PowerEvent = 'suspend' | 'resume' | 'shutdown' | 'on-battery' | 'on-ac';

export interface Power {
  on(event: PowerEvent, heard: () => void): void;
  onBattery(): boolean;
}

export type TrayAct = 'open' | 'pause' | 'resume' | 'quit';

/** One look of the tray icon: everything in words of this computer's language. */
export interface TrayPage {
  state: TrayState;
  /** What stands beside the pointer, and as the first line of the menu (some desktops show no tooltip). */
  says: string;
  menu: { act: TrayAct; label: string }[];
}

export interface TrayIcon {
  /** Shows the icon, or changes it. A menu is always there: some desktops never tell of a click. */
  show(page: TrayPage, act: (what: TrayAct) => void): void;
  hide(): void;
}

/** Starting by itself when the person logs in. */
export interface LoginItem {
  /** `blocked`: registered, but the system or the person keeps it from starting. `supported` false: this build cannot. */
  state(): { supported: boolean; on: boolean; blocked: boolean };
  set(on: boolean): void;
}

/** Keeps the computer, not its screen, from falling asleep by itself. */
export interface KeepAwake {
  set(on: boolean): void;
}

/** What the shell needs of the desktop around it. */
export interface Desktop {
  power: Power;
  tray: TrayIcon;
  login: LoginItem;
  awake: KeepAwake;
}
