/** Choices of "up to N a month": doubling from one up to what the shop promises, which is always among them: 4 → 1, 2, 4; 3 → 1, 2, 3. */
export function promiseChoices(most: number): number[] {
  const out: number[] = [];
  for (let n = 1; n < most; n *= 2) out.push(n);
  return [...out, Math.max(1, most)];
}

/** "Up to 4 msgs/month", "Hasta 4 mensajes al mes": how many texts a month some words promise; null = they name no number. */
export function promisedIn(text: string): number | null {
  const beside = /\b(\d{1,2})\b[^.\d]{0,30}\b(?:mo|months?|mes)\b/i.exec(text)?.[1];
  if (beside !== undefined) return Number(beside);
  const any = (text.match(/(?<![\d(+-])\b\d{1,2}\b(?!-)/g) ?? []).map(Number).filter((n) => n >= 1 && n <= 31);
  return any.length === 0 ? null : Math.max(...any);
}
