/** English for so many of something; `n` is the number as it is shown. "1 receipt", "1,200 receipts". */
export const counted = (n: string, one: string, many: string): string => `${n} ${n === '1' ? one : many}`;

export const people = (n: string, one = n === '1'): string => `${n} ${one ? 'person' : 'people'}`;
