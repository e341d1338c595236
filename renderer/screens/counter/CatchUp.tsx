import { Button, TextInput } from '@mantine/core';
import { call, type Out, toApiError, useQuery, useShell } from '@renderer/api';
import { useLanguage, useWords } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { signUpDesk as catalogue, type SignUpDeskWords } from '@renderer/strings/sign-up-desk';
import { Dialog, FieldRow, Money, Rows, SelectField, TextField } from '@renderer/ui';
import { parseMoney } from '@renderer/ui/format';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import css from './busy.module.css';
import { PaperDialog } from './PaperDialog';
import { useScanner } from './useScanner';

type Answer = Out<'catch-up/line'>;

interface Line {
  id: number;
  text: string;
  day: string;
  minutes: number;
  /** null = on its way. */
  answer: Answer | null;
  /** Of a call that failed for another reason. */
  failed?: string;
  undone?: boolean;
}

/** The calendar day `back` days before now in the shop's zone. */
const dayOf = (zone: string, back: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.now() - back * 86_400_000);

/** Wall-clock time of the shop two minutes ago, `HH:MM`; at midnight the day's first minute. */
function aMomentAgo(zone: string): string {
  const f = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const [now, then] = [f.format(Date.now()), f.format(Date.now() - 120_000)];
  return then > now ? '00:00' : then;
}

/** "K7M4Q9X 45.00": the code, and the amount after it where somebody wrote it down. */
function readLine(text: string, currency: string, locale: string): { code: string; amount: number | null } {
  const m = /^(.*\S)\s+([\d.,$€]+)$/.exec(text.trim());
  const amount = m?.[2] && /[.,$€]/.test(m[2]) ? parseMoney(m[2], currency, locale) : null;
  return amount === null ? { code: text.trim(), amount: null } : { code: m?.[1] ?? '', amount };
}

/**
 * The day's codes and paper forms, entered when it is quiet: when it happened is chosen once, each line is answered at once, and what
 * is wrong stays to be corrected. Never a hand off the keyboard.
 */
export function CatchUp({ onClose }: { onClose: () => void }) {
  const words = useWords(catalogue);
  const w = words.catchUp;
  const { shop, locale } = useShell();
  const language = useLanguage((s) => s.language);
  const [day, setDay] = useState(() => dayOf(shop.zone, 0));
  /** Typed; until then a moment ago today, and the middle of the day on any other. */
  const [typedTime, setTime] = useState<string | null>(null);
  const time = typedTime ?? (day === dayOf(shop.zone, 0) ? aMomentAgo(shop.zone) : '13:00');
  const [text, setText] = useState('');
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [paper, setPaper] = useState(false);
  const next = useRef(1);
  const [hours = 12, minutes = 0] = time.split(':').map(Number);
  const when = useQuery('catch-up/when', { day: day as never, minutes: hours * 60 + minutes }, { enabled: /^\d\d:\d\d$/.test(time) }).data;

  const change = (id: number, to: Partial<Line>) => setLines((now) => now.map((l) => (l.id === id ? { ...l, ...to } : l)));
  const ask = async (line: Line) => {
    const { code, amount } = readLine(line.text, shop.currency, locale);
    try {
      change(line.id, {
        answer: await call('catch-up/line', { day: line.day as never, minutes: line.minutes, code, amount: amount as never }),
      });
    } catch (e) {
      const { code: why, params } = toApiError(e);
      const said = errorWords(why, params, language);
      change(line.id, { answer: { ok: false, code: why, params: {} }, failed: `${said.title}. ${said.next}` });
    }
  };
  const add = (typed: string) => {
    if (!typed.trim()) return;
    const line: Line = { id: next.current++, text: typed.trim(), day, minutes: hours * 60 + minutes, answer: null };
    setLines((now) => [line, ...now]);
    setText('');
    void ask(line);
  };
  useScanner(add, true, true);
  const again = (line: Line, corrected: string) => {
    const fresh = { ...line, text: corrected.trim(), answer: null };
    change(line.id, { text: fresh.text, answer: null });
    void ask(fresh);
  };
  const takeBack = async (line: Line) => {
    if (!line.answer?.ok) return;
    try {
      await call('counter/undo-redeem', { redemptionId: line.answer.redemptionId });
      change(line.id, { undone: true });
    } catch (e) {
      const { code, params } = toApiError(e);
      change(line.id, { failed: errorWords(code, params, language).title });
    }
  };
  const good = lines.filter((l) => l.answer?.ok && !l.undone).length;
  const bad = lines.filter((l) => l.answer?.ok === false).length;
  if (paper) return <PaperDialog device="catch-up" signedOn={day} onClose={() => setPaper(false)} />;
  return (
    <Dialog
      open
      width={760}
      onClose={onClose}
      title={w.title}
      actions={
        <>
          <Button variant="default" size="md" onClick={() => setPaper(true)}>
            {words.tools.paper}
          </Button>
          <Button size="md" onClick={onClose}>
            {w.close}
          </Button>
        </>
      }
    >
      <div data-scan="own">
        <Rows gap={16}>
          <p className={css.quiet}>{w.lead}</p>
          <FieldRow widths="1fr 1fr 2fr">
            <SelectField
              label={w.day}
              value={day}
              onChange={setDay}
              options={Array.from({ length: 15 }, (_, i) => {
                const d = dayOf(shop.zone, i);
                return { value: d, label: i === 0 ? w.today : i === 1 ? w.yesterday : dayName(d, locale) };
              })}
            />
            <TextField label={w.time} type="time" value={time} onChange={setTime} error={when?.future ? w.future : undefined} />
            <form
              onSubmit={(e) => {
                e.preventDefault();
                add(text);
              }}
            >
              <TextInput
                label={w.code}
                value={text}
                onChange={(e) => setText(e.currentTarget.value)}
                autoComplete="off"
                spellCheck={false}
                data-autofocus
                autoFocus
                data-catch-up
              />
            </form>
          </FieldRow>
          <p className={css.quiet}>{w.codeHint}</p>
          <p className={css.quiet} role="status">
            {lines.length === 0 ? w.none : w.count(good, bad)}
          </p>
          <ol className={css.lines} reversed>
            {lines.map((line) => (
              <LineRow
                key={line.id}
                line={line}
                words={w}
                onAgain={again}
                onUndo={takeBack}
                onRemove={(l) => setLines((now) => now.filter((x) => x.id !== l.id))}
              />
            ))}
          </ol>
        </Rows>
      </div>
    </Dialog>
  );
}

