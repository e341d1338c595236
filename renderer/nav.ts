import { create } from 'zustand';

/** Every place a person can be. One level deep: a list, or one thing of it. */
export type Place =
  | { screen: 'this-week' }
  | { screen: 'counter' }
  /** `duplicates`: the pairs that may be one person; `12-34` = this pair. `cannot`: who cannot be texted, for this reason. */
  | { screen: 'customers'; id?: number; duplicates?: string; cannot?: string }
  | { screen: 'groups'; id?: number }
  | { screen: 'campaigns'; id?: number }
  /** What runs by itself: the list, one of them, its words and rules, who is due, everybody it decided about, what it brought. */
  | { screen: 'automations'; id?: number; part?: 'edit' | 'today' | 'people' | 'results' }
  /** The next 30 days by everything, reached from Campaigns. */
  | { screen: 'calendar' }
  /** What people may ask to hear about, reached from Customers and the kit; `club`: one of them by its slug, '' = a new one. */
  | { screen: 'clubs'; club?: string }
  /** Prize draws, reached from Campaigns: the list, one of them, or one of its sheets of paper. */
  | { screen: 'draws'; id?: number; print?: 'rules' | 'record' }
  /** What came in and who waits for it, reached from Campaigns. */
  | { screen: 'deliveries'; id?: number }
  /** Recalls and other word to buyers, reached from Campaigns; 0 = a new one; `print`: its list on paper. */
  | { screen: 'notices'; id?: number; print?: true }
  /** Lists for post, e-mail and ads, reached from Groups; `id`: its labels. */
  | { screen: 'outreach'; id?: number }
  | { screen: 'replies'; phone?: string }
  /** Every text that was sent, with what became of it; reached from This week, campaigns and the palette. */
  | { screen: 'texts'; view?: 'all' | 'waiting' | 'on-the-way' | 'trouble' | 'unknown' | 'left-out' }
  | { screen: 'offers'; id?: number }
  /** Reached from Offers: rewards for people who keep coming. */
  | { screen: 'loyalty'; part?: 'set-up' | 'members' | 'owed' }
  /** `compare`: two campaigns side by side, "12-34"; "12-" asks for the second. `part`: everything over time. */
  | { screen: 'results'; campaignId?: number; compare?: string; part?: 'over-time' }
  /** Reached from Results, Offers and This week: discounts at the till beside codes at the counter. */
  | { screen: 'till-check' }
  /** Reached from Results and Settings: what the shop earns on what it sells. */
  | { screen: 'margins' }
  | { screen: 'import'; id?: number }
  /** `section`: a piece (card, poster …), topics, or wording; `kind` of the wording, `word` on the piece. */
  | { screen: 'kit'; section?: string; kind?: string; word?: string }
  /** Reached from Settings: the way to the carriers' approval, what goes into the form, the two pages. */
  | { screen: 'registration'; part?: 'way' | 'form' | 'pages' }
  /** Reached from Settings: is the texting account well, what does it cost. */
  | { screen: 'account' }
  /** One page to print: the proof of a person's or a bare number, or the certificate of an erasure. */
  | { screen: 'records'; person?: number; phone?: string; certificate?: number }
  /** Reached from Settings and the banner: what came back after a restore, what is on hold. */
  | { screen: 'restore' }
  | { screen: 'settings'; section?: string };
export type ScreenName = Place['screen'];

interface NavState {
  trail: readonly Place[];
}

/** Longer trails help nobody: Esc goes back a few steps, not through the whole morning. */
const LONGEST = 50;
const useNav = create<NavState>(() => ({ trail: [{ screen: 'counter' }] }));

const same = (a: Place, b: Place) => JSON.stringify(a) === JSON.stringify(b);
const detail = (p: Place): boolean => Object.keys(p).length > 1;

/** Goes to a place; `replace` leaves no step to come back to. */
export function go(place: Place, options: { replace?: boolean } = {}): void {
  useNav.setState(({ trail }) => {
    const here = trail.at(-1);
    if (here && same(here, place)) return { trail };
    const base = options.replace ? trail.slice(0, -1) : trail;
    return { trail: [...base, place].slice(-LONGEST) };
  });
}

/** Esc: from one thing to where we came from, or to its list when there is nowhere else. False when already at the top. */
export function back(): boolean {
  const { trail } = useNav.getState();
  const here = trail.at(-1);
  if (trail.length > 1) {
    useNav.setState({ trail: trail.slice(0, -1) });
    return true;
  }
  if (here && detail(here)) {
    useNav.setState({ trail: [{ screen: here.screen } as Place] });
    return true;
  }
  return false;
}

/** The place now shown. */
export function usePlace(): Place {
  return useNav((s) => s.trail.at(-1) ?? { screen: 'counter' });
}

/** Outside components (menus, the palette, tests). */
export const currentPlace = (): Place => useNav.getState().trail.at(-1) ?? { screen: 'counter' };

/** After unlocking or locking: no trail of the previous person. */
export function startAt(place: Place): void {
  useNav.setState({ trail: [place] });
}

export type CounterWish = 'find' | 'sign-up' | 'redeem';
const useWish = create<{ wish: CounterWish | null }>(() => ({ wish: null }));

/** F2/F3/F4, menus and the palette: go to the counter and do this there. */
export function wishCounter(wish: CounterWish): void {
  go({ screen: 'counter' });
  useWish.setState({ wish });
}

/** What the counter was asked to do; the counter screen takes it once with `takeCounterWish`. */
export const useCounterWish = (): CounterWish | null => useWish((s) => s.wish);
export const takeCounterWish = (): void => useWish.setState({ wish: null });
