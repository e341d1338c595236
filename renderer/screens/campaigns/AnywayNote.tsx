import type { CampaignId, SegmentId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { suggestions as catalogue, sayAnyway } from '@renderer/strings/suggestions';
import { ErrorNote, Note } from '@renderer/ui';
import { count, micros } from '@renderer/ui/format';

type Review = Out<'campaigns/review'>;

/**
 * It may say no: most of these people come anyway, text the late ones. Nothing where the shop's own sales do not carry it, or where the
 * owner has narrowed the group already.
 */
export function AnywayNote(props: {
  id: CampaignId;
  review: Pick<Review, 'people' | 'price' | 'currency'>;
  busy: boolean;
  onNarrow: (segmentId: SegmentId) => void;
}) {
  const { id, review, busy, onNarrow } = props;
  const w = useWords(catalogue);
  const { locale } = useShell();
  const query = useQuery('suggestions/anyway', { campaignId: id });
  const narrow = useCommand('suggestions/late-only');
  const a = query.data;
  if (!a || review.people === 0) return null;
  const n = (x: number) => count(x, locale);
  // of the review's own price, by person; rounded up to the cent
  const cost = micros(Math.ceil(((review.price / review.people) * a.rest) / 10_000) * 10_000, review.currency, locale);
  const [first, ...rest] = sayAnyway(a, cost, w, { n });
  return (
    <Note tone="info" title={first}>
      {rest.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {narrow.error && <ErrorNote error={narrow.error} />}
      <div>
        <Button
          mt={8}
          size="xs"
          variant="default"
          loading={busy || narrow.busy}
          onClick={() => void narrow.run({ campaignId: id }).then((done) => done && onNarrow(done.segmentId))}
        >
          {w.anyway.only(n(a.rest))}
        </Button>
      </div>
    </Note>
  );
}
