import type { Catalogue } from './index';

const en = {
  title: 'Customer’s screen',
  hint: 'A second screen on the counter that faces customers, of this computer.',
  on: 'Sign up on a second screen',
  onHint: 'It fills that screen, shows how to join, and becomes the form when staff press F3. Nothing else can be done on it.',
  which: 'Which screen',
  auto: 'The one this window is not on',
  display: (name: string, width: number, height: number) => `${name} · ${width} × ${height}`,
  none: 'No second screen is connected now',
  noneHint: 'Until there is one, F3 turns this screen to the customer, and a PIN takes it back.',
  open: 'It is on.',
};

export const signUpSettings = { en } satisfies Catalogue<typeof en>;
