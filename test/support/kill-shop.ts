import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { openShop } from '@backend/open-shop';
import { openDb } from '@db/open';
import { readSettings, saveSettings } from '@db/queries/settings';
import type { CampaignId, PhoneE164 } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { saveGroup } from '@services/segments/segments';
import { ACCOUNT, KEY, SECRET, SENDER } from './carrier';
import { aNewYorker, givePermission } from './sending-shop';
import { NOON } from './test-ctx';

/** Only texts of the campaign say this. */
export const WORDS = 'boots are in';

export interface KillShop {
  dir: string;
  phones: PhoneE164[];
  campaignId: CampaignId;
  quoteToken: string;
}

/** A shop on disk with people who may be texted and a campaign that only has to be started. Copied for each campaign of a run. */
export async function aShopToKill(people: number): Promise<KillShop> {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
  const secrets = new PassphraseVault(join(dir, 'vault.json'), 'test');
  const shop = await openShop({ dir, kind: 'real', secrets, clock: new FixedClock(NOON), twilioUrl: 'http://127.0.0.1:9' });
  try {
    await secrets.set('twilio-key-secret', SECRET);
    const { ctx } = shop;
    const { db } = ctx;
    const settings = readSettings(db);
    saveSettings(db, 'shop', { ...settings.shop, name: 'Corner Shoes' }, NOON);
    const texting = {
      mode: 'twilio',
      accountSid: ACCOUNT,
      keySid: KEY,
      sender: { kind: 'number', number: SENDER },
      numbers: [SENDER],
    } as const;
    saveSettings(db, 'texting', { ...settings.texting, ...texting, numbers: [SENDER], segmentsPerSecond: 1.2, senderApproved: true }, NOON);
    db.run(db.q.insertInto('staff').values({ id: 1, name: 'Olga', role: 'owner', pin_hash: null, created_at: 0 }));
    const phones = Array.from({ length: people }, (_, i) => aNewYorker(i));
    givePermission(ctx, phones);
    db.tx((trx) => {
      const add = trx.prepare('INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES (?, ?, ?, ?, ?)');
      phones.forEach((phone, i) => void add.run(`P${i}`, phone, 'mobile', NOON, NOON));
    });
    const segmentId = saveGroup(ctx, { id: null, name: 'Everybody', rule: { all: [{ is: 'may-text', value: true }] } });
    const campaignId = saveDraft(ctx, null, {
      name: 'Boots',
      segmentId,
      body: `Corner Shoes: hi {first name|there}, ${WORDS}.`,
      offerId: null,
      addStopLine: true,
      holdout: 'off',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    });
    const { quoteToken, checks } = await review(ctx, campaignId);
    if (quoteToken === null) throw new Error(`not to be sent: ${JSON.stringify(checks)}`);
    return { dir, phones, campaignId, quoteToken };
  } finally {
    await shop.close();
  }
}

export function copyOfShop(shop: KillShop): KillShop {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
  cpSync(shop.dir, dir, { recursive: true });
  return { ...shop, dir };
}

/** Reads the shop file of a process that is gone. */
export function readingShop<T>(dir: string, read: (all: <R>(sql: string, ...values: (string | number)[]) => R[]) => T): T {
  const db = openDb(join(dir, 'shop.sqlite'), { readonly: true });
  try {
    return read(<R>(sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values) as R[]);
  } finally {
    db.close();
  }
}
