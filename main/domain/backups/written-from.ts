import { toGsmFriendly } from '../campaigns/sms-text';
import { parseTemplate } from '../campaigns/template';

const escaped = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s*');

/** Whether a text can have been written from these words: everything but the merge fields stands in it, in order. */
export function writtenFrom(template: string, text: string): boolean {
  let nodes: ReturnType<typeof parseTemplate>;
  try {
    nodes = parseTemplate(template);
  } catch {
    return false;
  }
  const fixed = nodes.reduce((n, node) => n + ('text' in node ? node.text.trim().length : 0), 0);
  if (fixed < 12) return false; // a few letters would fit anything
  const pattern = nodes.map((n) => ('text' in n ? escaped(toGsmFriendly(n.text).text) : '[\\s\\S]{0,80}?')).join('\\s*');
  return new RegExp(`^\\s*${pattern}`).test(toGsmFriendly(text).text); // as typed or written plainly
}
