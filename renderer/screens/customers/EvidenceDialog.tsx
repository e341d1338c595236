import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { call } from '@renderer/api/client';
import { Chip, Dialog, ErrorNote, PhoneText, SkeletonLines, useDelayed, When } from '@renderer/ui';
import css from './customers.module.css';
import type { CustomerWords } from './words';

/** The proof of a number on one page: what happened, when, under which exact words, and the hash that chains it. */
export function EvidenceDialog({ id, words: w, onClose }: { id: number; words: CustomerWords; onClose: () => void }) {
  const t = w.evidence;
  const proof = useQuery('consent/evidence', { customerId: id as never });
  const grey = useDelayed(proof.loading);
  return (
    <Dialog
      open
      width={760}
      onClose={onClose}
      title={t.title}
      actions={
        <Button variant="default" onClick={() => void call('shell/save-pdf', { name: 'consent.pdf' }).catch(() => undefined)}>
          {t.print}
        </Button>
      }
    >
      <ErrorNote error={proof.error} onRetry={proof.refetch} />
      {!proof.data && grey && <SkeletonLines lines={5} />}
      {proof.data && (
        <>
          <p className={css.quiet}>
            {proof.data.name} {proof.data.phone && <PhoneText phone={proof.data.phone} />}
          </p>
          {proof.data.lines.length === 0 && <p>{t.none}</p>}
          <ol className={css.evidence}>
            {proof.data.lines.map((l) => (
              <li key={l.id}>
                <p className={css.evidenceHead}>
                  <strong>{w.consent[l.kind] ?? l.kind}</strong>
                  <span className={css.quiet}>
                    {[
                      w.method[l.method] ?? l.method,
                      l.promiseMax !== null && w.promise(l.promiseMax),
                      l.staffName && w.timeline.by(l.staffName),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  <span className={css.evidenceWhen}>
                    <When at={l.occurredAt} />
                  </span>
                </p>
                {l.wording && <blockquote lang={l.language}>{l.wording}</blockquote>}
                {l.inboundText && <blockquote>{l.inboundText}</blockquote>}
                {l.reason && <p className={css.quiet}>{t.reason(l.reason)}</p>}
                {l.hasPhoto && <Chip>{t.photo}</Chip>}
                <p className={css.hash}>{l.hash}</p>
              </li>
            ))}
          </ol>
        </>
      )}
    </Dialog>
  );
}
