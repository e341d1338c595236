/** Why a word cannot sign people up (main/domain/kit/join-word.ts), as the owner reads it. */
export const WORD_REFUSED: Readonly<Record<string, string>> = {
  'too-short': 'It needs at least three letters.',
  'too-long': 'Twelve letters at the most, so that people type it without mistakes.',
  characters: 'Only the letters A to Z and digits, no spaces, and a letter first.',
  'means-something': 'It means something else already, to us or to the phone companies, like STOP, HELP or YES.',
  'said-in-passing':
    'People write it in passing and would be signed up without wanting to. Take a word nobody says by accident, like SHOECLUB.',
};
