import type { CampaignId, CustomerId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { why as catalogue, type WhyWords } from '@renderer/strings/why';
import { Chip, Dialog, EmptyState, Loaded, TextField } from '@renderer/ui';
import { useDeferredValue, useState } from 'react';
import { FindPerson } from './FindPerson';
import { OfPerson } from './OfPerson';
import { WhyAnswer } from './WhyAnswer';
import css from './why.module.css';

interface Asked {
  campaignId: CampaignId | null;
  customerId: CustomerId | null;
}

/**
 * "Why did, or didn't, Anna get this?" With a person it asks for the campaign, with a campaign for the person, with both it answers.
 */
export function WhyDialog(p: { campaignId?: CampaignId; customerId?: CustomerId; name?: string; onClose: () => void }) {
  const w = useWords(catalogue);
  const [asked, setAsked] = useState<Asked>({ campaignId: p.campaignId ?? null, customerId: p.customerId ?? null });
  const { campaignId, customerId } = asked;
  const again = () => setAsked({ campaignId: p.customerId !== undefined ? null : asked.campaignId, customerId: p.customerId ?? null });
  return (
    <Dialog open onClose={p.onClose} title={w.title(p.name ?? '')} width={680}>
      {campaignId === null && customerId !== null && (
        <>
          <Campaigns customerId={customerId} words={w} onPick={(id) => setAsked({ campaignId: id, customerId })} />
          <OfPerson customerId={customerId} onPick={(id) => setAsked({ campaignId: id, customerId })} />
        </>
      )}
      {campaignId !== null && customerId === null && <FindPerson words={w} onPick={(id) => setAsked({ campaignId, customerId: id })} />}
      {campaignId !== null && customerId !== null && (
        <Answered
          campaignId={campaignId}
          customerId={customerId}
          words={w}
          onAgain={again}
          other={p.customerId === undefined || p.campaignId === undefined}
        />
      )}
    </Dialog>
  );
}

function Answered(p: { campaignId: CampaignId; customerId: CustomerId; words: WhyWords; other: boolean; onAgain: () => void }) {
  const { words: w } = p;
  const answer = useQuery('why/campaign', { campaignId: p.campaignId, customerId: p.customerId });
  return (
    <div className={css.answer}>
      <Loaded query={answer} lines={8}>
        {(a) => <WhyAnswer answer={a} />}
      </Loaded>
      <div className={css.actions}>
        {p.other && (
          <Button variant="default" onClick={p.onAgain}>
            {w.other}
          </Button>
        )}
        <Button variant="subtle" onClick={() => go({ screen: 'campaigns', id: p.campaignId })}>
          {w.openCampaign}
        </Button>
        <Button variant="subtle" onClick={() => go({ screen: 'customers', id: p.customerId })}>
          {w.openPerson}
        </Button>
      </div>
    </div>
  );
}

function Campaigns({ customerId, words: w, onPick }: { customerId: CustomerId; words: WhyWords; onPick: (id: CampaignId) => void }) {
  const [find, setFind] = useState('');
  const asked = useDeferredValue(find);
  const list = useQuery('why/choices', { customerId, find: asked });
  return (
    <>
      <TextField label={w.which} value={find} onChange={setFind} placeholder={w.findCampaign} maxLength={80} autoFocus />
      <Loaded query={list} lines={5}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState compact title={w.noCampaigns} />
          ) : (
            <ul className={css.choices}>
              {rows.map((c) => (
                <li key={c.id}>
                  <button type="button" onClick={() => onPick(c.id)}>
                    <span>{c.name}</span>
                    <Chip tone={c.outcome === 'got' ? 'good' : 'neutral'}>{c.outcome === null ? w.notIn : w.short[c.outcome]}</Chip>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
