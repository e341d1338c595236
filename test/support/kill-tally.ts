import { appendFileSync } from 'node:fs';
import type { Step } from './kill-lab';

/** Printed, and kept for the soak's line in docs/BENCH.md (scripts/soak.mjs). */
export function tellTally(lines: readonly string[]): void {
  console.log(lines.join('\n'));
  const file = process.env['SOAK_TALLY'];
  if (file !== undefined) appendFileSync(file, `${lines.join('\n')}\n`);
}

/** Where a death fell. A process does several things at once: one death may count in several places. */
export type Place =
  | 'starting up'
  | 'taking up what was cut off'
  | 'preparing a campaign'
  | 'showing it to the sender'
  | 'between commit and POST'
  | 'during a POST'
  | 'after the answer, before its commit'
  | 'reading replies'
  | 'reading deliveries'
  | 'looking for an uncertain text'
  | 'a call of the owner'
  | 'making a copy'
  | 'restoring a copy'
  | 'writing the journal'
  | 'waiting for something to do';

/** What the shop file says about the moment of death. */
export interface Scene {
  /** Numbers of rows in `sending`. */
  sending: ReadonlySet<string>;
  campaign: string;
}

const CALLS: Readonly<Record<string, Place>> = {
  'backups/make': 'making a copy',
  'backups/restore': 'restoring a copy',
};

/** Reads from the steps of a life and from the file it left where the death fell. `ownHand`: it died at its last step. */
export function placesOf(steps: readonly Step[], scene: Scene, ownHand: boolean): Set<Place> {
  const open = new Map<string, number>();
  const told = new Set<string>();
  const settled = new Set<string>();
  const posted = new Set<string>();
  let opened = false;
  let ready = false;
  let call: string | null = null;
  for (const { step, detail } of steps) {
    if (step === 'open') opened = true;
    else if (step === 'ready') ready = true;
    else if (step === 'post>') posted.add(detail);
    else if (step === 'post<') told.add(detail);
    else if (step === 'settled') settled.add(detail);
    else if (step === 'call>') call = detail;
    else if (step === 'call<') call = null;
    else if (step.endsWith('>')) open.set(step.slice(0, -1), (open.get(step.slice(0, -1)) ?? 0) + 1);
    else if (step.endsWith('<')) open.set(step.slice(0, -1), (open.get(step.slice(0, -1)) ?? 0) - 1);
  }
  const places = new Set<Place>();
  const last = steps.at(-1);
  // A list was just answered, or is about to be: what it says was not taken yet.
  const within = (what: string) => (open.get(what) ?? 0) > 0 || (ownHand && last?.step === `${what}<`);
  if (ownHand && last?.step === 'post>') posted.delete(last.detail); // it died before the request left
  if (!opened) return places.add('starting up');
  if (!ready) return places.add('taking up what was cut off');
  if (within('journal')) places.add(last?.detail === 'campaign-started' ? 'showing it to the sender' : 'writing the journal');
  else if (scene.campaign === 'staging') places.add('preparing a campaign');
  for (const to of scene.sending) {
    if (!posted.has(to)) places.add('between commit and POST');
    else if (!told.has(to)) places.add('during a POST');
    else if (!settled.has(to)) places.add('after the answer, before its commit');
  }
  if (within('replies')) places.add('reading replies');
  if (within('poll')) places.add('reading deliveries');
  if (within('reconcile')) places.add('looking for an uncertain text');
  if (call !== null) places.add(CALLS[call] ?? 'a call of the owner');
  if (places.size === 0) places.add('waiting for something to do');
  return places;
}

/** The sums of a whole run, for people. */
export class KillTally {
  kills = 0;
  campaigns = 0;
  restores = 0;
  carrierDeaths = 0;
  readonly places: Record<string, number> = {};
  readonly faults: Record<string, number> = {};
  readonly states: Record<string, number> = {};
  readonly acts: Record<string, number> = {};
  /** Texts that were uncertain at some time, and what became of them. */
  uncertain = { ever: 0, adopted: 0, notConfirmed: 0, sentAgain: 0 };
  texts = 0;
  created = 0;
  /** What must not be, counted before anything is asserted: it stands in the tally also when it is nothing. */
  harm = { duplicates: 0, lost: 0, unsettled: 0 };

  add(into: Record<string, number>, what: string, n = 1): void {
    into[what] = (into[what] ?? 0) + n;
  }

  lines(): string[] {
    const list = (of: Record<string, number>) =>
      Object.entries(of)
        .sort((a, b) => b[1] - a[1])
        .map(([what, n]) => `${what} ${n}`)
        .join(' · ');
    const u = this.uncertain;
    return [
      `${this.kills} kills in ${this.campaigns} campaigns, ${this.carrierDeaths} deaths of the carrier, ${this.restores} restored copies`,
      `where they fell: ${list(this.places)}`,
      `faults hit: ${list(this.faults)}`,
      `acts in between: ${list(this.acts)}`,
      `uncertain at some time ${u.ever}: ${u.adopted} found and adopted, ${u.notConfirmed} not confirmed and shown, ${u.sentAgain} sent again by the owner`,
      `${this.texts} people, ${this.created} texts at the carrier; how they ended: ${list(this.states)}`,
      `texts twice ${this.harm.duplicates}, people lost ${this.harm.lost}, uncertain neither settled nor shown ${this.harm.unsettled}`,
    ];
  }
}
