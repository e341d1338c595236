import type { SegmentId } from '@domain/kernel';
import { useCommand } from '@renderer/api';
import { go } from '@renderer/nav';

/** "Text these people": a new draft for the group, opened. */
export function useTextGroup() {
  const save = useCommand('campaigns/save');
  const start = async (segmentId: SegmentId, name: string) => {
    const done = await save.run({
      id: null,
      fields: {
        name,
        segmentId,
        body: '',
        offerId: null,
        addStopLine: true,
        holdout: 'auto',
        goal: { kind: 'none', target: null },
        windowDays: 14,
      },
    });
    if (done) go({ screen: 'campaigns', id: done.id });
  };
  return { start, busy: save.busy, error: save.error };
}
