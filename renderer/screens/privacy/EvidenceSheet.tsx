import { useQuery } from '@renderer/api';
import type { Out } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { customers } from '@renderer/strings/customers';
import { type PrivacyWords, privacy } from '@renderer/strings/privacy';
import { count, phone as phoneText, when } from '@renderer/ui/format';
import { Fragment, type ReactNode } from 'react';
import { zoneName } from '../settings/places';
import css from './sheet.module.css';

type Proof = Out<'privacy/proof'>;
type Line = Proof['lines'][number];

/** The page itself: usually one sheet of paper, readable in grey. Times carry their year; a wording stands once, with a letter. */
export function EvidenceSheet({ proof: p, checking }: { proof: Proof; checking: boolean }) {
  const w = useWords(privacy);
  const t = w.proof;
  const { shop, locale } = useShell();
  const at = (ms: number): string => when(ms, 'day-time', shop.zone, locale, 0);
  const wordings = lettered(p.lines);
  const photos = p.lines.filter((l) => l.photo !== null);
  const number = p.phone ? phoneText(p.phone) : (p.email ?? '');
  return (
    <article className={css.sheet}>
      <header className={css.head}>
        <div>
          <p className={css.shop}>{shop.name}</p>
          <h2 className={css.heading}>
            {t.heading} <span className={css.number}>{number}</span>
          </h2>
          <p className={css.soft}>
            {[p.name || (p.erased ? '' : t.nobody), p.email && p.phone ? p.email : ''].filter(Boolean).join(' · ')}
            {p.erased && t.erased(at(p.erased.at), p.erased.serial)}
          </p>
        </div>
        <p className={css.printed}>{t.printed(at(Date.now()))}</p>
      </header>

      <div className={css.boxes}>
        <section>
          <h3>{t.now}</h3>
          <ul className={css.states}>
            {p.states.length === 0 && p.phone && <li>{t.state['never']}</li>}
            {grouped(p.states).map((g) => (
              <State key={g.purposes.join()} group={g} at={at} words={t} />
            ))}
            {grouped(p.emailStates).map((g) => (
              <State key={`mail ${g.purposes.join()}`} group={g} at={at} words={t} email />
            ))}
            {p.states.some((s) => s.carrierStop) && <li className={css.soft}>{t.carrier}</li>}
          </ul>
          <p className={css.soft}>
            {t.texts(p.texts.left, p.texts.marketing)}
            {p.texts.firstAt !== null && p.texts.lastAt !== null && ` (${t.textsWhen(at(p.texts.firstAt), at(p.texts.lastAt))})`}
          </p>
        </section>
        <section>
          <h3>{t.chain}</h3>
          <p>
            {checking
              ? t.checking
              : p.check === null
                ? t.chainNone
                : p.check.ok
                  ? t.chainOk(count(p.check.events, locale), at(p.check.at))
                  : t.chainBad(at(p.check.at))}
            {p.check?.ok && !p.check.current && !checking && ` ${t.chainOld}`}
          </p>
          {p.check && (
            <p className={css.hash}>
              {t.head}: {p.check.head}
            </p>
          )}
        </section>
      </div>

      <h3 className={css.part}>{t.events}</h3>
      {p.lines.length === 0 && <p>{t.none}</p>}
      <ol className={css.events}>
        {p.lines.map((l, i) => (
          <Event key={l.id} line={l} no={i + 1} letter={l.wordingHash ? wordings.get(l.wordingHash)?.letter : undefined} at={at} />
        ))}
      </ol>

      {wordings.size > 0 && (
        <section className={css.wordings}>
          <h3 className={css.part}>{t.wordings}</h3>
          {[...wordings.values()].map(({ letter, line }) => (
            <p key={letter}>
              <strong>{letter}</strong> <span lang={line.language}>{line.wording}</span>{' '}
              <span className={css.hash}>
                {t.wordingHash} {line.wordingHash}
              </span>
            </p>
          ))}
        </section>
      )}
      {photos.length > 0 && (
        <div className={css.photos}>
          {photos.map((l) => (
            <figure key={l.id}>
              <img src={l.photo ?? ''} alt={t.photo(p.lines.indexOf(l) + 1)} />
              <figcaption>{t.photo(p.lines.indexOf(l) + 1)}</figcaption>
            </figure>
          ))}
        </div>
      )}
      <footer className={css.foot}>
        {t.zone(zoneName(shop.zone))} {t.hashNote} {t.notAdvice}
      </footer>
    </article>
  );
}

