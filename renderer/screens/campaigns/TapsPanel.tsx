import type { CampaignId } from '@domain/kernel';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { taps as catalogue } from '@renderer/strings/taps';
import { Panel, When } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import css from './campaigns.module.css';

/** Who opened the link, where a website tells and the text had one; nothing at all otherwise. */
export function TapsPanel({ id }: { id: CampaignId }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const { data: t } = useQuery('taps/campaign', { id });
  if (!t || t.links === 0) return null;
  const of = count(t.links, locale);
  return (
    <Panel title={w.panel}>
      <p>{t.people === 0 ? w.nobody(of) : w.opened(t.people, count(t.people, locale), of)}</p>
      {t.firstAt !== null && t.lastAt !== null && (
        <p className={css.quiet}>
          {w.from} <When at={t.firstAt} near />, {w.to} <When at={t.lastAt} near />
        </p>
      )}
      {t.discounted.length > 0 && (
        <p className={css.quiet}>
          {w.left} {t.discounted.map((d) => w.leftOne(d.count, d.why)).join('; ')}
        </p>
      )}
    </Panel>
  );
}
