import { Radio } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { offers as catalogue } from '@renderer/strings/offers';
import { count } from '@renderer/ui/format';
import css from './offers.module.css';

/** What becomes of codes people have in their hands when their campaign is called off. Nothing to choose where nobody has one. */
export function CodesChoice(p: { campaignId: number; value: 'honour' | 'void'; onChange: (v: 'honour' | 'void') => void }) {
  const w = useWords(catalogue).cancel;
  const { locale } = useShell();
  const open = useQuery('offers/open-codes', { campaignId: p.campaignId as never }).data?.open ?? 0;
  if (open === 0) return null;
  return (
    <Radio.Group
      value={p.value}
      onChange={(v) => p.onChange(v === 'void' ? 'void' : 'honour')}
      label={open === 1 ? w.one : w.title(count(open, locale))}
      className={css.choice ?? ''}
    >
      <div className={css.choice}>
        <Radio value="honour" label={w.honour} />
        <Radio value="void" label={w.void} description={w.voidHint} />
      </div>
    </Radio.Group>
  );
}
