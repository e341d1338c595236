import type { FakeDesktop } from '@adapters/desktop/fake';
import { expect } from '@playwright/test';
import type { PowerEvent, TrayAct } from '@ports/desktop';
import { killDriven, practiceFolder, until } from './app-kill-lab';
import { type Carrier, launch, type Regulars, startCarrier } from './launch';

/** Tuesday 17 November 2026, 11:00 in New York: the shops and the carriers are awake. */
const OPENING = Date.parse('2026-11-17T16:00:00Z');
/** The carrier's clock runs faster, so that the first twenty's results come in; the number is slower by as much. */
const RATE = 20;
const PIN = '2468';

/** The practice shop on the carrier's own clock, with a desktop whose events the test injects and a guard before quitting. */
export interface BackgroundShop extends Regulars {
  carrier: Carrier;
  emit(event: PowerEvent): Promise<void>;
  press(act: TrayAct): Promise<void>;
  desktop(): Promise<{ page: FakeDesktop['page']; awakeNow: boolean; loginOn: boolean }>;
  windowShown(): Promise<boolean>;
  /** As from the menu, or by the window's own button. */
  quit(how: 'menu' | 'window'): Promise<void>;
  /** Resolves with true once the app's process is gone, false when it still lives after `withinMs`. */
  isGone(withinMs?: number): Promise<boolean>;
  /** Starts texting a group at a pace that lasts for minutes; resolves once texts leave. */
  sendSlowly(): Promise<{ campaignId: number; people: number }>;
  textsLeft(): Promise<number>;
  end(): Promise<void>;
}

interface ShellSeam {
  regularsShell: { background: { desktop: FakeDesktop } };
}

export async function openBackground(
  o: { dataDir?: string; carrier?: Carrier; args?: string[]; env?: Record<string, string>; as?: 'owner' | 'staff' } = {},
): Promise<BackgroundShop> {
  const carrier = o.carrier ?? (await startCarrier(['--any-account', '--now', String(OPENING), '--rate', String(RATE)]));
  const dataDir = o.dataDir ?? practiceFolder('background');
  const shop = await launch({
    dataDir,
    ...(o.args ? { args: o.args } : {}),
    env: {
      REGULARS_TWILIO_URL: carrier.url,
      REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`,
      REGULARS_QUIT_GUARD: '1',
      ...o.env,
    },
  });
  const { people } = await shop.call<{ people: { id: number; role: string }[] }>('session/state');
  await shop.call('session/unlock', { staffId: people.find((p) => p.role === (o.as ?? 'owner'))?.id, pin: PIN });
  const process_ = shop.app.process();
  const gone = new Promise<boolean>((resolve) => {
    if (process_.exitCode !== null) resolve(true);
    process_.once('exit', () => resolve(true));
  });

  const texts = async () =>
    (await carrier.control<{ messages: { direction: string }[] }>('messages')).messages.filter((m) => m.direction !== 'inbound').length;

  return {
    ...shop,
    carrier,
    emit: (event) =>
      shop.app.evaluate((_e, what) => (globalThis as unknown as ShellSeam).regularsShell.background.desktop.emit(what), event),
    press: (act) => shop.app.evaluate((_e, what) => (globalThis as unknown as ShellSeam).regularsShell.background.desktop.press(what), act),
    desktop: () =>
      shop.app.evaluate(() => {
        const { page, awakeNow, loginOn } = (globalThis as unknown as ShellSeam).regularsShell.background.desktop;
        return { page, awakeNow, loginOn };
      }),
    windowShown: () => shop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false),
    async quit(how) {
      await shop.app
        .evaluate(
          ({ app, BrowserWindow }, what) =>
            void setTimeout(() => (what === 'menu' ? app.quit() : BrowserWindow.getAllWindows()[0]?.close())),
          how,
        )
        .catch(() => undefined);
    },
    isGone: (withinMs = 12_000) => Promise.race([gone, new Promise<boolean>((resolve) => setTimeout(resolve, withinMs, false))]),
    async sendSlowly() {
      const groups = await shop.call<{ id: number; mayBeTexted?: number }[]>('segments/list');
      const fields = {
        name: 'Boots are in',
        segmentId: groups[0]?.id,
        body: 'Juniper & Main: boots are in, come and see.',
        offerId: null,
        addStopLine: true,
        holdout: 'auto',
        goal: { kind: 'none', target: null },
        windowDays: 14,
      };
      const { id } = await shop.call<{ id: number }>('campaigns/save', { id: null, fields });
      const review = await shop.call<{ people: number; quoteToken: string | null; checks: unknown[] }>('campaigns/review', { id });
      expect(review.quoteToken, JSON.stringify(review.checks)).toBeTruthy();
      await shop.call('settings/save-texting', {
        segmentsPerSecond: 2.5 / RATE,
        pricePerSegment: 8300,
        senderApproved: true,
        monthlyLimit: null,
        customStopWords: [],
      });
      await shop.call('campaigns/start', { id, quoteToken: review.quoteToken });
      await until('texts leave', texts, (n) => n > 2);
      return { campaignId: id, people: review.people };
    },
    textsLeft: texts,
    async end() {
      if (process_.exitCode === null && process_.signalCode === null) await killDriven(shop);
      carrier.stop();
    },
  };
}
