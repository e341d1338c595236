import { countSegments } from '@domain/campaigns/sms-text';
import { SegmentedMessage } from 'sms-segments-calculator';

const CHEAP =
  'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&\'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r';
const PAIRS = '^{}\\[~]|€';
const DEAR = ['á', 'ç', '’', '–', '`', 'ł', '中', '😀', '🎉', '👍🏽', '👨‍👩‍👧‍👦', '🇺🇸', '❤️', '\u00a0', '\t'];
/** Where one part ends and another begins, in either alphabet. */
const EDGES = [1, 69, 70, 71, 133, 134, 135, 159, 160, 161, 305, 306, 307, 459, 460];

/** Texts of both alphabets, most of them near a border; the same for the same seed. */
export function* segmentTexts(count: number, seed = 20_261_122): Generator<string> {
  let state = seed;
  const below = (n: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const pick = (of: readonly string[] | string): string => of[below(of.length)] ?? '';
  for (let n = 0; n < count; n++) {
    const dear = n % 3 === 0 ? 1 + below(4) : 0;
    const length = n % 4 === 0 ? below(330) : (EDGES[below(EDGES.length)] ?? 0) - (dear > 0 ? below(6) : 0);
    let text = '';
    while (text.length < length) text += below(40) === 0 ? pick(PAIRS) : pick(CHEAP);
    for (let i = 0; i < dear; i++) {
      const at = below(text.length + 1);
      text = text.slice(0, at) + pick(DEAR) + text.slice(at);
    }
    yield text;
  }
}

/** Texts we count otherwise than the carrier's own calculator. */
export function countedOtherwise(texts: Iterable<string>): { text: string; ours: string; theirs: string }[] {
  const out: { text: string; ours: string; theirs: string }[] = [];
  for (const text of texts) {
    const m = new SegmentedMessage(text, 'auto', false);
    const count = countSegments(text);
    const ours = `${count.encoding} ${count.segments}`;
    const theirs = `${m.encodingName} ${text === '' ? 0 : m.segmentsCount}`;
    if (ours !== theirs) out.push({ text, ours, theirs });
  }
  return out;
}
