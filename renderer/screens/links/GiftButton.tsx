import { ActionIcon } from '@mantine/core';
import { useCommand } from '@renderer/api';
import type { receipts } from '@renderer/strings/links';
import { toast } from '@renderer/ui';
import { IconGift, IconGiftOff } from '@tabler/icons-react';

/** Marks a sale as bought for somebody else, or takes the mark off. */
export function GiftButton({ saleId, gift, words: w }: { saleId: number; gift: boolean; words: (typeof receipts)['en'] }) {
  const mark = useCommand('links/gift');
  const set = async (on: boolean) => {
    if (!(await mark.run({ saleId: saleId as never, gift: on }))) return;
    if (on) toast({ title: w.timeline.marked, action: { label: w.undo, onClick: () => void set(false) } });
  };
  const label = gift ? w.timeline.unmark : w.timeline.mark;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      title={label}
      aria-pressed={gift}
      loading={mark.busy}
      onClick={() => void set(!gift)}
    >
      {gift ? <IconGiftOff size={18} stroke={1.6} aria-hidden /> : <IconGift size={18} stroke={1.6} aria-hidden />}
    </ActionIcon>
  );
}
