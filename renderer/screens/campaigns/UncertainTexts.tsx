import type { ChannelOutput } from '@contract/index';
import type { CampaignId, OutboxId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useQuery } from '@renderer/api/useQuery';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { outbox as words } from '@renderer/strings/outbox';
import { ConfirmDialog, ErrorNote, Loaded, Panel, PhoneText, Rows, toast } from '@renderer/ui';
import { count, when } from '@renderer/ui/format';
import { type ReactNode, useState } from 'react';
import css from './sending.module.css';

type Row = ChannelOutput<'outbox/uncertain'>['rows'][number];

/** As many as one re-send may hold. */
const SHOWN = 50;

/** Texts nobody knows the fate of, with the two choices only the owner can make; and those refused because of the account. */
export function UncertainTexts({ campaignId, empty }: { campaignId: CampaignId | null; empty?: ReactNode }) {
  const query = useQuery('outbox/uncertain', { campaignId, page: { offset: 0, limit: SHOWN } });
  return (
    <Loaded query={query} lines={3}>
      {({ rows }) => (
        <Rows>
          {rows.every((r) => r.kind === 'given-up') && empty}
          <Decide kind="not-confirmed" rows={rows.filter((r) => r.kind === 'not-confirmed')} />
          <Decide kind="refused" rows={rows.filter((r) => r.kind === 'refused')} />
          <Looking rows={rows.filter((r) => r.kind === 'looking')} />
        </Rows>
      )}
    </Loaded>
  );
}

function Decide({ kind, rows }: { kind: 'not-confirmed' | 'refused'; rows: readonly Row[] }) {
  const w = useWords(words);
  const { locale } = useShell();
  const resend = useCommand('outbox/resend');
  const giveUp = useCommand('outbox/give-up');
  const [asked, setAsked] = useState<readonly OutboxId[] | null>(null);
  if (rows.length === 0) return null;
  const unsure = kind === 'not-confirmed';
  const shown = (n: number) => count(n, locale);
  const again = async (ids: readonly OutboxId[]) => {
    const done = await resend.run({ outboxIds: [...ids] });
    setAsked(null);
    if (done && done.found > 0) toast({ title: w.resent(shown(done.queued), shown(done.found)) });
  };
  const buttons = (ids: readonly OutboxId[], size: 'xs' | 'sm') => (
    <div className={css.choices}>
      <div className={css.choice}>
        <Button size={size} variant="default" loading={resend.busy} onClick={() => (unsure ? setAsked(ids) : void again(ids))}>
          {w.sendAgain}
        </Button>
        <span className={css.quiet}>{unsure ? w.sendAgainHint : w.sendAgainSafe}</span>
      </div>
      {unsure && (
        <div className={css.choice}>
          <Button size={size} variant="default" loading={giveUp.busy} onClick={() => void giveUp.run({ outboxIds: [...ids] })}>
            {w.leaveIt}
          </Button>
          <span className={css.quiet}>{w.leaveItHint}</span>
        </div>
      )}
    </div>
  );
  const n = asked?.length ?? 0;
  return (
    <Panel
      tone="warn"
      title={unsure ? w.uncertainTitle(rows.length, shown(rows.length)) : w.refusedTitle(rows.length, shown(rows.length))}
      hint={unsure ? w.uncertainHint : w.refusedHint}
    >
      <Rows gap={16}>
        <ErrorNote error={resend.error ?? giveUp.error} />
        <ul className={css.people}>
          {rows.map((r) => (
            <li key={r.outboxId}>
              <Who row={r} />
              {buttons([r.outboxId], 'xs')}
            </li>
          ))}
        </ul>
        {rows.length > 1 && (
          <div className={css.forAll}>
            <span>{w.forAll}</span>
            {buttons(
              rows.map((r) => r.outboxId),
              'sm',
            )}
          </div>
        )}
      </Rows>
      <ConfirmDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={w.confirmTitle}
        confirm={w.confirm(n, shown(n))}
        busy={resend.busy}
        onConfirm={() => void again(asked ?? [])}
      >
        <p>{w.confirmBody(n, shown(n))}</p>
      </ConfirmDialog>
    </Panel>
  );
}

function Looking({ rows }: { rows: readonly Row[] }) {
  const w = useWords(words);
  const { locale, shop } = useShell();
  if (rows.length === 0) return null;
  return (
    <Panel title={w.lookingTitle(rows.length, count(rows.length, locale))} hint={w.lookingHint}>
      <ul className={css.people}>
        {rows.map((r) => (
          <li key={r.outboxId}>
            <Who row={r} />
            {r.lookAgainAt !== null && (
              <span className={css.quiet}>{w.nextLook(when(r.lookAgainAt, 'time', shop.zone, locale, Date.now()))}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Who({ row }: { row: Row }) {
  const w = useWords(words);
  const { locale, shop } = useShell();
  return (
    <span className={css.who}>
      <span>
        {row.person.name || w.noName} · <PhoneText phone={row.person.phone} />
      </span>
      {row.triedAt !== null && <span className={css.quiet}>{w.tried(when(row.triedAt, 'day-time', shop.zone, locale, Date.now()))}</span>}
    </span>
  );
}