/** Each wording once, in the order in which it was first shown. */
function lettered(lines: readonly Line[]): Map<string, { letter: string; line: Line }> {
  const out = new Map<string, { letter: string; line: Line }>();
  for (const line of lines) {
    if (!line.wordingHash || !line.wording || out.has(line.wordingHash)) continue;
    out.set(line.wordingHash, { letter: String.fromCharCode(65 + (out.size % 26)), line });
  }
  return out;
}

/** `topic:news` with the shop's own name for it, "topic:New arrivals"; other purposes, and topics nobody can name any more, stay. */
function useTopicNames(): (purpose: string) => string {
  const topics = useQuery('kit/topics', { all: true }).data;
  return (purpose) => {
    const name = topics?.find((x) => `topic:${x.slug}` === purpose)?.name.en;
    return name ? `topic:${name}` : purpose;
  };
}

interface StateGroup {
  purposes: string[];
  state: string;
  since: number;
  promiseMax: number | null;
}

/** Purposes that stand alike are said in one line. */
function grouped(states: Proof['states']): StateGroup[] {
  const out: StateGroup[] = [];
  for (const s of states) {
    const same = out.find((g) => g.state === s.state && g.since === s.since && g.promiseMax === s.promiseMax);
    if (same) same.purposes.push(s.purpose);
    else out.push({ purposes: [s.purpose], state: s.state, since: s.since, promiseMax: s.promiseMax });
  }
  return out;
}

function State(p: { group: StateGroup; at: (ms: number) => string; words: PrivacyWords['proof']; email?: boolean }) {
  const { group: g, words: t } = p;
  const named = useTopicNames();
  return (
    <li>
      <strong>
        {p.email ? `${t.byEmail}: ` : ''}
        {t.state[g.state] ?? g.state}
      </strong>
      {` (${g.purposes.map((x) => t.purpose(named(x))).join(', ')}) ${t.since(p.at(g.since))}`}
      {g.promiseMax !== null && `, ${t.promise(g.promiseMax)}`}
    </li>
  );
}

function Event({ line: l, no, letter, at }: { line: Line; no: number; letter: string | undefined; at: (ms: number) => string }) {
  const t = useWords(privacy).proof;
  const c = useWords(customers);
  const named = useTopicNames();
  const late = l.recordedAt - l.occurredAt >= 60_000;
  const kind = l.channel === 'email' ? (c.consent[`email-${l.kind}`] ?? c.consent[l.kind]) : c.consent[l.kind];
  const device = l.device.startsWith('word:') ? t.word(l.device.slice(5)) : (t.devices[l.device] ?? l.device);
  const facts: [string, ReactNode][] = [
    [t.happened, at(l.occurredAt)],
    [t.recorded, late ? at(l.recordedAt) : t.same],
    [t.how, c.method[l.method] ?? l.method],
    [t.staff, l.staffName],
    [t.device, device],
    [t.promised, l.promiseMax === null ? null : t.promise(l.promiseMax)],
    [
      t.topics,
      l.topics.length > 0
        ? l.topics.map((x) => named(`topic:${x}`).slice(6)).join(', ')
        : l.purpose === 'marketing' || l.purpose === 'all'
          ? null
          : t.purpose(named(l.purpose)),
    ],
    [t.name, l.name],
    [t.shown, letter && t.asLetter(letter)],
    [t.said, l.inboundText && <q>{l.inboundText}</q>],
    [t.sid, l.inboundSid && <span className={css.mono}>{l.inboundSid}</span>],
    [t.rule, l.rule],
    [t.reason, l.reason && l.reason !== l.rule ? t.reasons(l.reason) : null],
    [t.honoured, l.kind === 'stopped' ? t.honouredAt(at(l.recordedAt)) : null],
    [t.answered, l.answeredAt !== null ? at(l.answeredAt) : null],
  ];
  return (
    <li>
      <p className={css.eventHead}>
        <span className={css.no}>{no}</span> <strong>{kind ?? l.kind}</strong>
        {l.photo !== null && <span className={css.soft}> · {t.photoSee}</span>}
      </p>
      <p className={css.facts}>
        {facts
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([label, value], i) => (
            <Fragment key={label}>
              {i > 0 && ' '}
              <span className={css.fact}>
                <span className={css.soft}>{label}</span> {value}
              </span>
            </Fragment>
          ))}
      </p>
      {l.sealed && <p className={`${css.soft} ${css.facts}`}>{t.sealed}</p>}
      <p className={css.hash}>{l.hash}</p>
    </li>
  );
}
