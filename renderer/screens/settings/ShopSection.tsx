import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { Panel } from '@renderer/ui/Screen';
import { ErrorNote } from '@renderer/ui/States';
import { useState } from 'react';
import { ClosedDays, HoursFields, hoursOk } from './HoursFields';
import { SaveBar } from './SaveBar';
import { ShopFields } from './ShopFields';
import { type ShopData, useDraft, useSaveShop } from './useSettings';

export function ShopSection({ shop }: { shop: ShopData }) {
  const w = useWords(words);
  const { draft, change, dirty } = useDraft(shop);
  const save = useSaveShop();
  const [tried, setTried] = useState(false);
  const [saves, setSaves] = useState(0);
  const submit = async () => {
    setTried(true);
    if (!draft.name.trim() || !hoursOk(draft.hours)) return;
    if (await save.run(draft)) setSaves((n) => n + 1);
  };
  return (
    <>
      <Panel title={w.sections.shop} hint={w.shop.hint}>
        <ShopFields shop={draft} change={change} tried={tried} />
      </Panel>
      <Panel title={w.shop.hours} hint={w.shop.hoursHint}>
        <HoursFields hours={draft.hours} onChange={(hours) => change({ hours })} />
      </Panel>
      <Panel title={w.shop.closedDays} hint={w.shop.closedDaysHint}>
        <ClosedDays days={draft.closedDays} onChange={(closedDays) => change({ closedDays })} />
      </Panel>
      <ErrorNote error={save.error} />
      <SaveBar dirty={dirty} busy={save.busy} onSave={() => void submit()} saves={saves} />
    </>
  );
}
