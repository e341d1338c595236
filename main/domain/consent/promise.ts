/** Choices of "up to N a month": doubling from one up to what the shop promises, which is always among them: 4 → 1, 2, 4; 3 → 1, 2, 3. */
export function promiseChoices(most: number): number[] {
  const out: number[] = [];
  for (let n = 1; n < most; n *= 2) out.push(n);
  return [...out, Math.max(1, most)];
}
