import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { type LadderWords, ladder } from '@renderer/strings/ladder';
import { useMemo } from 'react';

/** Words of follow-ups; taps are spoken of only where the shop's own website tells about them. */
export function useLadderWords(): LadderWords {
  const w = useWords(ladder);
  const connected = useQuery('taps/source', {}).data != null;
  return useMemo(() => {
    if (!connected) return w;
    const { reaction, standing, why, columns } = w.withTaps;
    return {
      ...w,
      reaction: { ...w.reaction, replied: reaction },
      standing: { ...w.standing, replied: standing },
      why: { ...w.why, replied: why },
      columns: { ...w.columns, replied: columns },
    };
  }, [w, connected]);
}
