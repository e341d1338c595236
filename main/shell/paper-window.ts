import { AppError } from '@domain/errors';
import type { Printable } from '@ports/paper-printer';
import { app, BrowserWindow } from 'electron';
import { APP_ORIGIN } from './window';

/** What the page says of itself once it is drawn (renderer/print/main.tsx). */
interface Drawn {
  footer: string;
}

const INCH_MM = 25.4;
const MARGIN = 16 / INCH_MM;
const WITHIN_MS = 60_000;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** At the foot of every sheet: whose it is and when it was made, and the page of how many. */
const footerOf = (left: string): string =>
  `<div style="width:100%;min-width:0;box-sizing:border-box;padding:0 ${MARGIN}in;display:flex;gap:24px;` +
  'font:8px system-ui,sans-serif;color:#5c564d;white-space:nowrap">' +
  `<span style="flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis">${escaped(left)}</span>` +
  '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>';

let last: Promise<unknown> = Promise.resolve();

/**
 * Draws a paper in a window nobody sees and prints it into a PDF, also while the app has no window at all. The page has no preload: it is
 * handed its figures and can ask for nothing. One at a time. Throws AppError paper.not-made.
 */
export function paperToPdf(paper: Printable): Promise<Uint8Array> {
  const mine = last.then(() => draw(paper));
  last = mine.catch(() => undefined);
  return mine;
}

async function draw(paper: Printable): Promise<Uint8Array> {
  const w = new BrowserWindow({
    show: false,
    width: 816,
    height: 1056,
    backgroundColor: '#ffffff',
    skipTaskbar: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false, backgroundThrottling: false },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new AppError('paper.not-made')), WITHIN_MS);
    });
    return await Promise.race([printed(w, paper), late]);
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('paper.not-made');
  } finally {
    clearTimeout(timer);
    if (!w.isDestroyed()) w.destroy();
  }
}

async function printed(w: BrowserWindow, paper: Printable): Promise<Uint8Array> {
  const dev = process.env['ELECTRON_RENDERER_URL'];
  await w.loadURL(dev && !app.isPackaged ? `${dev}/print.html` : `${APP_ORIGIN}/print.html`);
  const { footer } = (await w.webContents.executeJavaScript(`drawPaper(${JSON.stringify(paper)})`)) as Drawn;
  return w.webContents.printToPDF({
    pageSize: paper.size,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: footerOf(footer),
    margins: { top: MARGIN, bottom: MARGIN + 0.15, left: MARGIN, right: MARGIN },
    generateTaggedPDF: true,
  });
}
