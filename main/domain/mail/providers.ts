/** How the line to a mail provider is kept secret: from its first byte, or turned on before anything is said. Never in the clear. */
export type MailSecurity = 'tls' | 'starttls';

/** What an owner would otherwise have to look up. */
export interface MailProvider {
  id: 'gmail' | 'microsoft' | 'icloud' | 'yahoo' | 'fastmail' | 'zoho' | 'aol' | 'ionos' | 'gmx';
  name: string;
  host: string;
  port: number;
  security: MailSecurity;
  imap: { host: string; port: number };
  /** Mails a day the provider takes from one account, rounded down; what it says on its help pages. */
  mostPerDay: number;
  /** Domains whose addresses belong to it. */
  domains: readonly string[];
  /** It wants a password made for this app alone, not the one people sign in with. */
  appPassword: boolean;
}

/** The usual ones of small shops; every other is typed by hand. Limits stay below what the providers name, for a shop writes by hand too. */
export const MAIL_PROVIDERS: readonly MailProvider[] = [
  {
    id: 'gmail',
    name: 'Gmail or Google Workspace',
    host: 'smtp.gmail.com',
    port: 465,
    security: 'tls',
    imap: { host: 'imap.gmail.com', port: 993 },
    mostPerDay: 400,
    domains: ['gmail.com', 'googlemail.com'],
    appPassword: true,
  },
  {
    id: 'microsoft',
    name: 'Outlook or Microsoft 365',
    host: 'smtp.office365.com',
    port: 587,
    security: 'starttls',
    imap: { host: 'outlook.office365.com', port: 993 },
    mostPerDay: 300,
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    appPassword: true,
  },
  {
    id: 'icloud',
    name: 'iCloud Mail',
    host: 'smtp.mail.me.com',
    port: 587,
    security: 'starttls',
    imap: { host: 'imap.mail.me.com', port: 993 },
    mostPerDay: 500,
    domains: ['icloud.com', 'me.com', 'mac.com'],
    appPassword: true,
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail',
    host: 'smtp.mail.yahoo.com',
    port: 465,
    security: 'tls',
    imap: { host: 'imap.mail.yahoo.com', port: 993 },
    mostPerDay: 300,
    domains: ['yahoo.com', 'ymail.com', 'rocketmail.com'],
    appPassword: true,
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    host: 'smtp.fastmail.com',
    port: 465,
    security: 'tls',
    imap: { host: 'imap.fastmail.com', port: 993 },
    mostPerDay: 1000,
    domains: ['fastmail.com', 'fastmail.fm'],
    appPassword: true,
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    host: 'smtp.zoho.com',
    port: 465,
    security: 'tls',
    imap: { host: 'imap.zoho.com', port: 993 },
    mostPerDay: 200,
    domains: ['zoho.com', 'zohomail.com'],
    appPassword: true,
  },
  {
    id: 'aol',
    name: 'AOL Mail',
    host: 'smtp.aol.com',
    port: 465,
    security: 'tls',
    imap: { host: 'imap.aol.com', port: 993 },
    mostPerDay: 300,
    domains: ['aol.com'],
    appPassword: true,
  },
  {
    id: 'ionos',
    name: 'IONOS',
    host: 'smtp.ionos.com',
    port: 465,
    security: 'tls',
    imap: { host: 'imap.ionos.com', port: 993 },
    mostPerDay: 300,
    domains: [],
    appPassword: false,
  },
  {
    id: 'gmx',
    name: 'GMX',
    host: 'mail.gmx.com',
    port: 587,
    security: 'starttls',
    imap: { host: 'imap.gmx.com', port: 993 },
    mostPerDay: 50,
    domains: ['gmx.com', 'gmx.us'],
    appPassword: false,
  },
];

/** Whose an address is by its ending; null = a domain of the shop's own, whose provider only the owner knows. */
export function providerOf(address: string): MailProvider | null {
  const domain = address.split('@').at(-1)?.trim().toLowerCase() ?? '';
  return MAIL_PROVIDERS.find((p) => p.domains.includes(domain)) ?? null;
}

const owner = (host: string): string => host.toLowerCase().split('.').slice(-2).join('.');

/**
 * The provider an address belongs to where its mail is to leave by somebody else's server: what arrives is taken for a forgery (DMARC), and
 * lies among the junk. Null = nothing speaks against it.
 */
export function foreignTo(address: string, host: string): MailProvider | null {
  const p = providerOf(address);
  return p === null || [p.host, ...p.domains].some((d) => owner(d) === owner(host)) ? null : p;
}

/** The usual port of a way to keep the line secret. */
export const portOf = (security: MailSecurity): number => (security === 'tls' ? 465 : 587);
