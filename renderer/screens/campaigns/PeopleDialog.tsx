import type { CampaignId, UtcMs } from '@domain/kernel';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { Dialog } from '@renderer/ui';
import { PeopleTable, type PeopleView } from './PeopleTable';

export interface PeopleAsk {
  view: PeopleView;
  reason: string | null;
  title: string;
  /** Of one part only. */
  part?: number;
}

/** The people behind a number. */
export function PeopleDialog({
  id,
  ask,
  at = null,
  onClose,
}: {
  id: CampaignId;
  ask: PeopleAsk;
  /** Of a draft: as of that hour, as its review; null = now. */
  at?: UtcMs | null;
  onClose: () => void;
}) {
  useWords(catalogue);
  return (
    <Dialog open onClose={onClose} title={ask.title} width={720}>
      <PeopleTable id={id} view={ask.view} reason={ask.reason} part={ask.part ?? null} at={at} height={420} short />
    </Dialog>
  );
}
