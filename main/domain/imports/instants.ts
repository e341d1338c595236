import { instantOf, shopDay } from '../calendar';
import type { ShopDay, UtcMs, Zone } from '../kernel';
import type { CellInstant, CellTime } from './dates';

const DAY_MS = 86_400_000;

/**
 * Wall-clock cells → instants and shop days, for a million rows: asking Intl costs microseconds, so each calendar day of a zone is
 * asked once and only days on which the clock changes are asked per row.
 */
export class Instants {
  /** Start of a local day when the day has 24 hours, null when the clock changes in it. */
  private readonly starts = new Map<string, number | null>();
  private readonly days = new Map<string, ShopDay>();

  constructor(private readonly shopZone: Zone) {}

  /**
   * `clock`: the row's own time column, which wins over a time in the date cell (spreadsheets add a midnight to every date).
   * `zone`: of the row, if its file names one, else the shop's. A date without a time is taken at noon and marked.
   * Hours the clock skips are read an hour later, hours it repeats as the first (calendar.ts).
   */
  at(cell: CellTime | CellInstant, clock: number | null, zone: Zone): { at: UtcMs; day: ShopDay; timeKnown: boolean } {
    if ('instant' in cell) return { at: cell.instant as UtcMs, day: this.day(cell.instant), timeKnown: true };
    const seconds = clock ?? cell.seconds;
    const s = seconds ?? 12 * 3600;
    if (cell.offset !== null) {
      const at = Date.UTC(cell.year, cell.month - 1, cell.day) + s * 1000 - cell.offset * 60_000;
      return { at: at as UtcMs, day: this.day(at), timeKnown: seconds !== null };
    }
    const own = cell.in ?? zone;
    const at = this.local(own, cell, s);
    const day =
      own === this.shopZone
        ? (`${cell.year}-${String(cell.month).padStart(2, '0')}-${String(cell.day).padStart(2, '0')}` as ShopDay)
        : this.day(at);
    return { at: at as UtcMs, day, timeKnown: seconds !== null };
  }

  private local(zone: Zone, c: CellTime, seconds: number): number {
    const key = `${zone}${c.year}-${c.month}-${c.day}`;
    let start = this.starts.get(key);
    if (start === undefined) {
      const from = instantOf(zone, c.year, c.month, c.day);
      const next = new Date(Date.UTC(c.year, c.month - 1, c.day + 1));
      const to = instantOf(zone, next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate());
      start = to - from === DAY_MS ? from : null;
      if (this.starts.size > 20_000) this.starts.clear();
      this.starts.set(key, start);
    }
    if (start !== null) return start + seconds * 1000;
    return instantOf(zone, c.year, c.month, c.day, Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  }

  /** By the hour: no zone changes its date within one, and half-hour offsets are covered by quarter hours. */
  private day(at: number): ShopDay {
    const key = String(Math.floor(at / 900_000));
    let day = this.days.get(key);
    if (day === undefined) {
      day = shopDay(at as UtcMs, this.shopZone);
      if (this.days.size > 100_000) this.days.clear();
      this.days.set(key, day);
    }
    return day;
  }
}
