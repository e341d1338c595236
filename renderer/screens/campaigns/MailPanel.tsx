import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { mail } from '@renderer/strings/mail';
import { mailComposer } from '@renderer/strings/mail-composer';
import { Loaded, Note, Panel } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import css from './campaigns.module.css';

/** What became of a campaign's mails; there is no count of who opened one, for nothing in them reports back. */
export function MailPanel({ id, counted = false }: { id: CampaignId; counted?: boolean }) {
  const w = useWords(mailComposer).result;
  const { blocks, paused } = useWords(mail);
  const account = useQuery('mail/status', {}, { topics: ['outbox', 'settings'] }).data;
  const block = account?.block?.reason ?? '';
  const keeps = account?.pausedSince != null ? paused : blocks[block];
  const { locale } = useShell();
  const query = useQuery('mail/of-campaign', { id }, { topics: ['outbox', 'campaigns'] });
  const n = (x: number) => count(x, locale);
  return (
    <Panel
      title={w.title}
      hint={counted ? `${w.hint} ${w.counted}` : w.hint}
      action={
        query.data && query.data.uncertain > 0 ? (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'settings', section: 'mail' })}>
            {w.decide}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {(m) => (
          <>
            {m.waiting > 0 && keeps !== undefined && <Note tone="info">{keeps}</Note>}
            <ul className={css.reasons}>
              {(['people', 'waiting', 'sent', 'bounced', 'rejected', 'uncertain', 'skipped'] as const).flatMap((key) =>
                key !== 'people' && key !== 'sent' && m[key] === 0
                  ? []
                  : [
                      <li key={key} className={css.mailLine} data-inner={key !== 'people' || undefined}>
                        <span className="rg-num">{n(m[key])}</span>
                        <span>
                          {w[key]}
                          <Why {...{ m, of: key }} />
                        </span>
                      </li>,
                    ],
              )}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Why({ m, of }: { m: { reasons: readonly { state: string; reason: string; count: number }[] }; of: string }) {
  const w = useWords(mailComposer).result;
  const { locale } = useShell();
  const states = of === 'skipped' ? ['skipped', 'cancelled'] : [of];
  const some = m.reasons.filter((r) => states.includes(r.state));
  if (some.length === 0) return null;
  return <span className={css.quiet}> {some.map((r) => `${w.reasons[r.reason] ?? r.reason} (${count(r.count, locale)})`).join(', ')}</span>;
}

/** The same where a campaign's results stand; nothing for one that wrote no mails. */
export function MailsOf({ id }: { id: CampaignId }) {
  const { data } = useQuery('mail/of-campaign', { id }, { topics: ['outbox', 'campaigns'] });
  return data !== undefined && data.people > 0 ? <MailPanel id={id} counted /> : null;
}
