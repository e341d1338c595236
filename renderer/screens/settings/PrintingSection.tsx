import { Button } from '@mantine/core';
import { call, type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { print as words } from '@renderer/strings/print';
import { ErrorNote, FieldRow, Loaded, Note, Panel, Rows, SelectField, SwitchField } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import css from './settings.module.css';

type State = Out<'papers/settings'>;
type Size = State['size'];

/** The paper in the printer, and the week that is put into a folder by itself. */
export function PrintingSection() {
  const query = useQuery('papers/settings', {});
  return <Loaded query={query}>{(s) => <Fields s={s} />}</Loaded>;
}

function Fields({ s }: { s: State }) {
  const w = useWords(words).settings;
  const { shop, locale } = useShell();
  const save = useCommand('papers/save-settings');
  const at = (t: number) => when(t, 'day-time', shop.zone, locale, Date.now());
  const hour = (h: number) => when(Date.UTC(2026, 0, 5, h), 'time', 'UTC', locale, Date.UTC(2026, 0, 5));
  const set = (change: Partial<Pick<State, 'size' | 'weekly' | 'folder' | 'weekday' | 'hour'>>) => {
    const { size, weekly, folder, weekday, hour: h } = { ...s, ...change };
    return save.run({ size, weekly, folder, weekday, hour: h });
  };
  const choose = async (change: { weekly?: boolean } = {}) => {
    const folder = await call('shell/pick-folder', {}).catch(() => null);
    if (folder) await set({ ...change, folder: folder.path });
  };
  const problem = s.problem && errorWords(s.problem.code as Parameters<typeof errorWords>[0]);
  return (
    <Rows>
      <Panel title={w.title} hint={w.hint}>
        <SelectField<Size>
          label={w.size}
          value={s.size}
          onChange={(size) => void set({ size })}
          options={[
            { value: 'country', label: w.sizes.country(s.usual) },
            { value: 'A4', label: w.sizes.A4 },
            { value: 'Letter', label: w.sizes.Letter },
          ]}
        />
      </Panel>
      <Panel>
        <div className={css.fields}>
          <SwitchField
            label={w.weekly}
            hint={w.weeklyHint}
            checked={s.weekly}
            // without a folder there is nothing to switch on: it is asked for first
            onChange={(weekly) => void (weekly && s.folder === null ? choose({ weekly }) : set({ weekly }))}
          />
          {s.weekly && (
            <FieldRow widths="repeat(2, minmax(0, 240px))">
              <SelectField
                label={w.day}
                value={String(s.weekday)}
                onChange={(d) => void set({ weekday: Number(d) })}
                options={w.days.map((label, d) => ({ value: String(d), label }))}
              />
              <SelectField
                label={w.hour}
                value={String(s.hour)}
                onChange={(h) => void set({ hour: Number(h) })}
                options={Array.from({ length: 24 }, (_, h) => ({ value: String(h), label: hour(h) }))}
              />
            </FieldRow>
          )}
          {(s.weekly || s.folder !== null) && (
            <div className={css.fields}>
              {s.folder === null ? <p className={css.quiet}>{w.noFolder}</p> : <p className={css.path}>{s.folder}</p>}
              <div className={css.inline}>
                <Button variant="default" loading={save.busy} onClick={() => void choose()}>
                  {s.folder === null ? w.choose : w.change}
                </Button>
              </div>
            </div>
          )}
          <ErrorNote error={save.error} />
          {problem && (
            <Note tone="warn" title={w.problem}>
              <p>
                {problem.title}. {problem.next} {w.again}
              </p>
            </Note>
          )}
          {s.next !== null && (
            <p className={css.quiet}>
              {w.next(at(s.next))} {w.keeps}
            </p>
          )}
          {s.last && <p className={css.quiet}>{w.last(s.last.file, at(s.last.at))}</p>}
        </div>
      </Panel>
    </Rows>
  );
}
