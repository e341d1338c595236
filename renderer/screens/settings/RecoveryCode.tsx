import { Button } from '@mantine/core';
import { call } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { FieldStack, TextField } from '@renderer/ui/Fields';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import css from './settings.module.css';

const plain = (s: string) => s.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** Shows the code once, prints it, and goes on only when its last group was typed back. */
export function RecoveryCode({ code, onKept, keptLabel, busy }: { code: string; onKept: () => void; keptLabel: string; busy?: boolean }) {
  const w = useWords(words).recoveryCode;
  const { shop } = useShell();
  const [typed, setTyped] = useState('');
  const groups = code.split('-');
  const right = plain(typed) === plain(groups.at(-1) ?? '');
  const complete = plain(typed).length >= 4;
  return (
    <FieldStack onSubmit={() => right && onKept()}>
      <p>{w.body}</p>
      <p className={css.code}>
        {groups.map((g, i) => (
          <span key={`${g}-${groups.slice(0, i).join('')}`}>{g}</span>
        ))}
      </p>
      <div>
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />}
          onClick={() => void call('shell/save-pdf', { name: 'recovery-code.pdf' }).catch(() => undefined)}
        >
          {w.print}
        </Button>
      </div>
      <TextField
        label={w.check}
        value={typed}
        onChange={setTyped}
        maxLength={8}
        spellCheck={false}
        error={complete && !right ? w.wrong : undefined}
      />
      <div className={css.ends}>
        <span role="status" className={css.saved}>
          {right ? w.right : ''}
        </span>
        <Button type="submit" disabled={!right} loading={busy ?? false}>
          {keptLabel}
        </Button>
      </div>
      {createPortal(
        <div className={css.printPage} aria-hidden>
          <h1>{w.page(shop.name)}</h1>
          <p className={css.printCode}>{code}</p>
          <p>{w.pageBody}</p>
        </div>,
        document.body,
      )}
    </FieldStack>
  );
}
