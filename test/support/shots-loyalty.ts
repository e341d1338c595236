import { addDays } from '@domain/calendar';
import type { ShopDay } from '@domain/kernel';
import { freshDir, launch } from './launch';
import { Camera } from './shots';

interface Member {
  customerId: number;
  name: string;
}

const SIZES = [
  ['', 1280, 800],
  ['-narrow', 1024, 700],
] as const;

/** Every state of rewards in the sample shop, at the owner's screens and at the counter; `today` is the shop's. */
export async function loyaltyWalk(c: Camera, today: ShopDay): Promise<void> {
  const { shop: r, page } = c;
  const part = (name: string) => async () => {
    await c.go('loyalty');
    await c.press('button', name);
  };
  const members = async (show: string): Promise<Member[]> =>
    (await r.call<{ rows: Member[] }>('loyalty/members', { show, page: { offset: 0, limit: 5 } })).rows;
  const atCounter = async (name: string) => {
    await c.go('counter');
    await page.locator('[data-big-box]').fill(name);
    await page.keyboard.press('Enter');
    await c.still();
  };
  const made = async (firstName: string, points: number): Promise<string> => {
    const { id } = await r.call<{ id: number }>('customers/save', { id: null, fields: { firstName, lastName: 'Quill' } });
    if (points !== 0) await r.call('loyalty/adjust', { customerId: id, points, reason: 'Card from before' });
    return `${firstName} Quill`;
  };
  const people = {
    nothing: await made('Zelda', 0),
    near: await made('Yolanda', 190),
    ready: await made('Xenia', 640),
    below: await made('Wanda', -35),
  };
  for (const [size, width, height] of SIZES) {
    await c.size(width, height);
    await c.screen(`points${size}`, () => c.go('loyalty'));
    await c.screen(`members${size}`, part('Who collects'));
    for (const show of ['Almost there', 'Lapsing soon', 'Below zero'])
      await c.screen(`members-${show.toLowerCase().replace(' ', '-')}${size}`, async () => {
        await part('Who collects')();
        await c.press('button', show);
      });
    await c.screen(`owed${size}`, part('What you owe'));
    await c.below(`owed-rewards${size}`, page.getByRole('heading', { name: 'Rewards', exact: true }).last());
    await c.below(`owed-how${size}`, page.getByRole('heading', { name: 'How this is counted' }));
    await c.screen(`set-up${size}`, part('Change'));
    await c.screen(`cost${size}`, async () => {
      await c.press('button', 'See what it costs');
      await page.getByRole('heading', { name: /a month$/ }).waitFor();
    });
    await c.press('button', 'More rules').catch(() => undefined);
    await c.below(`set-up-before${size}`, page.getByRole('heading', { name: 'Purchases from before' }));
    await c.below(`set-up-rules${size}`, page.getByText('Days that give more').first());
    await c.screen(`set-up-other${size}`, async () => {
      await part('Change')();
      await c.press('button', 'A card per item');
    });
    await c.below(`set-up-carry${size}`, page.getByRole('heading', { name: 'What happens to what people have' }));
    const [first] = await members('ready');
    await c.screen(`person${size}`, () => c.go('customers'));
    for (const [what, name] of Object.entries(people)) await c.screen(`counter-${what}${size}`, () => atCounter(name));
    if (first) await c.screen(`counter-collecting${size}`, () => atCounter(first.name));
    await c.screen(`counter-add${size}`, async () => {
      await atCounter(people.near);
      await c.press('button', 'Add points');
    });
    await c.escape();
    await c.screen(`counter-by-hand${size}`, async () => {
      await atCounter(people.near);
      await c.press('button', 'By hand');
    });
    await c.escape();
    await c.screen(`counter-which${size}`, async () => {
      await atCounter(people.ready);
      await c.press('button', 'Use reward');
    });
    await c.escape();
  }
  await visits(c, atCounter, made);
  await ended(c, today, atCounter, people.ready);
}

type AtCounter = (name: string) => Promise<void>;

