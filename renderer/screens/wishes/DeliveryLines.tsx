import { ActionIcon, Button } from '@mantine/core';
import { call, type Out, toApiError, useShell } from '@renderer/api';
import { useScanner } from '@renderer/screens/counter/useScanner';
import { useWords } from '@renderer/strings';
import { deliveries as catalogue } from '@renderer/strings/deliveries';
import { Dialog, ErrorNote, FieldRow, MoneyField, Panel, TextAreaField, TextField, toast } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import { IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import css from './wishes.module.css';

export type Line = Out<'deliveries/read'>['lines'][number];

/** What a scanner types for goods: digits of an EAN, UPC or the shop's own. */
const BARCODE = /^\d{6,14}$/;

interface DeliveryLinesProps {
  lines: readonly Line[];
  busy: boolean;
  onChange: (lines: Line[]) => Promise<unknown>;
}

/** What came in: scanned wherever the focus is, typed with Enter, pasted, or read from a file. */
export function DeliveryLines({ lines, busy, onChange }: DeliveryLinesProps) {
  const w = useWords(catalogue).lines;
  const { shop, locale } = useShell();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState<unknown>();
  const [naming, setNaming] = useState<string | null>(null);
  const [pasting, setPasting] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const latest = useRef(lines);
  latest.current = lines;
  const add = (more: readonly Line[]) => onChange([...latest.current, ...more]);

  const scanned = async (code: string) => {
    setText('');
    setFailed(undefined);
    const there = latest.current.findIndex((l) => l.barcode === code);
    if (there >= 0) {
      await onChange(latest.current.map((l, i) => (i === there ? { ...l, qty: l.qty + 1 } : l)));
      return;
    }
    try {
      const known = await call('deliveries/barcode', { barcode: code });
      if (known) await add([{ ...known, barcode: code, qty: 1 }]);
      else setNaming(code);
    } catch (e) {
      setFailed(toApiError(e));
    }
  };
  const read = async (typed: string): Promise<boolean> => {
    setFailed(undefined);
    try {
      const found = await call('deliveries/read', { text: typed });
      if (found.lines.length > 0) await add(found.lines);
      if (found.lines.length > 1)
        toast({ title: w.added(found.lines.length), tone: 'good', ...(found.leftOut > 0 && { body: w.leftOut(found.leftOut) }) });
      return true;
    } catch (e) {
      setFailed(toApiError(e));
      return false;
    }
  };
  const enter = () => {
    const typed = text.trim();
    if (typed === '') return;
    if (BARCODE.test(typed)) void scanned(typed);
    else void read(typed).then((ok) => ok && setText(''));
  };
  // in the box itself the whole code stands there, also when the machine stalled between two keys
  useScanner((code) => (BARCODE.test(code.trim()) ? void scanned(code.trim()) : setText(code)), naming === null && !pasting, true);

  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.stack}>
        <div className={css.add} data-catch-up>
          <TextField
            label={w.box}
            value={text}
            onChange={setText}
            placeholder={w.placeholder}
            maxLength={200}
            autoFocus
            onEnter={enter}
            spellCheck={false}
          />
          <Button onClick={enter} loading={busy} disabled={text.trim() === ''}>
            {w.add}
          </Button>
        </div>
        <div className={css.tools}>
          <Button variant="default" onClick={() => setPasting(true)}>
            {w.paste}
          </Button>
          <Button variant="default" onClick={() => file.current?.click()}>
            {w.file}
          </Button>
          <input
            ref={file}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            hidden
            aria-label={w.file}
            onChange={(e) => {
              const chosen = e.currentTarget.files?.[0];
              e.currentTarget.value = '';
              if (chosen) void chosen.text().then(read);
            }}
          />
        </div>
        <ErrorNote error={failed} />
        {lines.length === 0 ? (
          <p className={css.quiet}>{w.none}</p>
        ) : (
          <div className={css.scroll}>
            <ul className={css.lines}>
              {lines.map((l, i) => (
                // a line has no name of its own: the same goods may stand there twice
                // biome-ignore lint/suspicious/noArrayIndexKey: lines only come at the end
                <li key={`${i} ${l.item}`}>
                  <span className={css.grow}>{l.item}</span>
                  <span className={css.size}>{l.size}</span>
                  <span className={css.num}>{l.price === null ? '' : money(l.price, shop.currency, locale)}</span>
                  <span className={css.qty}>{l.qty > 1 ? `× ${l.qty}` : ''}</span>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="lg"
                    aria-label={w.remove(l.item)}
                    onClick={() => void onChange(lines.filter((_, j) => j !== i))}
                  >
                    <IconX size={18} stroke={1.75} aria-hidden />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      {naming !== null && (
        <NameIt
          code={naming}
          onClose={() => setNaming(null)}
          onSave={(line) => {
            setNaming(null);
            void add([line]);
          }}
        />
      )}
      {pasting && <Paste onClose={() => setPasting(false)} onRead={read} />}
    </Panel>
  );
}

/** A barcode nobody has named yet. */
function NameIt({ code, onClose, onSave }: { code: string; onClose: () => void; onSave: (line: Line) => void }) {
  const w = useWords(catalogue).lines;
  const [item, setItem] = useState('');
  const [size, setSize] = useState('');
  const [price, setPrice] = useState<number | null>(null);
  const save = () => {
    if (item.trim() !== '') onSave({ item, size, price: price as Line['price'], barcode: code, qty: 1 });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.unknown(code)}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button onClick={save} disabled={item.trim() === ''}>
            {w.save}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <TextField label={w.item} hint={w.unknownHint} value={item} onChange={setItem} maxLength={120} autoFocus onEnter={save} />
        <FieldRow>
          <TextField label={w.size} value={size} onChange={setSize} maxLength={30} onEnter={save} />
          <MoneyField label={w.price} cents={price} onChange={setPrice} />
        </FieldRow>
      </div>
    </Dialog>
  );
}

function Paste({ onClose, onRead }: { onClose: () => void; onRead: (text: string) => Promise<boolean> }) {
  const w = useWords(catalogue).lines;
  const [text, setText] = useState('');
  const go = async () => {
    if (await onRead(text)) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.pasteTitle}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button onClick={() => void go()} disabled={text.trim() === ''}>
            {w.pasteGo}
          </Button>
        </>
      }
    >
      <TextAreaField label={w.paste} hint={w.pasteHint} value={text} onChange={setText} minRows={10} maxLength={400_000} />
    </Dialog>
  );
}
