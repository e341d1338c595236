// The baseline: the smallest Electron app that shows something, told in the same words as Regulars' own marks.
const startedAt = process.getCreationTime();
const { app, BrowserWindow, ipcMain } = require('electron');
const path = require('node:path');

const marks = {};
app.whenReady().then(() => {
  marks.ready = Date.now() - startedAt;
  const w = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { preload: path.join(__dirname, 'preload.cjs'), sandbox: true },
  });
  w.once('ready-to-show', () => w.show());
  ipcMain.on('painted', (_e, name) => {
    marks[name] = Date.now() - startedAt;
    console.log(`PERF ${JSON.stringify({ ...marks, pid: process.pid })}`);
  });
  w.loadFile('index.html');
});
