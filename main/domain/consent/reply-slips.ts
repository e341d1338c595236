/**
 * Words of a request to stop as thumbs miss them: a letter left out, typed twice, or two letters the wrong way round. Only words that
 * carry such a request, and only looked at in texts nothing else was found in.
 */
const CARRY = (
  'texting messaging sending contacting texts messages message remove removed unsubscribe delete cancel leave alone quit take list number ' +
  'wrong dont text more anymore subscription contact cancelar mandar manden mandando mensajes mensaje enviar envien escriban deje dejen ' +
  'quiten borren numero lista equivocado'
).split(' ');

/** Words of their own that such a slip would lead to. */
const OWN = new Set('dot don ont ext moe mor ore lit its lone aloe lave eave rong quite quiet qui tae mandan lit tex test'.split(' '));

function slipsOf(word: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < word.length; i++) {
    const [before, letter, after] = [word.slice(0, i), word[i] ?? '', word.slice(i + 1)];
    out.push(before + after, before + letter + letter + after);
    if (after !== '') out.push(before + (after[0] ?? '') + letter + after.slice(1));
  }
  return out;
}

const MEANT: ReadonlyMap<string, string> = new Map(
  CARRY.flatMap((word) =>
    slipsOf(word)
      .filter((slip) => !OWN.has(slip) && !CARRY.includes(slip))
      .map((slip) => [slip, word] as const),
  ),
);

/** The sentence (normalised words) with such slips mended; null when there is none. */
export function withoutSlips(sentence: string): string | null {
  let mended = false;
  const words = sentence.split(' ').map((word) => {
    const meant = MEANT.get(word);
    if (meant !== undefined) mended = true;
    return meant ?? word;
  });
  return mended ? words.join(' ') : null;
}
