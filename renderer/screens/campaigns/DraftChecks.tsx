import { type CheckCode, checkText } from '@domain/campaigns/checks';
import { mendOf } from '@domain/campaigns/mend';
import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { Note } from '@renderer/ui';
import css from './campaigns.module.css';

/** Said where they are mended: at the field, beside the offer, or by the empty box itself. */
const ELSEWHERE: readonly CheckCode[] = ['empty-text', 'unknown-field', 'offer-without-code'];

interface Props {
  body: string;
  onBody: (body: string) => void;
  addStopLine: boolean;
  onStopLine: () => void;
  hasOffer: boolean;
  /** The longest text anybody gets; the words themselves until people are known. */
  longest: string | null;
}

/** What is wrong with the words while they are written, why it matters, and the one press that mends it. */
export function DraftChecks({ body, onBody, addStopLine, onStopLine, hasOffer, longest }: Props) {
  const w = useWords(catalogue);
  const c = useWords(composer);
  const { shop } = useShell();
  const links = (useQuery('taps/source', {}).data ?? null) !== null;
  if (body.trim() === '') return null;
  const found = checkText({ body, shopName: shop.name, addStopLine, hasOffer, hasLinks: links, longest: longest ?? body }).filter(
    (x) => !ELSEWHERE.includes(x.code),
  );
  if (found.length === 0) return null;
  return (
    <div className={css.checks}>
      {found.map((x) => {
        const mend = mendOf(x.code, body);
        return (
          <Note
            key={x.code}
            tone={x.level === 'stop' ? 'danger' : 'warn'}
            title={w.checks[x.code].title}
            action={
              mend && (
                <Button size="xs" variant="default" onClick={() => ('body' in mend ? onBody(mend.body) : onStopLine())}>
                  {c.mend[x.code]}
                </Button>
              )
            }
          >
            <p>
              {x.found !== undefined && `${c.found(x.found)} `}
              {w.checks[x.code].next}
            </p>
          </Note>
        );
      })}
    </div>
  );
}
