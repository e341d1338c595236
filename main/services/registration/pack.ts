import { listJoinWords } from '@db/queries/join-words';
import { campaignBodies, readAnswers, signUpWays } from '@db/queries/registration';
import { listFigures } from '@db/queries/reports-week';
import { listTopics } from '@db/queries/topics';
import { shopDay } from '@domain/calendar';
import { showPhone } from '@domain/customers/show-phone';
import { DAY, type UtcMs } from '@domain/kernel';
import { JOIN_SOURCES } from '@domain/kit/join-word';
import { checklistOf } from '@domain/registration/checklist';
import { type FormField, formOf } from '@domain/registration/form';
import { isPageFine } from '@domain/registration/page-check';
import { type PageFacts, privacyPage, termsPage } from '@domain/registration/pages';
import { campaignDescription, messageFlow, sampleTexts, type Way, waysAllowed } from '@domain/registration/texts';
import { currentWording } from '../consent';
import type { Ctx } from '../ctx';
import { choiceNow } from './guide';
import { pagesNow } from './pages';

const YEAR_MS = 365 * DAY;

/** How people have been signing up here this year; before anybody did, the sign-up screen and the signs. */
function waysUsed(ctx: Ctx): Way[] {
  const used = new Set<Way>();
  for (const { method, device } of signUpWays(ctx.db, (ctx.clock.now() - YEAR_MS) as UtcMs)) {
    if (method === 'join-text') used.add('word');
    else if (method === 'paper') used.add('paper');
    else if (method === 'clerk') used.add('clerk');
    else if (device === 'display') used.add('display');
    else if (method === 'screen') used.add('screen');
  }
  if (used.size === 0) return ['screen', 'word'];
  return [...used];
}

