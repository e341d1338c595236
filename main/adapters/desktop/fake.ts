import type { Desktop, PowerEvent, TrayAct, TrayPage } from '@ports/desktop';

/** A desktop that only remembers, and whose events a test injects: a headless machine has neither tray nor sleep. */
export interface FakeDesktop extends Desktop {
  emit(event: PowerEvent): void;
  battery: boolean;
  /** What the tray shows; null = there is none. */
  page: TrayPage | null;
  press(act: TrayAct): void;
  awakeNow: boolean;
  loginOn: boolean;
}

export function fakeDesktop(): FakeDesktop {
  const heard = new Map<PowerEvent, (() => void)[]>();
  let press: (act: TrayAct) => void = () => {};
  const fake: FakeDesktop = {
    battery: false,
    page: null,
    awakeNow: false,
    loginOn: false,
    emit(event) {
      if (event === 'on-battery' || event === 'on-ac') fake.battery = event === 'on-battery';
      for (const f of heard.get(event) ?? []) f();
    },
    press: (act) => press(act),
    power: {
      on: (event, f) => void heard.set(event, [...(heard.get(event) ?? []), f]),
      onBattery: () => fake.battery,
    },
    tray: {
      show(page, act) {
        fake.page = page;
        press = act;
      },
      hide() {
        fake.page = null;
      },
    },
    login: {
      state: () => ({ supported: true, on: fake.loginOn, blocked: false }),
      set(on) {
        fake.loginOn = on;
      },
    },
    awake: {
      set(on) {
        fake.awakeNow = on;
      },
    },
  };
  return fake;
}
