import { type LaunchOptions, launch, type Regulars } from './launch';

const PIN = '1357';

/** The first steps of a real shop, by the contract; afterwards its owner is signed in. What is connected stays as it is. */
export async function finishSetUp(r: Regulars): Promise<Regulars> {
  const { shop } = await r.call<{ shop: Record<string, unknown> }>('settings/get');
  await r.call('settings/save-shop', { ...shop, name: 'Juniper & Main', zone: 'America/New_York' });
  const { id } = await r.call<{ id: number }>('settings/save-staff', {
    name: 'Olga',
    role: 'owner',
    language: 'en',
    active: true,
    pin: PIN,
  });
  await r.call('settings/make-recovery-code');
  await r.call('settings/onboarding-step', { step: 'done' });
  const signIn = async () => void (await r.call('session/unlock', { staffId: id, pin: PIN }));
  await signIn();
  await r.page.reload();
  await r.page.getByRole('navigation').getByText('Campaigns').waitFor();
  return { ...r, signIn };
}

/** A real, empty shop past its first steps. Nothing is connected yet. */
export const openReal = async (options: LaunchOptions = {}): Promise<Regulars> => finishSetUp(await launch(options));
