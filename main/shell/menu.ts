import { Menu, type MenuItemConstructorOptions } from 'electron';

/** What a menu entry asks of the window. */
export type MenuWish =
  | { go: (typeof PLACES)[number][1] }
  | { do: 'find' | 'sign-up' | 'redeem' | 'palette' | 'lock' | 'print' | 'pause-all' };

/** In the order of the rail; each keeps its key when another place comes in between. */
const PLACES = [
  ['This week', 'this-week', '1'],
  ['Counter', 'counter', '2'],
  ['Customers', 'customers', '3'],
  ['Groups', 'groups', '4'],
  ['Campaigns', 'campaigns', '5'],
  ['Automations', 'automations', 'Shift+A'],
  ['Replies', 'replies', '6'],
  ['Offers', 'offers', '7'],
  ['Results', 'results', '8'],
  ['Import', 'import', '9'],
  ['Settings', 'settings', '0'],
] as const;

/** Every screen and counter action has a menu entry with its key. F2–F4 are handled in the window so that scanners work too. */
export function setMenu(wish: (w: MenuWish) => void): void {
  const go: MenuItemConstructorOptions[] = PLACES.map(([label, place, key]) => ({
    label,
    accelerator: `CmdOrCtrl+${key}`,
    click: () => wish({ go: place }),
  }));
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&Shop',
      submenu: [
        { label: 'Go to or find…', accelerator: 'CmdOrCtrl+K', click: () => wish({ do: 'palette' }) },
        { type: 'separator' },
        { label: 'Print or save as PDF…', accelerator: 'CmdOrCtrl+P', click: () => wish({ do: 'print' }) },
        { label: 'Lock to counter', accelerator: 'CmdOrCtrl+L', click: () => wish({ do: 'lock' }) },
        { label: 'Pause all sending', click: () => wish({ do: 'pause-all' }) },
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Counter',
      submenu: [
        { label: 'Find a customer', accelerator: 'F2', registerAccelerator: false, click: () => wish({ do: 'find' }) },
        { label: 'Sign up', accelerator: 'F3', registerAccelerator: false, click: () => wish({ do: 'sign-up' }) },
        { label: 'Redeem', accelerator: 'F4', registerAccelerator: false, click: () => wish({ do: 'redeem' }) },
      ],
    },
    { label: '&Go', submenu: go },
    {
      label: '&View',
      submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
