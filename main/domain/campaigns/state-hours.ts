import stateData from './data/state-hours.json';

/** Whole hours [from, to) in which marketing texts may leave; `warn` = a ban that several laws lift for people who agreed. */
export interface DayHours {
  hours: [number, number];
  warn: boolean;
}

export interface StateRow {
  mon_fri: DayHours;
  sat: DayHours;
  sun: DayHours;
  holidays?: DayHours;
  /** No more than `max` marketing texts in so many hours; our own spacing is stricter everywhere. */
  cap?: { per_hours: number; max: number };
  /** Where the row comes from. */
  cite: string;
  note?: string;
}

/** By ISO 3166-2; places not listed follow the federal row. */
export const STATE_ROWS = stateData.rows as unknown as Readonly<Record<string, StateRow>>;
export const FEDERAL_ROW = stateData.default as unknown as StateRow;
