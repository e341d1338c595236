import { parseWordsKey } from '@domain/campaigns/parts';
import type { Out } from '@renderer/api';
import type { CampaignResultWords } from '@renderer/strings/campaign-results';

type Parts = Out<'reports/breakdown'>['parts'];

/** What the owner calls a part; else its group; else its number. */
export function partName(parts: Parts, part: number, w: CampaignResultWords): string {
  return parts.find((p) => p.part === part)?.name || w.part(part);
}

/** "Wording A, Spanish, phones without links". */
export function wordsName(key: string, w: CampaignResultWords): string {
  const k = parseWordsKey(key);
  if (!k) return w.words.none;
  const more = [k.language === 'es' ? w.words.es : '', w.words.links[k.links]].filter(Boolean);
  return [w.words[k.arm], ...more].join(', ');
}
