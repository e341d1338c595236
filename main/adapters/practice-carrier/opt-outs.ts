import { isTollFree } from './account';
import { type Keyword, keyword } from './keywords';
import type { SimAccount } from './types';

/**
 * Who may not be texted. The carrier's own block holds per number, or per service for the numbers in one. Toll-free numbers have a
 * second one in the network, per number, which only START and UNSTOP lift (facts/twilio.md §2).
 */
export class OptOuts {
  private readonly blocked = new Set<string>();
  private readonly network = new Set<string>();

  constructor(private readonly account: SimAccount) {}

  get size(): number {
    return this.blocked.size;
  }

  /** What a text means to the carrier, the service's own words included. */
  wordOf(ours: string, body: string): Keyword {
    const word = body.trim().toUpperCase();
    const own = this.serviceOf(ours)?.words;
    const has = (list: string[] | undefined) => list?.some((w) => w.trim().toUpperCase() === word) ?? false;
    if (has(own?.stop)) return 'stop';
    if (has(own?.start)) return 'start';
    if (has(own?.help)) return 'help';
    // A service knows YES; a toll-free number of its own does not.
    return keyword(body, isTollFree(ours) && !this.serviceOf(ours));
  }

  /** Hears an inbound text. Answers what it was. */
  hear(ours: string, theirs: string, body: string): Keyword {
    const what = this.wordOf(ours, body);
    if (what === 'stop') this.blocked.add(this.scope(ours, theirs));
    else if (what === 'start') this.blocked.delete(this.scope(ours, theirs));
    if (isTollFree(ours)) {
      const plain = keyword(body, true);
      if (plain === 'stop') this.network.add(`${ours} ${theirs}`);
      else if (plain === 'start') this.network.delete(`${ours} ${theirs}`);
    }
    return what;
  }

  /** Told by the account's owner (Consents API), not by the person. The network's own block is not theirs to change. */
  tell(scope: string, stop: boolean): void {
    if (stop) this.blocked.add(scope);
    else this.blocked.delete(scope);
  }

  /** The same scope for a sender named by the API: a service's id, or a number. */
  scopeOf(sender: string, theirs: string): string {
    return sender.startsWith('MG') ? `${sender} ${theirs}` : this.scope(sender, theirs);
  }

  isBlocked(ours: string, theirs: string): boolean {
    return this.blocked.has(this.scope(ours, theirs));
  }

  isBlockedInNetwork(ours: string, theirs: string): boolean {
    return this.network.has(`${ours} ${theirs}`);
  }

  scope(ours: string, theirs: string): string {
    return `${this.serviceOf(ours)?.sid ?? ours} ${theirs}`;
  }

  private serviceOf(number: string) {
    return this.account.services.find((s) => s.numbers.includes(number)) ?? null;
  }
}
