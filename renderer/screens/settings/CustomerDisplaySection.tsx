import { call, type Out, toApiError, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { signUpSettings as words } from '@renderer/strings/sign-up-settings';
import { ErrorNote, Note, Panel, Rows, SelectField, SwitchField } from '@renderer/ui';
import { useState } from 'react';

type State = Out<'shell/customer-display'>;
const AUTO = 'auto';

/** The second screen that faces customers, of this computer: on or off, and which display. */
export function CustomerDisplaySection() {
  const w = useWords(words);
  const query = useQuery('shell/customer-display', {});
  const [changed, setChanged] = useState<State | null>(null);
  const [failed, setFailed] = useState<unknown>();
  const state = changed ?? query.data;
  const choose = async (on: boolean, displayId: number | null) => {
    try {
      setFailed(undefined);
      setChanged(await call('shell/set-customer-display', { on, displayId }));
    } catch (e) {
      setFailed(toApiError(e));
    }
  };
  if (!state) return <ErrorNote error={query.error} />;
  const others = state.displays.filter((d) => !d.here);
  return (
    <Panel title={w.title} hint={w.hint}>
      <Rows gap={16}>
        <SwitchField label={w.on} hint={w.onHint} checked={state.on} onChange={(on) => void choose(on, state.displayId)} />
        {state.on && (
          <SelectField
            label={w.which}
            value={state.displayId === null ? AUTO : String(state.displayId)}
            onChange={(v) => void choose(true, v === AUTO ? null : Number(v))}
            options={[
              { value: AUTO, label: w.auto },
              ...others.map((d) => ({ value: String(d.id), label: w.display(d.name, d.width, d.height) })),
            ]}
          />
        )}
        {state.on && !state.open && (
          <Note tone="warn" title={w.none}>
            <p>{w.noneHint}</p>
          </Note>
        )}
        {state.on && state.open && <Note tone="good" title={w.open} />}
        <ErrorNote error={failed} />
      </Rows>
    </Panel>
  );
}
