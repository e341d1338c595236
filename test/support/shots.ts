import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Regulars } from './launch';

export type Theme = 'light' | 'dark';
export const THEMES: readonly Theme[] = ['light', 'dark'];
type Wish = { go: string } | { do: string };

/** A window whose every screen is photographed in both themes. */
export class Camera {
  readonly missing: string[] = [];
  taken = 0;

  constructor(
    readonly shop: Regulars,
    readonly out: string,
    private readonly name: string,
  ) {
    mkdirSync(out, { recursive: true });
  }

  get page(): Page {
    return this.shop.page;
  }

  /** The size of the page itself, without the frame of the window. */
  async size(width: number, height: number): Promise<void> {
    await this.shop.app.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w as number, h as number),
      [width, height] as const,
    );
    await expect.poll(() => this.page.evaluate(() => innerWidth)).toBe(width);
  }

  async theme(theme: Theme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  }

  /** As the menu of the window would. */
  async wish(wish: Wish): Promise<void> {
    await this.shop.app.evaluate(
      ({ BrowserWindow }, w) => BrowserWindow.getAllWindows()[0]?.webContents.send('event', 'menu', w),
      wish as Record<string, string>,
    );
  }

  async go(place: string): Promise<void> {
    await this.wish({ go: place });
    await this.still();
  }

  /** Nothing is loading and nothing has changed on screen for a moment. */
  async still(): Promise<void> {
    await this.page.waitForTimeout(150);
    let before = '';
    for (let calm = 0, tries = 0; calm < 3 && tries < 80; tries++) {
      const now = await this.page.evaluate(() => {
        const busy = document.querySelectorAll('[aria-busy="true"], [data-skeleton], [class*="keleton"]').length;
        return `${busy} ${document.body.innerText.length} ${document.querySelectorAll('*').length}`;
      });
      calm = now === before && now.startsWith('0 ') ? calm + 1 : 0;
      before = now;
      await this.page.waitForTimeout(100);
    }
  }

  /** The window as it stands, scrolled to the top, light and dark. */
  async shot(what: string): Promise<void> {
    await this.still();
    for (const theme of THEMES) {
      await this.theme(theme);
      await this.page.evaluate(() => {
        for (const e of document.querySelectorAll('*')) if (e.scrollTop > 0) e.scrollTop = 0;
      });
      await this.page.mouse.move(0, 0);
      // Without a graphics card the new colours arrive piece by piece.
      await this.page.waitForTimeout(theme === 'dark' ? 1100 : 350);
      await this.page.screenshot({ path: join(this.out, `${this.name}-${theme}-${what}.png`) });
      this.taken++;
    }
    await this.theme('light');
  }

  /** One screen; when it cannot be reached the others are still taken, and the run fails at its end. */
  async screen(what: string, reach: () => Promise<void>): Promise<void> {
    try {
      await reach();
      await this.shot(what);
    } catch (error) {
      this.missing.push(`${what}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
      for (let i = 0; i < 2; i++) await this.page.keyboard.press('Escape').catch(() => undefined);
    }
  }

  /** The window scrolled down to something, light and dark. */
  async below(what: string, where: Locator): Promise<void> {
    try {
      for (const theme of THEMES) {
        await this.theme(theme);
        await where.first().evaluate((e) => e.scrollIntoView({ block: 'start' }));
        await this.page.waitForTimeout(theme === 'dark' ? 1100 : 350);
        await this.page.screenshot({ path: join(this.out, `${this.name}-${theme}-${what}.png`) });
        this.taken++;
      }
    } catch (error) {
      this.missing.push(`${what}: ${String(error).split('\n')[0]}`);
    }
    await this.theme('light');
  }

  /** Clicks the first of the visible things with this role and name. */
  async press(role: 'button' | 'row' | 'link' | 'tab' | 'listitem', name: string | RegExp): Promise<void> {
    await this.page.getByRole(role, { name }).filter({ visible: true }).first().click({ timeout: 5000 });
    await this.still();
  }

  async escape(times = 1): Promise<void> {
    for (let i = 0; i < times; i++) await this.page.keyboard.press('Escape');
    await this.still();
  }
}