const dayName = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(
    Date.parse(`${day}T12:00:00Z`),
  );

interface LineRowProps {
  line: Line;
  words: SignUpDeskWords['catchUp'];
  onAgain: (line: Line, corrected: string) => void;
  onUndo: (line: Line) => void;
  onRemove: (line: Line) => void;
}

function LineRow({ line, words: w, onAgain, onUndo, onRemove }: LineRowProps) {
  const [text, setText] = useState(line.text);
  const { answer } = line;
  if (answer?.ok === false) {
    return (
      <li data-line="bad">
        <IconAlertTriangle size={20} stroke={1.75} aria-hidden />
        <form
          className={css.lineCode}
          onSubmit={(e) => {
            e.preventDefault();
            onAgain(line, text);
          }}
        >
          <TextInput
            aria-label={`${w.code} ${line.text}. ${w.fix}`}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
            size="sm"
          />
        </form>
        <span className={css.lineSaid} data-bad role="alert">
          {line.failed ?? w.wrong[answer.code] ?? answer.code}
        </span>
        <Button variant="subtle" color="gray" size="sm" aria-label={`${w.remove}: ${line.text}`} onClick={() => onRemove(line)}>
          <IconX size={18} aria-hidden />
        </Button>
      </li>
    );
  }
  return (
    <li data-line={answer ? 'good' : 'waiting'}>
      <IconCheck size={20} stroke={1.75} aria-hidden style={{ visibility: answer ? 'visible' : 'hidden' }} />
      <span className={css.lineCode}>{line.text}</span>
      <span className={css.lineSaid}>
        {!answer ? w.wait : line.undone ? w.undone : w.ok(answer.offerName, answer.customerName)}
        {answer?.ok && answer.discount !== null && !line.undone && (
          <>
            {' · '}
            <Money cents={answer.discount} />
          </>
        )}
        {line.failed && ` · ${line.failed}`}
      </span>
      {answer && !line.undone && (
        <Button variant="subtle" size="sm" onClick={() => onUndo(line)}>
          {w.undo}
        </Button>
      )}
    </li>
  );
}
