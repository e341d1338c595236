export interface NameParts {
  first: string;
  last: string;
}

/** One space between words, no control or invisible marks, nothing around it. Spelling and capitals stay as given. */
export function tidyName(raw: string | null | undefined): string {
  return (raw ?? '')
    .normalize('NFC')
    .replace(/\p{Cf}|\p{Cc}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
}

/**
 * A whole name in one field: `Gómez, Ana` puts the last name first, otherwise the first word is the first name.
 * Only for files with one name column; nothing is invented.
 */
export function splitName(raw: string): NameParts {
  const name = tidyName(raw);
  const comma = name.indexOf(',');
  if (comma > 0) return { first: name.slice(comma + 1).trim(), last: name.slice(0, comma).trim() };
  const space = name.indexOf(' ');
  return space < 0 ? { first: name, last: '' } : { first: name.slice(0, space), last: name.slice(space + 1) };
}

/** How a person is called on screen; '' when nothing is known (the screen then shows the number). */
export function showName(person: { firstName: string; lastName: string; company?: string }): string {
  return `${person.firstName} ${person.lastName}`.trim() || (person.company ?? '');
}

/** For staff: first name and the initial of the last: enough to greet, not a list to copy. */
export function shortName(person: { firstName: string; lastName: string; company?: string }): string {
  const initial = Array.from(person.lastName)[0];
  if (person.firstName && initial) return `${person.firstName} ${initial}.`;
  return showName(person);
}
