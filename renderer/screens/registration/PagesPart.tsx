import { Button } from '@mantine/core';
import { call, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import { Chip, Columns, CopyButton, ErrorNote, Loaded, Note, Panel, Rows, toast } from '@renderer/ui';
import { whenNear } from '@renderer/ui/format';
import { IconCheck, IconDownload, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import css from './registration.module.css';
import type { Pack, Page } from './types';

/** The terms and privacy pages: are they live and complete, and ours to put there. */
export function PagesPart() {
  const pack = useQuery('registration/pack', { ways: null });
  const check = useCommand('registration/check-pages');
  const w = useWords(catalogue).pages;
  const { online } = useShell();
  return (
    <Loaded query={pack} lines={8}>
      {(p) => {
        const some = p.pages.some((x) => x.url !== null);
        return (
          <Rows>
            {!some && (
              <Note tone="warn">
                <p>{w.noAddress}</p>
              </Note>
            )}
            {some && (
              <Panel
                title={w.hint}
                hint={w.checkNote}
                action={
                  <Button loading={check.busy} disabled={!online} onClick={() => void check.run({})}>
                    {w.check}
                  </Button>
                }
              >
                {!online && <p className={css.quiet}>{w.offline}</p>}
                <ErrorNote error={check.error} />
                <Columns min={340}>
                  {p.pages.map((page) => (
                    <Looked key={page.kind} page={page} />
                  ))}
                </Columns>
              </Panel>
            )}
            <Ours pack={p} />
          </Rows>
        );
      }}
    </Loaded>
  );
}

function Looked({ page }: { page: Page }) {
  const w = useWords(catalogue).pages;
  const { shop, locale } = useShell();
  const a = page.answer;
  const missing = a?.items.filter((i) => !i.found).length ?? 0;
  const fine = a !== null && a.trouble === null && missing === 0;
  return (
    <section className={css.page} aria-label={w.title[page.kind]}>
      <div className={css.stageHead}>
        <strong>{w.title[page.kind]}</strong>
        {a && (
          <Chip tone={fine ? 'good' : a.trouble ? 'danger' : 'warn'} dot>
            {fine ? w.fine : a.trouble ? w.notLive : w.notFine(missing)}
          </Chip>
        )}
      </div>
      <p className={css.address}>{page.url?.replace(/^https:\/\//, '') ?? w.troubles['no-address']}</p>
      {a === null ? (
        page.url !== null && <p className={css.quiet}>{w.never}</p>
      ) : (
        <>
          {a.trouble && <p className={css.late}>{w.troubles[a.trouble]}</p>}
          <ul className={css.found}>
            {a.items.map((i) => (
              <li key={i.item} data-found={i.found || undefined}>
                {i.found ? <IconCheck size={16} stroke={2} aria-hidden /> : <IconX size={16} stroke={2} aria-hidden />}
                <span>{w.items[i.item]}</span>
                <span className="rg-hidden">{i.found ? w.found : w.missing}</span>
              </li>
            ))}
          </ul>
          {a.thin && <p className={css.quiet}>{w.thin}</p>}
          {page.checkedAt !== null && (
            <p className={css.quiet}>
              {w.looked(whenNear(page.checkedAt, shop.zone, locale, Date.now(), { today: 'today', yesterday: 'yesterday' }))}
            </p>
          )}
        </>
      )}
    </section>
  );
}

const FILES = [
  { kind: 'terms', language: 'en' },
  { kind: 'privacy', language: 'en' },
  { kind: 'terms', language: 'es' },
  { kind: 'privacy', language: 'es' },
] as const;

/** Our two pages in both languages: seen, saved, copied. */
function Ours({ pack }: { pack: Pack }) {
  const w = useWords(catalogue).pages;
  const [seen, setSeen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  const save = async (name: string, text: string) => {
    try {
      setError(undefined);
      const saved = await call('shell/save-text', { name, text });
      if (saved) toast({ title: w.saved(saved.path), tone: 'good' });
    } catch (e) {
      setError(e);
    }
  };
  return (
    <Panel title={w.makeTitle} hint={w.makeHint}>
      <ol className={css.steps}>
        {w.steps.map((s) => (
          <li key={s}>{s}</li>
        ))}
      </ol>
      <ErrorNote error={error} />
      <ul className={css.lines}>
        {FILES.map(({ kind, language }) => {
          const key = language === 'en' ? kind : (`${kind}-es` as const);
          const html = pack.html[kind][language];
          const what = w.names[key];
          const open = seen === key;
          return (
            <li key={key} className={css.file}>
              <div className={css.fileHead}>
                <span>
                  <strong>{w.title[kind]}</strong>
                  <span className={css.quiet}> · {language === 'es' ? `${what}, ${w.spanish}` : what}</span>
                </span>
                <span className={css.inline}>
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-expanded={open}
                    onClick={() => setSeen(open ? null : key)}
                    aria-label={`${open ? w.hide : w.see}: ${what}`}
                  >
                    {open ? w.hide : w.see}
                  </Button>
                  <CopyButton text={html} label={w.copyOne(what)} />
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
                    onClick={() => void save(what, html)}
                  >
                    {w.saveOne(what)}
                  </Button>
                </span>
              </div>
              {open && <iframe className={css.preview} title={w.preview(what)} srcDoc={html} sandbox="" />}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
