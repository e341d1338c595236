import { CODE_LENGTH, readCode } from './code';

/** Every word of a text that could be one of our codes, as stored: without the hyphen of `ABC-23DE`. */
export function codesIn(text: string): string[] {
  const found = new Set<string>();
  for (const word of text.toUpperCase().match(/[0-9A-Z]+(?:-[0-9A-Z]+)?/g) ?? []) {
    if (word.replace('-', '').length !== CODE_LENGTH) continue;
    const read = readCode(word);
    if (read.kind === 'ok') found.add(read.code);
  }
  return [...found];
}
