import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { Panel } from '@renderer/ui';
import type { Say } from '../format';
import css from './campaign.module.css';

const DAYS = 28;

/** Text discounts the till gave without a code: money no campaign here explains. Nothing where the till and the counter agree. */
export function TillLine({ say }: { say: Say }) {
  const w = useWords(campaignResults).till;
  const { data } = useQuery('till-check/report', { days: DAYS });
  if (!data || data.open.receipts === 0) return null;
  const { receipts, discount } = data.open;
  return (
    <Panel>
      <div className={css.line}>
        <p>{w.open(say.n(receipts), receipts === 1, say.cents(discount))}</p>
        <Button variant="default" size="xs" className="rg-no-print" onClick={() => go({ screen: 'till-check' })}>
          {w.see}
        </Button>
      </div>
    </Panel>
  );
}
