import { Button, Modal } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { type ReactNode, useEffect, useState } from 'react';
import css from './dialog.module.css';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons at the bottom right; the last one is the main one. */
  actions?: ReactNode;
  width?: number;
}

/** A dialog that is taken away while open (`{ask && <Dialog open …>}`) closes without its own goodbye: the focus goes back to where it was. */
function useFocusBack(open: boolean): void {
  const [from] = useState(() => (open ? document.activeElement : null));
  useEffect(
    () => () => {
      if (from instanceof HTMLElement && from.isConnected && document.activeElement === document.body) from.focus();
    },
    [from],
  );
}

/** A question or a small form over the screen; Esc closes it, the focus stays inside and returns. */
export function Dialog({ open, onClose, title, children, actions, width = 520 }: DialogProps) {
  const w = useWords(words);
  useFocusBack(open);
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={width}
      closeButtonProps={{ 'aria-label': w.close }}
      classNames={{ content: css.content ?? '', header: css.header ?? '', title: css.title ?? '', body: css.body ?? '' }}
    >
      {children}
      {actions && <div className={css.actions}>{actions}</div>}
    </Modal>
  );
}

/** For what cannot be undone: says what happens; the button says it too. */
export function ConfirmDialog(props: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** The verb: "Erase Ana", "Bring back this backup". */
  confirm: string;
  /** What leaving it says, where “Cancel” would be taken for the thing itself. */
  keep?: string;
  onConfirm: () => void;
  busy?: boolean;
  danger?: boolean;
  disabled?: boolean;
}) {
  const w = useWords(words);
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button variant="default" onClick={props.onClose}>
            {props.keep ?? w.cancel}
          </Button>
          <Button
            color={props.danger ? 'brick' : 'teal'}
            onClick={props.onConfirm}
            loading={props.busy ?? false}
            disabled={props.disabled ?? false}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
