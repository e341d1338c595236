import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import type { Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { go } from '@renderer/nav';
import { TrafficPanel } from '@renderer/screens/numbers/TrafficPanel';
import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import { Columns, EmptyState, ErrorNote, Loaded, Panel, Rows, Screen, StatRow, StatTile } from '@renderer/ui';
import { IconCircleCheck, IconMessageCircle } from '@tabler/icons-react';
import css from './account.module.css';
import { MendableFindings } from './Findings';
import { PricePanel } from './PricePanel';
import { SenderPanel } from './SenderPanel';
import { StatementPanel } from './StatementPanel';
import { useSay } from './useSay';

export type Health = Out<'account/health'>;

/** The texting account: what needs the owner, what it costs, how far the approval is, and a statement of every month. */
export function AccountScreen() {
  const w = useWords(catalogue);
  const health = useQuery('account/health', {}, { topics: ['account', 'settings', 'outbox'] });
  const look = useCommand('account/look');
  const connected = health.data !== undefined && health.data.mode !== 'none';
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      up={{ label: w.up, onClick: () => go({ screen: 'settings', section: 'texting' }) }}
      actions={
        connected && (
          <Button variant="default" loading={look.busy} onClick={() => void look.run({})}>
            {w.look}
          </Button>
        )
      }
    >
      <Loaded query={health} lines={8}>
        {(h) =>
          h.mode === 'none' ? (
            <Panel>
              <EmptyState
                icon={<IconMessageCircle size={28} stroke={1.5} />}
                title={w.none}
                action={<Button onClick={() => go({ screen: 'settings', section: 'texting' })}>{w.connect}</Button>}
              >
                {w.noneHint}
              </EmptyState>
            </Panel>
          ) : (
            <Rows>
              <ErrorNote error={look.error} />
              <Needs health={h} />
              <Figures health={h} />
              <Columns min={420}>
                <SenderPanel health={h} />
                <PricePanel health={h} />
              </Columns>
              <StatementPanel currency={h.price.currency} />
              <TrafficPanel />
            </Rows>
          )
        }
      </Loaded>
    </Screen>
  );
}

function Needs({ health: h }: { health: Health }) {
  const w = useWords(catalogue);
  const say = useSay(h.price.currency);
  const seen = h.lookedAt === null ? w.never : w.looked(say.when(h.lookedAt));
  const failed = h.failed === null ? '' : ` ${h.failed.code === 'sms.unreachable' ? w.failed.unreachable : w.failed.refused}`;
  return (
    <Panel title={w.findings.title} hint={seen + failed}>
      {h.findings.length > 0 ? (
        <MendableFindings findings={h.findings} say={say} />
      ) : (
        <p className={css.well}>
          {h.lookedAt !== null && <IconCircleCheck size={20} stroke={1.75} aria-hidden />}
          {h.lookedAt === null ? w.findings.notYet : w.findings.well}
        </p>
      )}
    </Panel>
  );
}

function Figures({ health: h }: { health: Health }) {
  const { figures: w, never } = useWords(catalogue);
  const say = useSay(h.price.currency);
  const { balance, waiting, month, daily, rate } = h;
  const stopped = (code: string) => h.findings.some((f) => f.code === code);
  return (
    <StatRow>
      <StatTile
        label={w.balance}
        value={balance ? say.money(balance.amount, balance.currency) : '—'}
        note={
          balance === null
            ? h.lookedAt === null
              ? never
              : w.unknownBalance
            : waiting.texts > 0
              ? w.waiting(say.n(waiting.texts), waiting.texts === 1, say.money(waiting.price))
              : w.enough(say.n(balance.texts))
        }
        tone={stopped('balance-empty') ? 'danger' : stopped('balance-short') ? 'warn' : 'plain'}
      />
      <StatTile
        label={w.month}
        value={say.money(Math.round(month.spent / 10_000) * 10_000)}
        note={month.limit === null ? w.noLimit : w.ofLimit(say.money(month.limit))}
        tone={stopped('month-used') ? 'danger' : stopped('month-near') ? 'warn' : 'plain'}
      />
      <StatTile
        label={w.day}
        value={say.n(daily.used)}
        note={daily.limit === null ? w.noDay : w.ofDay(say.n(daily.limit))}
        tone={stopped('daily-used') ? 'danger' : stopped('daily-near') ? 'warn' : 'plain'}
      />
      <StatTile label={w.speed} value={w.perSecond(say.n(rate.now))} note={w.speedFrom[rate.from]} />
    </StatRow>
  );
}
