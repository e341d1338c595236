import type { OfferId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { Panel, SelectField } from '@renderer/ui';
import { windowWords } from '../offers/say';
import { useSaying } from '../offers/useSaying';
import css from './campaigns.module.css';

interface Props {
  title: string;
  offerId: OfferId | null;
  onOffer: (id: OfferId | null) => void;
  body: string;
  onBody: (body: string) => void;
}

/** The offer of one part, and its code in the text. */
export function OfferPart({ title, offerId, onOffer, body, onBody }: Props) {
  const w = useWords(catalogue);
  const { data } = useQuery('offers/list', {});
  const saying = useSaying();
  const live = (data ?? []).filter((o) => (!o.archived && o.phase !== 'over') || o.id === offerId);
  const chosen = live.find((o) => o.id === offerId);
  return (
    <Panel
      title={title}
      hint={w.offer.hint}
      action={
        <Button size="xs" variant="subtle" onClick={() => go({ screen: 'offers' })}>
          {w.offer.make}
        </Button>
      }
    >
      <SelectField
        label={w.offer.label}
        value={offerId === null ? '' : String(offerId)}
        onChange={(v) => onOffer(v === '' ? null : (Number(v) as OfferId))}
        options={[
          { value: '', label: w.offer.none },
          ...live.map((o) => ({ value: String(o.id), label: [o.name, ...windowWords(o, saying, Date.now())].join(' · ') })),
        ]}
      />
      {chosen && !/\{\s*code\s*[|}]/i.test(body) && (
        <div className={css.under}>
          <Button size="xs" variant="default" onClick={() => onBody(`${body.trimEnd()} Code {code}, until {ends}.`.trimStart())}>
            {w.offer.addCode}
          </Button>
        </div>
      )}
    </Panel>
  );
}
