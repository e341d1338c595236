import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { boxes, type Chosen, firstChoice, instantIn, problemOf, TimeBoxes } from '@renderer/screens/campaigns/WhenChoice';
import { useWords } from '@renderer/strings';
import { schedule } from '@renderer/strings/schedule';
import { Dialog, ErrorNote, FieldStack, Note, toast } from '@renderer/ui';
import { useState } from 'react';
import type { Item, Say } from './say';

/** A planned campaign on another day, at the hour it had; where its words would say another date, the review comes first. */
export function MoveDialog({ item, day, say, onClose }: { item: Item; day: string; say: Say; onClose: () => void }) {
  const { w } = say;
  const s = useWords(schedule);
  const { shop } = useShell();
  const id = item.id as CampaignId;
  const campaign = useQuery('campaigns/get', { id });
  const move = useCommand('campaigns/reschedule');
  const back = useCommand('campaigns/unschedule');
  const [value, setValue] = useState<Chosen>({ ...firstChoice(shop.zone), day, time: boxes(item.at ?? Date.now(), shop.zone).time });
  const chosen = instantIn(value, shop.zone);
  const good = chosen !== null && problemOf(chosen.at, false, s) === null;
  const late = campaign.data?.latePolicy;
  const save = async () => {
    if (!chosen || !good || late === undefined) return;
    if (!(await move.run({ id, at: chosen.at, latePolicy: late }))) return;
    toast({ title: w.moved(say.name(item), say.day(value.day)), tone: 'good' });
    onClose();
  };
  const again = async () => {
    const done = await back.run({ id });
    if (done) go({ screen: 'campaigns', id: done.id });
  };
  const outdated = move.error?.code === 'campaign.quote-outdated';
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.moveTitle(say.name(item))}
      actions={
        outdated ? (
          <Button loading={back.busy} onClick={() => void again()}>
            {w.again}
          </Button>
        ) : (
          <Button loading={move.busy} disabled={!good || late === undefined} onClick={() => void save()}>
            {w.moveHere}
          </Button>
        )
      }
    >
      <FieldStack onSubmit={() => void save()}>
        {outdated ? <Note tone="warn">{w.againBody}</Note> : <ErrorNote error={move.error ?? back.error ?? campaign.error} />}
        <TimeBoxes value={value} onChange={(patch) => setValue((v) => ({ ...v, ...patch }))} viaCarrier={false} />
        <p>{w.moveNote}</p>
      </FieldStack>
    </Dialog>
  );
}
