import { BASE_WORDS } from '@domain/campaigns/parts';
import { Button } from '@mantine/core';
import { type Out, useShell } from '@renderer/api';
import { go, type Place } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { Note, Panel } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import css from './campaigns.module.css';
import { wordingName } from './Wordings';

type Review = Out<'campaigns/review'>;
export type ReviewCheck = Review['checks'][number];

/** Where the owner mends what is not in the words. */
const PLACES: Partial<Record<ReviewCheck['code'], Place>> = {
  'over-limit': { screen: 'settings', section: 'texting' },
  'not-connected': { screen: 'settings', section: 'texting' },
  'no-sender': { screen: 'settings', section: 'texting' },
  'not-approved': { screen: 'registration' },
  'sales-behind': { screen: 'import' },
  'mail-not-connected': { screen: 'settings', section: 'mail' },
  'mail-no-postal': { screen: 'settings', section: 'mail' },
  'mail-several-days': { screen: 'settings', section: 'mail' },
};

/** What stops it or deserves a word, each with its reason and, where there is one, the press that mends it. */
export function ReviewChecks({
  review: r,
  canMend,
  onMend,
  onBack,
  busy,
}: {
  review: Review;
  canMend: (check: ReviewCheck) => boolean;
  onMend: (check: ReviewCheck) => void;
  /** To where the groups are chosen. */
  onBack: () => void;
  busy: boolean;
}) {
  const w = useWords(catalogue);
  const c = useWords(composer);
  const { locale } = useShell();
  // Without an offer nobody has a code: the check above says so already.
  const noOffer = r.checks.some((x) => x.code === 'code-without-offer');
  const missing = r.missing.filter((m) => !noOffer || (m.field !== 'code' && m.field !== 'ends'));
  const where = (x: ReviewCheck) => {
    const part = r.parts.find((p) => p.position === x.part);
    return c.inPart(
      part && r.parts.length > 1 ? c.review.part(part.position, part.name) : '',
      x.words !== undefined && x.words !== BASE_WORDS ? wordingName(x.words, c) : '',
    );
  };
  const button = (x: ReviewCheck) => {
    const place = PLACES[x.code];
    const label = c.mend[x.code];
    const choose = x.code === 'no-people' || x.code === 'no-group';
    if (label === undefined || (!place && !choose && !canMend(x))) return null;
    return (
      <Button
        size="xs"
        variant="default"
        loading={busy && !place && !choose}
        onClick={() => (place ? go(place) : choose ? onBack() : onMend(x))}
      >
        {label}
      </Button>
    );
  };
  return (
    <Panel title={w.checksTitle}>
      {r.checks.length === 0 && r.missing.length === 0 && <Note tone="good">{w.checksGood}</Note>}
      <div className={css.checks}>
        {r.checks.map((x) => (
          <Note
            key={`${x.code} ${x.part ?? ''} ${x.words ?? ''}`}
            tone={x.level === 'stop' ? 'danger' : 'warn'}
            title={where(x) === '' ? w.checks[x.code].title : `${where(x)}: ${w.checks[x.code].title}`}
            action={button(x)}
          >
            <p>
              {x.found !== undefined && `${c.found(x.found)} `}
              {w.checks[x.code].next}
            </p>
          </Note>
        ))}
        {missing.map((m) => (
          <Note key={m.field}>{w.missing(m.count, count(m.count, locale), w.fields[m.field].label.toLowerCase())}</Note>
        ))}
      </div>
    </Panel>
  );
}
