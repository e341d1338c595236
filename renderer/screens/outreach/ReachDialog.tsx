import type { CampaignId, SegmentId } from '@domain/kernel';
import type { AudienceFormat } from '@domain/outreach/files';
import type { ReachChannel } from '@domain/outreach/reach';
import { Button, Radio, Stack } from '@mantine/core';
import { call, type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { outreach as catalogue, type OutreachWords } from '@renderer/strings/outreach';
import { Dialog, ErrorNote, Loaded, SelectField, toast } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useState } from 'react';
import css from './outreach.module.css';

type Source = { segmentId: SegmentId } | { campaignId: CampaignId };
type Review = Out<'outreach/review'>;
const CHANNELS = ['post', 'email', 'ads'] as const satisfies readonly ReachChannel[];

/** A group or campaign as a list for another channel: who is on it and who is not, before anything is written. */
export function ReachDialog({ name, source, onClose }: { name: string; source: Source; onClose: () => void }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const [channel, setChannel] = useState<ReachChannel>('post');
  const [format, setFormat] = useState<AudienceFormat>('google');
  const review = useQuery('outreach/review', { channel, source });
  const write = useCommand('outreach/export');
  const drop = useCommand('outreach/take-back');
  const [failed, setFailed] = useState<unknown>();
  const current = review.data;
  const make = async (then: 'file' | 'labels') => {
    if (!current) return;
    setFailed(undefined);
    const done = await write.run({ channel, source, token: current.token, format });
    if (!done) {
      review.refetch();
      return;
    }
    if (then === 'labels') {
      onClose();
      go({ screen: 'outreach', id: done.id });
      return;
    }
    try {
      if (await call('shell/save-text', { name: done.name, text: done.text })) {
        toast({ title: w.saved(count(done.people, locale), done.people === 1), tone: 'good' });
        onClose();
      } else await drop.run({ id: done.id });
    } catch (e) {
      setFailed(e);
      await drop.run({ id: done.id });
    }
  };
  const none = !current || current.people === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.dialog(name)}
      width={600}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          {channel === 'post' && (
            <Button variant="default" disabled={none} loading={write.busy} onClick={() => void make('labels')}>
              {w.print}
            </Button>
          )}
          <Button disabled={none} loading={write.busy} onClick={() => void make('file')}>
            {w.save}
          </Button>
        </>
      }
    >
      <Stack gap={20}>
        <ErrorNote error={write.error ?? failed} />
        <Radio.Group label={w.channel} value={channel} onChange={(v) => setChannel(v as ReachChannel)}>
          <Stack gap={10} mt={8}>
            {CHANNELS.map((c) => (
              <Radio key={c} value={c} label={w.channels[c].label} description={w.channels[c].body} />
            ))}
          </Stack>
        </Radio.Group>
        {channel === 'ads' && (
          <SelectField
            label={w.format}
            value={format}
            onChange={setFormat}
            options={[
              { value: 'google', label: w.formats.google },
              { value: 'meta', label: w.formats.meta },
            ]}
          />
        )}
        <Loaded query={review} lines={4}>
          {(r) => <Figures review={r} words={w} channel={channel} source={source} />}
        </Loaded>
      </Stack>
    </Dialog>
  );
}

function Figures({
  review: r,
  words: w,
  channel,
  source,
}: {
  review: Review;
  words: OutreachWords;
  channel: ReachChannel;
  source: Source;
}) {
  const { locale } = useShell();
  const out = r.leftOut.reduce((n, l) => n + l.count, 0);
  return (
    <div className={css.figures}>
      <p className={css.on}>{r.people === 0 ? w.nobody : w.onList(count(r.people, locale), r.people === 1)}</p>
      {r.recent > 0 && <p className={css.quiet}>{w.recent(count(r.recent, locale), r.spacingDays)}</p>}
      {out > 0 && (
        <>
          <p className={css.out}>{w.out(count(out, locale), out === 1)}</p>
          <ul className={css.reasons}>
            {r.leftOut.map((l) => (
              <Reason key={`${channel} ${l.reason}`} reason={l.reason} n={l.count} words={w} channel={channel} source={source} />
            ))}
          </ul>
        </>
      )}
      <p className={css.quiet}>{'campaignId' in source ? w.countsStep : w.counts}</p>
    </div>
  );
}

interface ReasonProps {
  reason: Review['leftOut'][number]['reason'];
  n: number;
  words: OutreachWords;
  channel: ReachChannel;
  source: Source;
}

/** One reason; its people come when asked for. */
function Reason({ reason, n, words: w, channel, source }: ReasonProps) {
  const { locale } = useShell();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <span className={css.number}>{count(n, locale)}</span> {w.reasons[reason]}{' '}
      <button
        type="button"
        className={css.who}
        aria-expanded={open}
        aria-label={`${w.who}: ${w.reasons[reason]}`}
        onClick={() => setOpen(!open)}
      >
        {w.who}
      </button>
      {open && <Names reason={reason} words={w} channel={channel} source={source} />}
    </li>
  );
}

function Names({ reason, words: w, channel, source }: Omit<ReasonProps, 'n'>) {
  const { locale } = useShell();
  const query = useQuery('outreach/left-out', { channel, source, reason, page: { offset: 0, limit: 50 } });
  return (
    <Loaded query={query} lines={2}>
      {({ rows, total }) => (
        <p className={css.names}>
          {rows.map((p) => `${p.firstName} ${p.lastName}`.trim() || p.company || '—').join(', ')}
          {total > rows.length && ` ${w.more(count(total - rows.length, locale))}`}
        </p>
      )}
    </Loaded>
  );
}
