import type { OutboxId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api/useQuery';
import { useShell } from '@renderer/api/useShell';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { outbox } from '@renderer/strings/outbox';
import { texts as words } from '@renderer/strings/texts';
import { CopyButton, Dialog, Loaded, PhoneText, When } from '@renderer/ui';
import { micros, phone } from '@renderer/ui/format';
import { causeWords, type History, historyLines } from './text-words';
import css from './texts.module.css';

/** One text from queue to receipt, in words; with the carrier's own numbers for whoever has to ask there. */
export function HistoryDialog({ id, onClose }: { id: OutboxId; onClose: () => void }) {
  const w = useWords(words);
  const query = useQuery('outbox/history', { outboxId: id }, { topics: ['outbox'] });
  const h = query.data;
  const leave = (place: Parameters<typeof go>[0]) => {
    onClose();
    go(place);
  };
  const { customerId } = h?.person ?? { customerId: null };
  const campaignId = h?.cause.campaignId ?? null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.history.title}
      width={640}
      actions={
        <>
          {customerId !== null && customerId > 0 && (
            <Button variant="default" onClick={() => leave({ screen: 'customers', id: customerId })}>
              {w.history.person}
            </Button>
          )}
          {campaignId !== null && (
            <Button variant="default" onClick={() => leave({ screen: 'campaigns', id: campaignId })}>
              {w.history.campaign}
            </Button>
          )}
          <Button onClick={onClose}>{w.history.close}</Button>
        </>
      }
    >
      <Loaded query={query} lines={6}>
        {(history) => <Story history={history} />}
      </Loaded>
    </Dialog>
  );
}

function Story({ history: h }: { history: History }) {
  const w = useWords(words);
  const o = useWords(outbox);
  const { locale } = useShell();
  const t = w.history;
  const differ = h.carrierSegments !== null && h.carrierSegments !== h.segments;
  return (
    <div className={css.story}>
      <p className={css.to}>
        <strong>{h.person.name || w.noName}</strong> · {h.person.phone === '' ? w.erased : <PhoneText phone={h.person.phone} />}
        <span className={css.quiet}>{causeWords(w, h.cause)}</span>
      </p>
      {h.body !== '' && <p className={css.bubble}>{h.body}</p>}
      <ol className={css.steps}>
        {historyLines(w, o, h).map((l) => (
          <li key={`${l.at} ${l.title} ${l.detail}`} data-tone={l.tone}>
            <span className={css.at}>{l.at !== null && <When at={l.at} near />}</span>
            <span>
              <span className={css.what}>{l.title}</span>
              {l.detail && <span className={css.detail}>{l.detail}</span>}
            </span>
          </li>
        ))}
      </ol>
      <dl className={css.facts}>
        {h.cost.amount !== null && (
          <>
            <dt>{t.cost}</dt>
            <dd>
              {t.costs[h.cost.is](micros(h.cost.amount, h.cost.currency, locale))}
              {' · '}
              {differ ? t.segmentsDiffer(h.segments, h.carrierSegments ?? 0) : t.segments(h.segments)}
            </dd>
          </>
        )}
        {h.sender !== null && (
          <>
            <dt>{t.from}</dt>
            <dd>{h.sender.startsWith('+') ? phone(h.sender) : h.sender}</dd>
          </>
        )}
        {h.sid !== null && (
          <>
            <dt>{t.carrierId}</dt>
            <dd className={css.sid}>
              <code>{h.sid}</code> <CopyButton text={h.sid} label={t.copy} />
            </dd>
          </>
        )}
        {h.error && (
          <>
            <dt>{t.code}</dt>
            <dd>{h.error.code}</dd>
          </>
        )}
      </dl>
      {h.logOver && <p className={css.quiet}>{t.logOver}</p>}
    </div>
  );
}
