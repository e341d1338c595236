import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useCommand } from '@renderer/api/useCommand';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { privacy as catalogue } from '@renderer/strings/privacy';
import { Dialog, ErrorNote, HoldButton, Loaded, Note } from '@renderer/ui';
import { phone } from '@renderer/ui/format';
import { keptLines, removedLines, useDay } from './Certificate';
import css from './privacy.module.css';

/** What goes, what stays and why; then held to erase. Afterwards the certificate stands ready to print. */
export function EraseDialog(p: { customerId: number; name: string; onExport: () => void; onClose: () => void }) {
  const w = useWords(catalogue);
  const t = w.erase;
  const day = useDay();
  const preview = useQuery('privacy/erase-preview', { id: p.customerId as never });
  const erase = useCommand('privacy/erase');
  const run = async () => {
    const done = await erase.run({ id: p.customerId as never });
    if (done) go({ screen: 'records', certificate: done.erasureId }, { replace: true });
  };
  return (
    <Dialog
      open
      width={760}
      onClose={p.onClose}
      title={t.title(p.name)}
      actions={
        <>
          <Button variant="default" onClick={p.onExport}>
            {t.exportFirst}
          </Button>
          <HoldButton tone="danger" holdMs={2000} busy={erase.busy} disabled={!preview.data} onDone={() => void run()}>
            {erase.busy ? t.busy : t.hold(p.name)}
          </HoldButton>
        </>
      }
    >
      <div className={css.stack}>
        <p>{t.lead}</p>
        <Loaded query={preview} lines={8}>
          {(d) => (
            <>
              <div className={css.halves}>
                <section>
                  <h3>{t.goes}</h3>
                  <ul>
                    {removedLines(d.certificate, w).map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                </section>
                <section>
                  <h3>{t.stays}</h3>
                  <ul>
                    {keptLines(d.certificate, w, day).map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                </section>
              </div>
              {d.shared.length > 0 && <p>{t.shared(d.shared.map((s) => (s.startsWith('+') ? phone(s) : s)))}</p>}
              {d.previews > 0 && <p>{t.previews}</p>}
              <Note tone="warn" title={t.never}>
                <p>{t.till}</p>
                {d.certificate.backups.copies > 0 && d.certificate.backups.until && (
                  <p>{w.certificate.backups(d.certificate.backups.copies, day(d.certificate.backups.until))}</p>
                )}
                {d.certificate.backups.aside > 0 && <p>{w.certificate.aside(d.certificate.backups.aside)}</p>}
              </Note>
            </>
          )}
        </Loaded>
        <ErrorNote error={erase.error} />
      </div>
    </Dialog>
  );
}
