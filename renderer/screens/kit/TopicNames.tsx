import { useQuery } from '@renderer/api';
import { useLanguage } from '@renderer/strings';

/** Topics as people know them; one that nobody can name any more keeps the name the ledger has for it. */
export function TopicNames({ slugs }: { slugs: readonly string[] }) {
  const language = useLanguage((s) => s.language);
  const topics = useQuery('kit/topics', { all: true }).data;
  return <>{slugs.map((slug) => topics?.find((t) => t.slug === slug)?.name[language] ?? slug).join(', ')}</>;
}
