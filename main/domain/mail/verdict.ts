/** What a post office's refusal is about. */
export type Refusal =
  /** There is no such mailbox, or it takes no mail: never again to this address. */
  | 'bad-address'
  /** The mailbox is full, or closed for now: this mail is lost, the address is not. */
  | 'mailbox-full'
  /** Too large for them. */
  | 'too-large'
  /** They take no mail from us: about our account or our words, not about the person. */
  | 'refused-us'
  /** Anything else that is final. */
  | 'other';

const ADDRESS_STATUS = /^5\.1\.[1236]$|^5\.1\.10$|^5\.2\.1$|^5\.4\.4$/;

/**
 * Reads a final refusal (5xx, or the status of a bounce): whether the address is dead, or only this mail. Enhanced status codes decide
 * where there are any (RFC 3463); else the digits and what post offices say. In doubt it is not the person's fault.
 */
export function refusalOf(code: number | null, status: string | null, text: string): Refusal {
  const said = text.toLowerCase();
  if (status !== null) {
    if (ADDRESS_STATUS.test(status)) return 'bad-address';
    if (/^[45]\.2\.2$/.test(status)) return 'mailbox-full';
    if (/^5\.(2\.3|3\.4)$/.test(status)) return 'too-large';
    // 5.7.x: policy, spam, authentication of the sender; 5.4.5 and 5.2.0 are used for limits
    if (/^5\.7\./.test(status)) return 'refused-us';
  }
  if (/(mailbox|quota|storage).{0,30}(full|exceeded|over)|over ?quota/.test(said)) return 'mailbox-full';
  if (
    /spam|blocked|blacklist|blocklist|policy|reputation|not authori[sz]ed|authentication|dmarc|\bspf\b|\bdkim\b|rate.?limit|too many/.test(
      said,
    )
  ) {
    return 'refused-us';
  }
  if (
    /(no such|unknown|invalid|nonexistent|not found|does ?n.t exist|does not exist|disabled|inactive|unavailable).{0,40}(user|mailbox|recipient|address|account|domain|host)|(user|mailbox|recipient|address|account|domain|host).{0,40}(unknown|not found|does ?n.t exist|does not exist|disabled|inactive|unavailable|rejected|invalid)/.test(
      said,
    )
  ) {
    return 'bad-address';
  }
  if (code === 552 || code === 523) return 'too-large';
  return 'other';
}

/** The enhanced status in a reply: "550 5.1.1 no such user" → "5.1.1". */
export const statusIn = (text: string): string | null => /(?:^|[\s-])([245]\.\d{1,3}\.\d{1,3})(?=[\s:;,]|$)/.exec(text)?.[1] ?? null;

/** After how many mails in a row that came back, for whatever reason, an address is left alone. */
export const SOFT_BOUNCES = 3;
