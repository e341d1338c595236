import type { BrowserWindow } from 'electron';

/**
 * The page as it looks in a window of this size, whatever size the window has: carriers refuse a cropped picture of the sign-up screen
 * (Twilio 30837). Drawn by the page itself, never a picture of the desktop.
 */
export async function pictureOf(window: BrowserWindow, size: { width: number; height: number }): Promise<{ png: string }> {
  const { debugger: page } = window.webContents;
  page.attach('1.3');
  try {
    await page.sendCommand('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false });
    const { data } = (await page.sendCommand('Page.captureScreenshot', {
      format: 'png',
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, ...size, scale: 1 },
    })) as { data: string };
    return { png: data };
  } finally {
    await page.sendCommand('Emulation.clearDeviceMetricsOverride').catch(() => undefined);
    page.detach();
  }
}
