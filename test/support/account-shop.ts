import { practiceAccount } from '@adapters/practice-carrier/account';
import type { SimAccount } from '@adapters/practice-carrier/account-types';
import type { PhoneE164 } from '@domain/kernel';
import { FINDINGS } from '@renderer/strings/account-findings';
import { accountFindings } from '@services/account/health';
import { SENDER, SERVICE } from './carrier';
import { aSendingShop, type SendingShop } from './sending-shop';

let shop: SendingShop | undefined;
/** After each test. */
export async function closeAccountShop(): Promise<void> {
  await shop?.close();
  shop = undefined;
}

export const POOLED = '+12125550141' as PhoneE164;
export const TOLL_FREE = '+18885550143' as PhoneE164;
export const BRAND = `BN${'0'.repeat(24)}00abcdef`;
export const CAMPAIGN = `QE${'0'.repeat(24)}00abcdef`;
export const BASE: SimAccount = practiceAccount();

/** A registered shop texting from a service; `account` changes what the carrier knows. */
export async function anAccountShop(
  account: Partial<SimAccount> = {},
  sender: 'service' | 'number' | 'toll-free' = 'service',
): Promise<SendingShop> {
  shop = await aSendingShop({
    carrier: {
      account: {
        brands: [{ sid: BRAND, status: 'APPROVED', type: 'STANDARD', score: 60 }],
        campaigns: [
          {
            sid: CAMPAIGN,
            serviceSid: SERVICE,
            brandSid: BRAND,
            status: 'VERIFIED',
            usecase: 'MARKETING',
            mps: 4,
            tmobileTier: 'HIGH_MID',
          },
        ],
        ...account,
      },
    },
    settings: {
      texting: {
        segmentsPerSecond: 1,
        sender:
          sender === 'service' ? { kind: 'service', sid: SERVICE } : { kind: 'number', number: sender === 'number' ? SENDER : TOLL_FREE },
        numbers: sender === 'service' ? [POOLED] : [sender === 'number' ? SENDER : TOLL_FREE],
      },
    },
  });
  return shop;
}

export const service = (over: Partial<SimAccount['services'][number]>): Partial<SimAccount> => ({
  services: [{ ...(BASE.services[0] as SimAccount['services'][number]), ...over }],
});

/** What the owner would read. */
export const words = (s: SendingShop) =>
  accountFindings(s.ctx).map((f) => {
    const said = FINDINGS[f.code](f.params, {
      money: (m, c = 'USD') => `${(m / 1e6).toFixed(2)} ${c}`,
      n: String,
      when: (at) => new Date(at).toISOString().slice(0, 10),
      phone: (p) => p,
      features: (list) => list,
    });
    return { code: f.code, severity: f.severity, text: `${said.title} ${said.means} ${said.next}` };
  });
export const codes = (s: SendingShop) => words(s).map((f) => f.code);
