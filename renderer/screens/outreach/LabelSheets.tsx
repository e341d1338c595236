import { LABELS_PER_SHEET } from '@domain/outreach/files';
import { Button } from '@mantine/core';
import { call, type Out, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { outreach as catalogue } from '@renderer/strings/outreach';
import { ErrorNote, Note, Screen, SkeletonLines } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useSheet } from '../privacy/EvidenceScreen';
import css from './labels.module.css';

type Label = Out<'outreach/labels'>['rows'][number];

/** Every label of a list, fetched a page at a time. */
function useLabels(id: number): { labels: Label[] | null; name: string; error: unknown } {
  const [state, setState] = useState<{ labels: Label[] | null; name: string; error: unknown }>({
    labels: null,
    name: '',
    error: undefined,
  });
  useEffect(() => {
    let current = true;
    const load = async () => {
      const all: Label[] = [];
      for (;;) {
        const page = await call('outreach/labels', { id, page: { offset: all.length, limit: 200 } });
        all.push(...page.rows);
        if (!current) return;
        if (page.rows.length === 0 || all.length >= page.total) return setState({ labels: all, name: page.name, error: undefined });
      }
    };
    load().catch((error: unknown) => current && setState({ labels: null, name: '', error }));
    return () => {
      current = false;
    };
  }, [id]);
  return state;
}

/** Sheets of thirty labels. On screen the first of them; on paper all, at their exact places. */
export function LabelSheets({ id }: { id: number }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const { labels, name, error } = useLabels(id);
  const sheet = useSheet(`labels-${id}.pdf`, w.pdfSaved);
  const sheets = sheetsOf(labels ?? []);
  const [first] = sheets;
  return (
    <Screen
      title={name === '' ? w.title : w.printTitle(name)}
      up={{ label: w.title, onClick: () => void (back() || go({ screen: 'outreach' })) }}
      primary={
        <Button leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />} onClick={sheet.print} disabled={!first}>
          {w.print}
        </Button>
      }
      actions={
        <Button variant="default" onClick={sheet.save} disabled={!first}>
          {w.pdf}
        </Button>
      }
    >
      {error !== undefined && <ErrorNote error={error} />}
      {labels === null && error === undefined && <SkeletonLines lines={10} />}
      {first && (
        <>
          <Note>{w.printHint(count(sheets.length, locale), sheets.length === 1)}</Note>
          <section className={css.preview} aria-label={w.printTitle(name)}>
            <OneSheet labels={first} />
          </section>
          {createPortal(
            <div className={`rg-paper ${css.print}`} aria-hidden>
              <style>{'@page { size: 8.5in 11in; margin: 0; }'}</style>
              {sheets.map((s) => (
                <OneSheet key={s[0]?.id ?? 0} labels={s} />
              ))}
            </div>,
            document.body,
          )}
        </>
      )}
    </Screen>
  );
}

function sheetsOf(labels: readonly Label[]): Label[][] {
  const out: Label[][] = [];
  for (let i = 0; i < labels.length; i += LABELS_PER_SHEET) out.push(labels.slice(i, i + LABELS_PER_SHEET));
  return out;
}

function OneSheet({ labels }: { labels: readonly Label[] }) {
  return (
    <div className={css.sheet}>
      {labels.map((l) => (
        <div key={l.id} className={css.label}>
          {l.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      ))}
    </div>
  );
}
