import { dispatch } from '@backend/dispatch';
import { MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { Ctx } from '@services/ctx';
import { listGroups } from '@services/segments/segments';
import type { Oracle } from './outbox-oracle';
import { type Act, PACE, PRICE } from './outbox-template';
import { givePermission } from './sending-shop';
import { owner } from './test-ctx';

/** The owner at the screens: everything goes through the app's own channels, and refusals are answers. */
export class OwnerAtWork {
  readonly campaigns: number[] = [];
  readonly did: Record<string, number> = {};

  constructor(
    private readonly ctx: () => Ctx,
    private readonly oracle: Oracle,
  ) {}

  async call<T>(channel: string, input: unknown): Promise<T | null> {
    const answer = await dispatch(this.ctx(), owner, channel, input);
    if (answer.ok) return answer.value as T;
    if (answer.error.code === 'bug') throw new Error(`${channel}: ${answer.error.details}`);
    this.did[`${channel} refused: ${answer.error.code}`] = (this.did[`${channel} refused: ${answer.error.code}`] ?? 0) + 1;
    return null;
  }

  cents: number | null = null;
  async prices(pricePerSegment: number, monthlyLimit: number | null): Promise<void> {
    const rest = { segmentsPerSecond: PACE, senderApproved: true, customStopWords: [] };
    await this.call('settings/save-texting', { ...rest, pricePerSegment, monthlyLimit });
  }

  private async draft(): Promise<number | null> {
    const everybody = listGroups(this.ctx()).find((g) => g.readyMade === 'everyone');
    const fields = {
      name: `Boots ${this.campaigns.length}`,
      segmentId: everybody?.id ?? null,
      body: `Corner Shoes: hi {first name|there}, boots are in, ${this.campaigns.length}.`,
      offerId: null,
      addStopLine: true,
      holdout: 'off',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    };
    const made = await this.call<{ id: number }>('campaigns/save', { id: null, fields });
    return made?.id ?? null;
  }

  async launch(kind: Act, n: number): Promise<void> {
    const id = await this.draft();
    if (id === null) return;
    if (kind === 'planned campaign') {
      const at = (this.ctx().clock.now() + (1 + (n % 50)) * 30 * MINUTE) as UtcMs;
      const r = await this.call<{ quoteToken: string | null; people: number }>('campaigns/review', { id, at, viaCarrier: false });
      if (!r?.quoteToken) return;
      const latePolicy = (['send-late', 'ask', 'skip'] as const)[n % 3];
      const planned = { id, quoteToken: r.quoteToken, at, latePolicy, ceilingPeople: r.people + 5, viaCarrier: false };
      if (await this.call('campaigns/schedule', planned)) this.campaigns.push(id);
      return;
    }
    const r = await this.call<{ quoteToken: string | null; people: number }>('campaigns/review', { id });
    if (!r?.quoteToken) return;
    const { quoteToken } = r;
    if (kind === 'campaign after a change') {
      const fields = { firstName: 'Late', phone: `+1917555${String(1000 + this.campaigns.length)}` };
      if (n % 2) {
        await this.prices(PRICE + 100, null);
      } else {
        await this.call('customers/save', { id: null, fields, sharedNumber: false });
        givePermission(this.ctx(), [fields.phone as PhoneE164]);
      }
      const started = await this.call('campaigns/start', { id, quoteToken });
      if (started !== null) throw new Error(`started although ${n % 2 ? 'the price' : 'the people'} changed`);
      await this.prices(PRICE, this.cents);
      return;
    }
    const started = await this.call<{ taskId: string }>('campaigns/start', { id, quoteToken });
    if (!started) return;
    this.campaigns.push(id);
    if (kind === 'campaign twice') await this.call('campaigns/start', { id, quoteToken });
    await this.ctx()
      .tasks.finished(started.taskId as never)
      .catch(() => undefined);
    if (kind === 'campaign twice' && (await this.call('campaigns/start', { id, quoteToken })) !== null) throw new Error('started twice');
  }

  async decide(act: 'send again' | 'leave it'): Promise<void> {
    const page = { campaignId: null, page: { offset: 0, limit: 50 } };
    const open = await this.call<{ rows: { outboxId: number; kind: string }[] }>('outbox/uncertain', page);
    const ids = (open?.rows ?? []).filter((r) => r.kind === 'not-confirmed').map((r) => r.outboxId);
    if (ids.length === 0) return;
    if (act === 'leave it') return void (await this.call('outbox/give-up', { outboxIds: ids }));
    const rows = this.oracle.all<{ id: number; cause_kind: string; cause_id: string; address: string }>('SELECT * FROM outbox');
    for (const r of rows.filter((x) => ids.includes(x.id))) {
      const cause = `${r.cause_kind}:${r.cause_id}:${r.address}`;
      this.oracle.known.again.set(cause, (this.oracle.known.again.get(cause) ?? 0) + 1);
    }
    await this.call('outbox/resend', { outboxIds: ids });
  }
}
