import type { CampaignId, CustomerId } from '@domain/kernel';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { Chip, ErrorNote } from '@renderer/ui';
import { WhyAnswer } from '../automations/WhyAnswer';
import css from './why.module.css';

/** What runs by itself, beside the campaigns: what each said to a person, why not, and when it speaks to them next. */
export function OfPerson({ customerId, onPick }: { customerId: CustomerId; onPick: (id: CampaignId) => void }) {
  const w = useWords(catalogue);
  const query = useQuery('automations/of-person', { customerId });
  if (query.error) return <ErrorNote error={query.error} onRetry={query.refetch} />;
  const rows = query.data ?? [];
  if (rows.length === 0) return null;
  return (
    <section className={css.section}>
      <h3>{w.why.automations}</h3>
      {rows.map((y) => (
        <details key={y.automationId} className={css.automation}>
          <summary>
            <span>{y.name}</span>{' '}
            {y.events[0] && <Chip tone={y.events[0].outcome === 'text' ? 'good' : 'neutral'}>{w.outcome[y.events[0].outcome]}</Chip>}
          </summary>
          <WhyAnswer why={y} onExact={onPick} />
        </details>
      ))}
    </section>
  );
}
