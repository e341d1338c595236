import { usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { reports } from '@renderer/strings/reports';
import { AllCampaigns } from './campaign/AllCampaigns';
import { ComparePage } from './campaign/ComparePage';
import { OneCampaign } from './campaign/OneCampaign';
import { useSay } from './format';

/** Results of all campaigns side by side, of one, or of two beside each other. Reads the shop file only: it is there without a network. */
export function ResultsScreen() {
  const place = usePlace();
  const words = useWords(reports);
  const say = useSay();
  if (place.screen !== 'results') return null;
  if (place.compare !== undefined) return <ComparePage pair={place.compare} say={say} />;
  if (place.campaignId !== undefined) return <OneCampaign key={place.campaignId} id={place.campaignId as never} words={words} say={say} />;
  return <AllCampaigns words={words} say={say} />;
}
