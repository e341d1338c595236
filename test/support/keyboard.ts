import { expect, type Locator, type Page } from '@playwright/test';

/** Drives the window the way somebody without a mouse does: Tab to it, then keys. Fails when Tab never gets there. */
export class Keyboard {
  constructor(readonly page: Page) {}

  private focused = (target: Locator) => target.evaluate((e) => e === document.activeElement || e.contains(document.activeElement));

  /** Tabs forward until `target` (or something inside it) has the focus. */
  async to(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let i = 0; i < 150; i++) {
      if (await this.focused(target)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reaches ${target}`);
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press(key);
  }

  /** Replaces what stands in a box. */
  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text, { delay: 5 });
  }

  /** A native select: typing the beginning of an option chooses it. */
  async choose(target: Locator, option: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(option, { delay: 5 });
  }

  /** Press and hold, for buttons that want it. */
  async hold(target: Locator, ms: number): Promise<void> {
    await this.to(target);
    await this.page.keyboard.down('Enter');
    await this.page.waitForTimeout(ms);
    await this.page.keyboard.up('Enter');
  }

  /** Any screen through the command palette. */
  async goTo(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    const box = this.page.getByRole('dialog').getByRole('textbox').first();
    await expect(box).toBeFocused();
    await this.page.keyboard.type(name, { delay: 5 });
    await this.page.waitForTimeout(250);
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }
}
