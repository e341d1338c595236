import { Button } from '@mantine/core';
import { call } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { privacy as catalogue } from '@renderer/strings/privacy';
import { ConfirmDialog, toast } from '@renderer/ui';
import { ContextMenu } from '@renderer/ui/ContextMenu';
import { IconCertificate, IconChevronDown, IconFileExport, IconPhoneOff, IconUserX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { EraseDialog } from './EraseDialog';
import { showError } from './show-error';

/** Everything about a person as one thing: prove, hand out, erase. */
export function PersonMenu({ customerId, name, hasPhone }: { customerId: number; name: string; hasPhone: boolean }) {
  const w = useWords(catalogue);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const [erasing, setErasing] = useState(false);
  const save = useExport(customerId);
  const [givingUp, setGivingUp] = useState(false);
  return (
    <>
      <Button
        variant="default"
        loading={save.busy}
        rightSection={<IconChevronDown size={16} stroke={1.75} aria-hidden />}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(e) => {
          const r = e.currentTarget.getBoundingClientRect();
          setAt({ x: r.left, y: r.bottom + 4 });
        }}
      >
        {w.menu.open}
      </Button>
      {at && (
        <ContextMenu
          {...at}
          onClose={() => setAt(null)}
          entries={[
            {
              label: w.menu.proof,
              icon: <IconCertificate size={18} stroke={1.75} aria-hidden />,
              onClick: () => go({ screen: 'records', person: customerId }),
            },
            { label: w.menu.export, icon: <IconFileExport size={18} stroke={1.75} aria-hidden />, onClick: () => void save.run() },
            ...(hasPhone
              ? [{ label: w.menu.newHolder, icon: <IconPhoneOff size={18} stroke={1.75} aria-hidden />, onClick: () => setGivingUp(true) }]
              : []),
            {
              label: w.menu.erase,
              icon: <IconUserX size={18} stroke={1.75} aria-hidden />,
              danger: true,
              onClick: () => setErasing(true),
            },
          ]}
        />
      )}
      {givingUp && <NewHolder customerId={customerId} name={name} onClose={() => setGivingUp(false)} />}
      {erasing && <EraseDialog customerId={customerId} name={name} onExport={() => void save.run()} onClose={() => setErasing(false)} />}
    </>
  );
}

/** Asks for a folder and writes everything held about the person into a new one in it. */
function useExport(customerId: number) {
  const w = useWords(catalogue);
  const command = useCommand('privacy/export-person');
  const { error } = command;
  useEffect(() => {
    if (error) showError(error);
  }, [error]);
  return {
    busy: command.busy,
    run: async () => {
      const place = await call('shell/pick-folder', {}).catch(() => null);
      const made = place && (await command.run({ id: customerId as never, folder: place.path }));
      if (made) toast({ title: w.menu.exported(made.parts.length + made.photos + 2), body: made.folder, tone: 'good', ms: 10_000 });
    },
  };
}

/** Somebody told us that the number is not this person's any more. */
function NewHolder({ customerId, name, onClose }: { customerId: number; name: string; onClose: () => void }) {
  const w = useWords(catalogue).menu;
  const command = useCommand('customers/new-holder');
  const { error } = command;
  useEffect(() => {
    if (error) showError(error);
  }, [error]);
  return (
    <ConfirmDialog
      open
      title={w.newHolderTitle(name)}
      confirm={w.newHolderGo}
      busy={command.busy}
      onClose={onClose}
      onConfirm={async () => {
        if (await command.run({ id: customerId as never })) toast({ title: w.newHolderDone, tone: 'good' });
        onClose();
      }}
    >
      {w.newHolderBody}
    </ConfirmDialog>
  );
}
