const { ipcRenderer } = require('electron');
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) ipcRenderer.send('painted', entry.name);
}).observe({ type: 'paint', buffered: true });
