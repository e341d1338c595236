import { contextBridge, ipcRenderer, webUtils } from 'electron';

type Listener = (payload: unknown) => void;

/** The only thing the page can reach. Channels are checked at the other end, against the contract. */
const api = {
  invoke: (channel: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('call', channel, input),
  on(event: string, listener: Listener): () => void {
    const handler = (_e: unknown, name: string, payload: unknown) => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on('event', handler);
    return () => ipcRenderer.off('event', handler);
  },
  /** Startup measurement: the first time something is on screen. */
  mark: (name: string): void => ipcRenderer.send('mark', name),
  /** Where a dropped file lies on disk. */
  pathOf: (file: File): string => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('regulars', api);
export type RegularsApi = typeof api;