/** A card per visit, for whoever asks; and the same in Spanish. */
async function visits(c: Camera, atCounter: AtCounter, made: (name: string, points: number) => Promise<string>): Promise<void> {
  const { shop: r, page } = c;
  const { terms } = await r.call<{ terms: Record<string, unknown> & { rewards: { offerId: number; cost: number }[] } }>(
    'loyalty/programme',
  );
  const card = { ...terms, kind: 'visits', times: [], joining: 'asked', rewards: [{ offerId: terms.rewards[0]?.offerId, cost: 10 }] };
  await r.call('loyalty/save', { terms: card, history: null, carry: 0 });
  const people = {
    'no-card': await made('Vera', 0),
    visits: await made('Una', 4),
    last: await made('Thea', 9),
    'visit-ready': await made('Sonia', 10),
  };
  const all = async (language: string) => {
    for (const [size, width, height] of SIZES) {
      await c.size(width, height);
      for (const [what, name] of Object.entries(people)) await c.screen(`${language}counter-${what}${size}`, () => atCounter(name));
    }
  };
  await all('');
  await c.screen('counter-count-visit', async () => {
    await atCounter(people.visits);
    await c.press('button', 'Count this visit');
  });
  await c.screen('counter-counted', async () => {
    await c.press('button', 'Count it');
    await atCounter(people.visits);
  });
  await c.screen('visits', () => c.go('loyalty'));
  const staff = await r.call<{ people: { id: number; role: string; name: string }[] }>('session/state');
  const olga = staff.people.find((p) => p.role === 'owner');
  await r.call('settings/save-staff', { id: olga?.id, name: olga?.name, role: 'owner', language: 'es', active: true, pin: null });
  await r.call('session/lock');
  await r.signIn();
  await c.still();
  await all('es-');
  await c.screen('es-counter-by-hand', async () => {
    await atCounter(people.visits);
    await c.press('button', 'A mano');
  });
  await c.escape();
  await r.call('settings/save-staff', { id: olga?.id, name: olga?.name, role: 'owner', language: 'en', active: true, pin: null });
  await r.call('session/lock');
  await r.signIn();
  await page.reload();
  await c.still();
}

/** Switched off, with a last day; and once it has passed. */
async function ended(c: Camera, today: ShopDay, atCounter: AtCounter, name: string): Promise<void> {
  await c.size(1280, 800);
  await c.screen('off-dialog', async () => {
    await c.go('loyalty');
    await c.press('button', 'Switch off');
  });
  await c.escape();
  await c.shop.call('loyalty/off', { useUntil: addDays(today, 20) });
  await c.screen('off', () => c.go('loyalty'));
  await c.screen('counter-off', () => atCounter(name));
  const { terms } = await c.shop.call<{ terms: object }>('loyalty/programme');
  await c.shop.call('loyalty/save', { terms, history: null, carry: 0 });
  await c.shop.call('loyalty/off', { useUntil: addDays(today, -1) });
  await c.screen('ended', () => c.go('loyalty'));
  await c.screen('ended-owed', () => c.press('button', 'What you owe'));
}

/** A shop that never had any: what there is, and the form with nothing behind it. */
export async function noRewardsWalk(out: string): Promise<void> {
  const r = await launch({ dataDir: freshDir('shots-rewards'), env: { TZ: 'America/New_York' } });
  try {
    const c = new Camera(r, out, 'no-rewards');
    await r.call('settings/save-shop', {
      name: 'Corner Shoes',
      street: '12 Main St',
      city: 'Kingston',
      region: 'NY',
      postalCode: '12401',
      country: 'US',
      currency: 'USD',
      zone: 'America/New_York',
      phone: '+18455550142',
      email: '',
      website: '',
      hours: [null, ...Array.from({ length: 6 }, () => ({ open: 600, close: 1080 }))],
      closedDays: [],
    });
    await r.call('settings/save-staff', { name: 'Olga', role: 'owner', language: 'en', active: true, pin: '2468' });
    await r.call('settings/make-recovery-code');
    await r.call('settings/onboarding-step', { step: 'done' });
    await r.page.reload();
    await r.signIn();
    for (const [size, width, height] of SIZES) {
      await c.size(width, height);
      await c.screen(`start${size}`, () => c.go('loyalty'));
      await c.screen(`set-up${size}`, () => c.press('button', 'Set it up'));
      await c.screen(`set-up-tried${size}`, () => c.press('button', 'Switch rewards on'));
    }
    await r.call('offers/save', { id: null, name: 'Free socks', kind: 'free-item', item: 'Socks', codeMode: 'personal', validDays: 30 });
    await c.screen('cost', async () => {
      await c.go('loyalty');
      await c.press('button', 'Set it up');
      await c.page.getByLabel('Reward', { exact: true }).selectOption({ label: 'Free socks' });
      await c.press('button', 'See what it costs');
    });
    await c.press('button', 'Switch rewards on');
    await c.screen('nobody-yet', () => c.go('loyalty'));
    await c.screen('nobody-members', () => c.press('button', 'Who collects'));
    await c.screen('nobody-owed', async () => {
      await c.go('loyalty');
      await c.press('button', 'What you owe');
    });
    if (c.missing.length > 0) throw new Error(c.missing.join('\n'));
  } finally {
    await r.close();
  }
}
