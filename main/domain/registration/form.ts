import type { OpenPath } from './path';

/**
 * A line of Twilio's form, in its order. `missing`: the shop has to fill it in first. `how`: pasted, picked from a list, or typed there
 * because it is nobody's business here.
 */
export interface FormField {
  readonly section: 'business' | 'program' | 'words';
  readonly label: string;
  readonly value: string;
  readonly missing: boolean;
  readonly how: 'paste' | 'choose' | 'type';
}

export interface FormFacts {
  readonly shopName: string;
  readonly legalName: string;
  readonly hasEin: boolean;
  readonly street: string;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly country: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly description: string;
  readonly samples: readonly string[];
  readonly flow: string;
  readonly termsUrl: string | null;
  readonly privacyUrl: string | null;
  readonly proofUrl: string;
  readonly joinWords: readonly string[];
  readonly optInMessage: string;
  readonly stopMessage: string;
  readonly helpMessage: string;
  readonly ageGate: boolean;
  /** Texts a month to expect: people on the list times the promise, at least 100. */
  readonly monthlyTexts: number;
}

/** Twilio's own opt-out and help words (facts/twilio.md 2); it answers them by itself. */
const OPT_OUT_WORDS = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'] as const;
const HELP_WORDS = ['HELP', 'INFO'] as const;

/** The forms' own names of their lines (Console, November 2026), with what this shop writes there. */
export function formOf(path: OpenPath, f: FormFacts): FormField[] {
  const line =
    (section: FormField['section']) =>
    (label: string, value: string, options: { how?: FormField['how']; may?: boolean } = {}) => ({
      section,
      label,
      value,
      missing: value.trim() === '' && options.may !== true,
      how: options.how ?? 'paste',
    });
  const business = line('business');
  const program = line('program');
  const words = line('words');
  const yes = (on: boolean) => (on ? 'Yes' : 'No');
  const who: FormField[] = [
    business('Legal business name', f.legalName),
    ...(f.hasEin ? [business('EIN', 'From your EIN letter; Regulars does not keep it', { how: 'type' })] : []),
    business('Business type', f.hasEin ? 'As on your EIN letter' : 'Sole proprietor', { how: 'choose' }),
    business('Business industry', 'Retail', { how: 'choose' }),
    business('Website', f.website === '' ? '' : `https://${f.website.replace(/^https?:\/\//i, '')}`),
    business('Street', f.street),
    business('City', f.city),
    business('State', f.region),
    business('ZIP code', f.postalCode),
    business('Country', f.country),
    business('Contact e-mail', f.email),
    business('Contact phone', f.phone),
    ...(path === 'sole-proprietor' ? [business('Mobile phone for the one-time code', 'Your own mobile number', { how: 'type' })] : []),
  ];
  const samples = f.samples.map((s, i) => program(`Sample message ${i + 1}`, s));
  const contents = [
    program('Messages will include embedded links', yes(false), { how: 'choose' }),
    program('Messages will include phone numbers', yes(f.phone !== '' && f.samples.some((s) => /\d{3}[\s.)-]*\d{4}/.test(s))), {
      how: 'choose',
    }),
    program('Age-gated content', yes(f.ageGate), { how: 'choose' }),
    program('Direct lending', yes(false), { how: 'choose' }),
  ];
  const links = [program('Privacy policy URL', f.privacyUrl ?? ''), program('Terms and conditions URL', f.termsUrl ?? '')];
  const keywords = [
    words('Opt-in keywords', f.joinWords.join(', '), { may: true }),
    words('Opt-in message', f.optInMessage),
    words('Opt-out keywords', OPT_OUT_WORDS.join(', ')),
    words('Opt-out message', f.stopMessage),
    words('Help keywords', HELP_WORDS.join(', ')),
    words('Help message', f.helpMessage),
  ];
  if (path === 'toll-free') {
    return [
      ...who,
      program('Estimated monthly volume', String(f.monthlyTexts), { how: 'choose' }),
      program('Opt-in type', 'Paper form or in person; text message', { how: 'choose' }),
      program('Use case', 'Marketing', { how: 'choose' }),
      program('Proof of consent (opt-in image URL)', f.proofUrl),
      program('Use case description', f.description),
      ...samples,
      program('Additional information', f.flow),
      ...links,
      program('Age-gated content', yes(f.ageGate), { how: 'choose' }),
      ...keywords,
    ];
  }
  return [
    ...who,
    program('Campaign use case', path === 'low-volume' ? 'Low Volume Mixed' : 'Sole Proprietor', { how: 'choose' }),
    program('Campaign description', f.description),
    ...samples,
    ...contents,
    program('How do end-users consent to receive messages?', f.flow),
    ...links,
    ...keywords,
  ];
}
