import { FLOW_MAX, FLOW_MIN } from './texts';

/** What a reviewer asks for, and whether this shop has it. */
export type CheckItem =
  | 'legal-name'
  | 'address'
  | 'website'
  | 'contact'
  | 'terms'
  | 'privacy'
  | 'number'
  | 'proof'
  | 'samples'
  | 'flow'
  | 'age-gate';
/** done · missing: the shop has to do something · look: done by the shop's word, nobody has looked. */
export type CheckState = 'done' | 'missing' | 'look';

export interface CheckFacts {
  readonly legalName: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly website: string;
  readonly phone: string;
  readonly email: string;
  /** null = not looked at since its address last changed. */
  readonly termsFine: boolean | null;
  readonly privacyFine: boolean | null;
  readonly hasNumber: boolean;
  readonly proofUrl: string;
  readonly samples: readonly string[];
  readonly shopName: string;
  readonly flow: string;
  readonly ageGate: boolean;
}

export interface Check {
  readonly item: CheckItem;
  readonly state: CheckState;
}

const page = (fine: boolean | null): CheckState => (fine === null ? 'look' : fine ? 'done' : 'missing');
const there = (on: boolean): CheckState => (on ? 'done' : 'missing');

/** Every item with its state, in the order the form meets them. */
export function checklistOf(f: CheckFacts): Check[] {
  const good = f.samples.filter((s) => s.toLowerCase().includes(f.shopName.toLowerCase()) && /\bSTOP\b/.test(s));
  return [
    { item: 'legal-name', state: there(f.legalName.trim() !== '') },
    { item: 'address', state: there(f.street.trim() !== '' && f.city.trim() !== '' && f.postalCode.trim() !== '') },
    { item: 'website', state: there(f.website.trim() !== '') },
    { item: 'contact', state: there(f.email.trim() !== '' && f.phone.trim() !== '') },
    { item: 'terms', state: f.website.trim() === '' && f.termsFine === null ? 'missing' : page(f.termsFine) },
    { item: 'privacy', state: f.website.trim() === '' && f.privacyFine === null ? 'missing' : page(f.privacyFine) },
    { item: 'number', state: there(f.hasNumber) },
    { item: 'proof', state: /^https:\/\/\S+\.\S+/.test(f.proofUrl) ? 'look' : 'missing' },
    { item: 'samples', state: there(good.length >= 2) },
    { item: 'flow', state: there(f.flow.length >= FLOW_MIN && f.flow.length <= FLOW_MAX) },
    ...(f.ageGate ? [{ item: 'age-gate', state: 'look' } as const] : []),
  ];
}
