import { isHidden } from './cells';
import { readDate, readTime } from './dates';
import { FIELDS, type Field, joinerOf, type Mapping } from './fields';
import { readMoney, readQuantity } from './money';

/** Fields whose value may lie in several columns, put together in the order of the file (date + time, street + number). */
export const mayJoin = (field: Field): boolean => FIELDS[field].kind === 'text' || field === 'date' || field === 'saleId';

/** The columns of a field as one value, as the import will see it. */
export const joined = (field: Field, cells: readonly string[]): string =>
  cells
    .map((c) => c.trim())
    .filter(Boolean)
    .join(joinerOf(field));

/** True when no way of writing makes this value what the field should hold. For samples only: nothing is decided by it. */
export function misfits(field: Field, text: string): boolean {
  if (text === '' || isHidden(text)) return false;
  switch (FIELDS[field].kind) {
    case 'money':
      return readMoney(text, '.', 2) === null && readMoney(text, ',', 2) === null;
    case 'quantity':
      return readQuantity(text, '.') === null && readQuantity(text, ',') === null;
    case 'date':
      return readDate(text, 'mdy') === null && readDate(text, 'dmy') === null;
    case 'time':
      return readTime(text) === null;
    case 'phone':
      return text.replace(/\D/g, '').length < 7 || /[@]/.test(text);
    case 'email':
      return !/^[^\s@]+@[^\s@]+$/.test(text);
    default:
      return false;
  }
}

/** A mapping with one column given another meaning ('' = none). A field that cannot be put together moves from its old column. */
export function remap(columns: Mapping['columns'], index: number, field: Field | ''): Mapping['columns'] {
  const out: { [F in Field]?: number[] } = {};
  for (const [f, at] of Object.entries(columns) as [Field, readonly number[]][]) {
    const rest = at.filter((i) => i !== index);
    if (rest.length && (f !== field || mayJoin(f))) out[f] = rest;
  }
  if (field !== '') out[field] = [...(out[field] ?? []), index].sort((a, b) => a - b);
  return out;
}
