import { useQuery } from '@renderer/api';
import { useCallback } from 'react';

/** What a club is called; its short name until its words are there. */
export function useClubs(): (slug: string) => string {
  const { data } = useQuery('kit/topics', {});
  return useCallback((slug: string) => data?.find((t) => t.slug === slug)?.name.en ?? slug, [data]);
}
