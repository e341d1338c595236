/** Why a text is not a link we may fetch; `edit-link` is the link for people, not for programs. */
export type LinkTrouble = 'bad-link' | 'not-https' | 'edit-link';

export interface SheetLink {
  url: string;
  /** The host as it is asked, in lower case, never a bare number. */
  host: string;
}

const NUMBERS = /^[\d.]+$|^\[|^0x/i;

/**
 * A link to a published CSV as somebody pasted it: https, a host named in plain letters (no look-alikes), no user or password in
 * it, the usual port. `loopback` is for tests, which have a server on this machine.
 */
export function readLink(text: string, options: { loopback?: boolean } = {}): SheetLink | LinkTrouble {
  const raw = text.trim();
  const m = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(raw);
  if (!m || /\s/.test(raw) || raw.length > 2000) return 'bad-link';
  const [, scheme = '', authority = '', rest = ''] = m;
  const host = authority.toLowerCase().replace(/\.$/, '');
  if (options.loopback && scheme.toLowerCase() === 'http') return { url: `http://${host}${rest || '/'}`, host: host.replace(/:\d+$/, '') };
  if (scheme.toLowerCase() !== 'https') return /^https?$/i.test(scheme) ? 'not-https' : 'bad-link';
  const name = host.replace(/:443$/, '');
  if (authority.includes('@') || name.includes(':') || NUMBERS.test(name) || !/^[a-z\d-]+(\.[a-z\d-]+)+$/.test(name)) {
    return 'bad-link';
  }
  if (/(^|\.)(local|localhost|internal|home|lan|corp|intranet|home\.arpa)$/.test(name)) return 'bad-link';
  if (isForPeople(name, rest)) return 'edit-link';
  return { url: `https://${name}${rest || '/'}`, host: name };
}

/** Links that open a page with the sheet in it: there the CSV link has to be made first ("Publish to web", "Download"). */
function isForPeople(host: string, rest: string): boolean {
  if (host === 'docs.google.com') {
    return /^\/spreadsheets\//.test(rest) && !/[?&](output|format)=csv\b/.test(rest) && !/tqx=out:csv/.test(rest);
  }
  if (/(^|\.)dropbox\.com$/.test(host)) return !/[?&](dl|raw)=1\b/.test(rest);
  return /(^|\.)(1drv\.ms|onedrive\.live\.com|sharepoint\.com)$/.test(host) && !/[?&]download=1\b/i.test(rest);
}

/** Where services send people who are not signed in: the link is not published. */
const SIGN_IN = /^(accounts\.google\.com|login\.(microsoftonline|live|yahoo)\.com|.*\.okta\.com|auth\..*|signin\..*|login\..*|sso\..*)$/;
export const isSignIn = (host: string): boolean => SIGN_IN.test(host);

/**
 * What the owner's approval of a host covers. Google hands published sheets over to a machine whose name changes
 * (doc-08-4c-sheets.googleusercontent.com): any of those counts as the same place; every other host only as itself.
 */
export const placeOf = (host: string): string =>
  host.replace(/^doc-[a-z\d]+(-[a-z\d]+)*-sheets(\.googleusercontent\.com)$/, 'doc-…-sheets$2');

/** Has the owner allowed this host? */
export const isAllowed = (host: string, hosts: readonly string[]): boolean => hosts.includes(placeOf(host));