/** Everything Twilio's form asks for, made from what is really shown, printed and sent here. */
export function registrationPack(ctx: Ctx, chosen: readonly Way[] | null) {
  const { shop, courtesy, texting } = ctx.settings();
  const answers = readAnswers(ctx.db);
  const choice = choiceNow(ctx);
  const ageGate = choice?.ageGate ?? false;
  const ways = waysAllowed(chosen && chosen.length > 0 ? chosen : waysUsed(ctx), ageGate);
  const wording = (kind: Parameters<typeof currentWording>[1], language: 'en' | 'es' = 'en') => currentWording(ctx, kind, language);
  const signUp = { en: wording('sign-up'), es: wording('sign-up', 'es') };
  const pages = pagesNow(ctx);
  const url = (kind: 'terms' | 'privacy') => pages.find((p) => p.kind === kind)?.url ?? null;
  const printed = listJoinWords(ctx.db).filter((w) => w.active && w.current && w.topic === null);
  // the counter card's word first, as the kit has them
  const joinWords = printed.sort((a, b) => JOIN_SOURCES.indexOf(a.source) - JOIN_SOURCES.indexOf(b.source)).map((w) => w.word);
  const topics = listTopics(ctx.db);
  const place = [shop.street, shop.city, shop.region].filter((s) => s.trim() !== '').join(', ');
  const samples = sampleTexts(shop.name, campaignBodies(ctx.db, 5));
  const termsUrl = url('terms');
  const privacyUrl = url('privacy');
  const proofUrl = answers?.proofUrl ?? '';
  const number = texting.numbers[0] ? showPhone(texting.numbers[0], shop.country) : null;
  const flow = messageFlow({
    shopName: shop.name,
    place,
    ways,
    wording: signUp.en.text,
    confirmation: wording('confirmation').text,
    doubleOptIn: wording('double-opt-in').text,
    script: wording('spoken').text,
    sign: number === null ? '' : currentWording(ctx, 'sign', 'en', undefined, joinWords[0]).text,
    joinWords,
    number,
    proofUrl,
    termsUrl,
    privacyUrl,
    ageGate,
  });
  const fine = (kind: 'terms' | 'privacy') => {
    const answer = pages.find((p) => p.kind === kind)?.answer ?? null;
    return answer === null ? null : isPageFine(answer);
  };
  const legalName = answers?.legalName ?? '';
  const pageFacts = (language: 'en' | 'es'): PageFacts => ({
    shopName: shop.name,
    legalName,
    street: shop.street,
    city: shop.city,
    region: shop.region,
    postalCode: shop.postalCode,
    phone: shop.phone.startsWith('+') ? showPhone(shop.phone, shop.country) : shop.phone,
    email: shop.email,
    website: shop.website,
    promiseMax: courtesy.promisePerMonth,
    topics: topics.map((t) => t.name[language]),
    joinWords: ways.includes('word') ? joinWords : [],
    termsUrl,
    privacyUrl,
    day: shopDay(ctx.clock.now(), shop.zone),
    ageGate,
  });
  const html = {
    terms: { en: termsPage(pageFacts('en'), 'en'), es: termsPage(pageFacts('es'), 'es') },
    privacy: { en: privacyPage(pageFacts('en'), 'en'), es: privacyPage(pageFacts('es'), 'es') },
  };
  const path = choice && choice.path !== 'refused' && choice.path !== 'elsewhere' ? choice.path : null;
  const fields: FormField[] = path
    ? formOf(path, {
        ...shop,
        shopName: shop.name,
        legalName,
        hasEin: answers?.ein ?? false,
        description: campaignDescription({
          shopName: shop.name,
          place,
          promiseMax: courtesy.promisePerMonth,
          topics: topics.map((t) => t.name.en),
        }),
        samples,
        flow,
        termsUrl,
        privacyUrl,
        proofUrl,
        joinWords: ways.includes('word') ? joinWords : [],
        optInMessage: wording('confirmation').text,
        stopMessage: wording('stop-confirmation').text,
        helpMessage: wording('help').text,
        ageGate,
        monthlyTexts: Math.max(100, listFigures(ctx.db).onList * courtesy.promisePerMonth),
      })
    : [];
  const checks = checklistOf({
    ...shop,
    shopName: shop.name,
    legalName,
    termsFine: fine('terms'),
    privacyFine: fine('privacy'),
    hasNumber: texting.numbers.length > 0,
    proofUrl,
    samples,
    flow,
    ageGate,
  });
  return {
    path,
    ageGate,
    ways,
    fields,
    flow,
    wording: {
      en: { text: signUp.en.text, version: signUp.en.version, hash: signUp.en.hash },
      es: { text: signUp.es.text, version: signUp.es.version, hash: signUp.es.hash },
    },
    pages,
    html,
    checks,
    files: filesOf({ shopName: shop.name, fields, flow, samples, signUp, html }),
  };
}

interface FilesOf {
  shopName: string;
  fields: readonly FormField[];
  flow: string;
  samples: readonly string[];
  signUp: Record<'en' | 'es', { text: string; version: number; hash: string }>;
  html: Record<'terms' | 'privacy', Record<'en' | 'es', string>>;
}

/** The folder, without the pictures: the window adds them. Names without spaces, as they go onto web servers. */
function filesOf(f: FilesOf): { name: string; text: string }[] {
  const words = (['en', 'es'] as const).map(
    (l) => `${l === 'en' ? 'English' : 'Spanish'}, version ${f.signUp[l].version}, SHA-256 ${f.signUp[l].hash}\n\n${f.signUp[l].text}`,
  );
  return [
    { name: 'form.txt', text: `${f.fields.map((x) => `${x.label}\n${x.value || '(still missing)'}`).join('\n\n')}\n` },
    { name: 'message-flow.txt', text: `${f.flow}\n` },
    { name: 'sample-texts.txt', text: `${f.samples.join('\n\n')}\n` },
    { name: 'wording.txt', text: `${words.join('\n\n---\n\n')}\n` },
    { name: 'terms.html', text: f.html.terms.en },
    { name: 'privacy.html', text: f.html.privacy.en },
    { name: 'terms-es.html', text: f.html.terms.es },
    { name: 'privacy-es.html', text: f.html.privacy.es },
  ];
}
