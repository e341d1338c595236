import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { call, type Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useTask } from '@renderer/api/useTask';
import { back, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { privacy as catalogue } from '@renderer/strings/privacy';
import { Dialog, ErrorNote, Loaded, Note, Screen, SecretField, Sheet, toast } from '@renderer/ui';
import { phone as phoneText } from '@renderer/ui/format';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { EvidenceSheet } from './EvidenceSheet';

type Proof = Out<'privacy/proof'>;

/** Saves the sheet on this screen as a PDF, and says where. */
export function useSheet(name: string, saved: string) {
  return {
    save: () =>
      void call('shell/save-pdf', { name }).then(
        (r) => r && toast({ title: saved, body: r.path, tone: 'good' }),
        () => undefined,
      ),
    print: () => void call('shell/print', {}).catch(() => undefined),
  };
}

/** The proof of one number on one page. The whole ledger is checked when it is opened, so that the page says so. */
export function EvidenceScreen({ customerId, phone }: { customerId: number | null; phone: string | null }) {
  const w = useWords(catalogue);
  const proof = useQuery('privacy/proof', { customerId: customerId as never, phone: phone as never });
  const check = useCheck(proof.data);
  const [opened, setOpened] = useState<Proof | null>(null);
  const [opening, setOpening] = useState(false);
  const shown = opened ?? proof.data;
  const sheet = useSheet(w.proof.file((shown?.phone ?? shown?.email ?? '').replace('+', '')), w.saved);
  return (
    <Screen
      title={w.proof.title}
      up={{
        label: customerId === null ? w.back : w.backToPerson,
        onClick: () => void (back() || go({ screen: 'settings', section: 'records' })),
      }}
      primary={
        <Button onClick={sheet.save} disabled={!shown}>
          {w.savePdf}
        </Button>
      }
      actions={
        <>
          {shown?.locked && !opened && (
            <Button variant="default" onClick={() => setOpening(true)}>
              {w.proof.open}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />}
            onClick={sheet.print}
            disabled={!shown}
          >
            {w.print}
          </Button>
        </>
      }
    >
      <Loaded query={proof} lines={12}>
        {(p) => (
          <Sheet label={w.proof.title}>
            <EvidenceSheet proof={opened ?? p} checking={check} />
          </Sheet>
        )}
      </Loaded>
      {opening && shown?.phone && (
        <OpenLocked
          phone={shown.phone}
          onClose={() => setOpening(false)}
          onOpened={(p) => {
            setOpened(p);
            setOpening(false);
          }}
        />
      )}
    </Screen>
  );
}

/** True while the ledger is being checked for this page: once, when the last check is not of today's records. */
function useCheck(proof: Proof | undefined): boolean {
  const verify = useCommand('privacy/verify');
  const [task, setTask] = useState<string | null>(null);
  const running = useTask(task);
  const asked = useRef(false);
  useEffect(() => {
    if (!proof || asked.current || proof.check?.current) return;
    asked.current = true;
    void verify.run({}).then((r) => r && setTask(r.taskId));
  }, [proof, verify]);
  return verify.busy || running?.state === 'running';
}

function OpenLocked({ phone, onClose, onOpened }: { phone: string; onClose: () => void; onOpened: (p: Proof) => void }) {
  const t = useWords(catalogue).proof;
  const open = useCommand('privacy/open-locked');
  const [code, setCode] = useState('');
  const go = async () => {
    const p = await open.run({ phone: phone as never, recoveryCode: code });
    if (p) onOpened(p);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.openTitle}
      actions={
        <Button onClick={() => void go()} loading={open.busy} disabled={code.trim() === ''}>
          {t.openGo}
        </Button>
      }
    >
      <Note tone="warn" title={phoneText(phone)}>
        <p>{t.openBody}</p>
      </Note>
      <SecretField label={t.code} hint={t.codeHint} value={code} onChange={setCode} autoFocus onEnter={() => void go()} />
      <ErrorNote error={open.error} />
    </Dialog>
  );
}
