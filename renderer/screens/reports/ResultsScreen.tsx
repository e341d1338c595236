import { usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { reports } from '@renderer/strings/reports';
import { AllCampaigns } from './campaign/AllCampaigns';
import { ComparePage } from './campaign/ComparePage';
import { OneCampaign } from './campaign/OneCampaign';
import { useSay } from './format';
import { OverTimePage } from './over-time/OverTimePage';

/** Results of all campaigns side by side, of one, of two beside each other, or over time. Reads the shop file only: it is there without a network. */
export function ResultsScreen() {
  const place = usePlace();
  const words = useWords(reports);
  const say = useSay();
  if (place.screen !== 'results') return null;
  if (place.compare !== undefined) return <ComparePage pair={place.compare} say={say} />;
  if (place.campaignId !== undefined) return <OneCampaign key={place.campaignId} id={place.campaignId as never} words={words} say={say} />;
  if (place.part === 'over-time') return <OverTimePage />;
  return <AllCampaigns words={words} say={say} />;
}
