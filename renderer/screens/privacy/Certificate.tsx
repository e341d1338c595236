import { KEPT_KINDS, REMOVED_KINDS } from '@domain/privacy/erased';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import type { Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useShell } from '@renderer/api/useShell';
import { useTask } from '@renderer/api/useTask';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { privacy as catalogue, type PrivacyWords } from '@renderer/strings/privacy';
import { Loaded, Note, Screen, Sheet } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { zoneName } from '../settings/places';
import { useSheet } from './EvidenceScreen';
import css from './sheet.module.css';

type Certificate = Out<'privacy/certificate'>;
type Facts = Certificate['certificate'];

/** What went, in the order of the sheet. */
export const removedLines = (c: Facts, w: PrivacyWords): string[] =>
  REMOVED_KINDS.flatMap((k) => ((c.removed[k] ?? 0) > 0 ? [w.removed[k](c.removed[k] ?? 0)] : []));
/** What stays, with the reason. */
export const keptLines = (c: Facts, w: PrivacyWords, day: (d: string) => string): string[] => [
  ...KEPT_KINDS.flatMap((k) => {
    const n = c.kept[k] ?? 0;
    if (n === 0) return [];
    return [k === 'sealed' && c.proofUntil ? `${w.kept[k](n)} ${w.proofUntil(day(c.proofUntil))}` : w.kept[k](n)];
  }),
];

/** A shop day with its year, as it is printed. */
export function useDay(): (day: string) => string {
  const { locale } = useShell();
  return (day) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}

/** The certificate of an erasure, to print now or in ten years. It names nobody; who gets it writes the name. */
export function CertificateScreen({ id }: { id: number }) {
  const w = useWords(catalogue);
  const t = w.certificate;
  const query = useQuery('privacy/certificate', { id });
  const sheet = useSheet(t.file(query.data?.serial ?? ''), w.saved);
  return (
    <Screen
      title={t.title}
      up={{ label: w.back, onClick: () => go({ screen: 'settings', section: 'records' }) }}
      primary={
        <Button onClick={sheet.save} disabled={!query.data}>
          {w.savePdf}
        </Button>
      }
      actions={
        <Button variant="default" leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />} onClick={sheet.print}>
          {w.print}
        </Button>
      }
    >
      <Loaded query={query} lines={10}>
        {(c) => (
          <>
            {c.certificate.backups.copies > 0 && <FreshCopy />}
            {!c.finished && <Note tone="info">{t.finishing}</Note>}
            <Sheet label={t.title}>
              <CertificateSheet certificate={c} />
            </Sheet>
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function FreshCopy() {
  const t = useWords(catalogue).certificate;
  const make = useCommand('backups/make');
  const [task, setTask] = useState<string | null>(null);
  const running = useTask(task);
  return (
    <Note
      tone={running?.state === 'done' ? 'good' : 'info'}
      title={running?.state === 'done' ? t.freshDone : undefined}
      action={
        running?.state !== 'done' && (
          <Button
            size="xs"
            variant="default"
            loading={make.busy || running?.state === 'running'}
            onClick={() => void make.run({}).then((taskId) => taskId && setTask(taskId))}
          >
            {t.fresh}
          </Button>
        )
      }
    >
      <p>{t.freshBody}</p>
    </Note>
  );
}

function CertificateSheet({ certificate: row }: { certificate: Certificate }) {
  const w = useWords(catalogue);
  const t = w.certificate;
  const { shop, locale } = useShell();
  const day = useDay();
  const c = row.certificate;
  return (
    <article className={`${css.sheet} ${css.large}`}>
      <header className={css.head}>
        <div>
          <p className={css.shop}>{shop.name}</p>
          <h2 className={css.heading}>{t.heading}</h2>
          <p className={css.soft}>{t.on(when(row.at, 'day-time', shop.zone, locale, 0), row.staffName)}</p>
        </div>
        <p className={css.printed}>{t.serial(row.serial)}</p>
      </header>
      <p>
        {t.forWhom} <span className={css.line}>&nbsp;</span>
      </p>
      {c.again && <p>{t.again}</p>}
      <section>
        <h3 className={css.part}>{t.removed}</h3>
        <ul className={css.paperList}>
          {removedLines(c, w).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3 className={css.part}>{t.kept}</h3>
        <ul className={css.paperList}>
          {keptLines(c, w, day).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3 className={css.part}>{t.copies}</h3>
        <ul className={css.paperList}>
          <li>{c.backups.copies > 0 && c.backups.until ? t.backups(c.backups.copies, day(c.backups.until)) : t.backupsNone}</li>
          {c.backups.aside > 0 && <li>{t.aside(c.backups.aside)}</li>}
          <li>{t.journal}</li>
          <li>{t.carrier}</li>
          <li>{t.till}</li>
        </ul>
      </section>
      <p className={css.soft}>{t.rule}</p>
      <div className={css.sign}>
        <span>
          {t.signed} <span className={css.line}>&nbsp;</span>
        </span>
      </div>
      <footer className={css.foot}>{w.proof.zone(zoneName(shop.zone))}</footer>
    </article>
  );
}
