import type { CampaignId } from '@domain/kernel';
import { type Out, useQuery } from '@renderer/api';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { Loaded, Screen } from '@renderer/ui';
import { useState } from 'react';
import { CampaignDetail } from './CampaignDetail';
import { Composer } from './Composer';
import { PlannedCampaign } from './PlannedCampaign';
import { ReviewStep } from './ReviewStep';
import { useDraft } from './useDraft';

type Campaign = Out<'campaigns/get'>;

/** One campaign: written and checked while it is a draft, watched once it was sent. Id 0 is a new one. */
export function CampaignScreen() {
  const place = usePlace();
  const id = place.screen === 'campaigns' ? (place.id ?? 0) : 0;
  return id === 0 ? <Draft key="new" campaign={null} /> : <One key={id} id={id as CampaignId} />;
}

function One({ id }: { id: CampaignId }) {
  const w = useWords(catalogue);
  // a draft is written from what is stored now, never from what was seen of it before
  const query = useQuery('campaigns/get', { id }, { fresh: true });
  const c = query.data;
  if (!c) {
    return (
      <Screen title={w.title} up={{ label: w.title, onClick: () => go({ screen: 'campaigns' }) }}>
        <Loaded query={query} lines={8}>
          {() => null}
        </Loaded>
      </Screen>
    );
  }
  if (c.state === 'draft') return <Draft campaign={c} />;
  return c.state === 'scheduled' ? <PlannedCampaign campaign={c} /> : <CampaignDetail campaign={c} />;
}

function Draft({ campaign }: { campaign: Campaign | null }) {
  const w = useWords(catalogue);
  const draft = useDraft(campaign, w.newName);
  const [reviewing, setReviewing] = useState<CampaignId | null>(null);
  if (reviewing !== null) {
    return <ReviewStep id={reviewing} draft={draft} onBack={() => setReviewing(null)} />;
  }
  return (
    <Composer
      draft={draft}
      campaignId={campaign?.id ?? null}
      onReview={async () => {
        const id = await draft.flush();
        if (id !== null) setReviewing(id);
      }}
    />
  );
}
