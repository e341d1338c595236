import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { calendar as catalogue } from '@renderer/strings/calendar';
import { Columns, Loaded, Note, Panel, Rows, Screen } from '@renderer/ui';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { CrowdedPanel } from './CrowdedPanel';
import css from './calendar.module.css';
import { DayPanel } from './DayPanel';
import { LoadedDialog, LoadPanel } from './LoadPanel';
import { MonthGrid } from './MonthGrid';
import { MoveDialog } from './MoveDialog';
import { type Ahead, type Item, placeOf, useSay } from './say';
import { type Who, WhoDialog } from './WhoDialog';

/** The next 30 days by everything that speaks to people. */
export function CalendarScreen() {
  const w = useWords(catalogue);
  const query = useQuery('ahead/days', {});
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'campaigns' })) }}
      primary={
        <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} onClick={() => go({ screen: 'campaigns', id: 0 })}>
          {w.add}
        </Button>
      }
    >
      <Loaded query={query} lines={14}>
        {(ahead) => <Month ahead={ahead} />}
      </Loaded>
    </Screen>
  );
}

function Month({ ahead }: { ahead: Ahead }) {
  const say = useSay(ahead.currency);
  const { w } = say;
  const busy = ahead.days.findIndex((d) => d.items.length > 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const [moving, setMoving] = useState<{ item: Item; day: string } | null>(null);
  const [who, setWho] = useState<Who | null>(null);
  const [loaded, setLoaded] = useState<number | null>(null);
  const shown = chosen ?? Math.max(0, busy);
  const day = ahead.days[shown];
  const { total } = ahead;
  const open = (item: Item) => {
    const place = placeOf(item);
    if (place) go(place);
  };
  return (
    <Rows gap={16}>
      {ahead.waiting.length > 0 && (
        <Note
          tone="warn"
          title={w.waiting(ahead.waiting.length)}
          action={
            <Button size="xs" variant="default" onClick={() => go({ screen: 'campaigns', id: ahead.waiting[0]?.id ?? 0 })}>
              {w.open}
            </Button>
          }
        >
          {ahead.waiting.map((x) => (
            <p key={x.id}>{w.waitingOne(x.name, say.at(x.at))}</p>
          ))}
        </Note>
      )}
      <Panel
        title={busy === -1 ? w.nothing : w.total(total.people, say.n(total.people), say.money(total.price))}
        hint={busy === -1 ? w.nothingBody : w.clock(say.zone)}
      >
        <div className={css.month}>
          <MonthGrid
            days={ahead.days}
            chosen={shown}
            say={say}
            onDay={setChosen}
            onOpen={open}
            onMove={(item, to) => setMoving({ item, day: ahead.days[to]?.day ?? '' })}
          />
        </div>
      </Panel>
      <Columns min={400}>
        {day && (
          <DayPanel
            day={day}
            say={say}
            onWho={(item, leftOut) => setWho({ day: day.day, until: null, kind: item.kind, id: item.id, name: item.name, leftOut })}
            onMove={(item) => setMoving({ item, day: day.day })}
          />
        )}
        <div className={css.stack}>
          <CrowdedPanel ahead={ahead} say={say} onWho={({ source, until }) => setWho({ ...source, until, leftOut: true })} />
          {ahead.load.length > 0 && <LoadPanel load={ahead.load} say={say} onWho={setLoaded} />}
        </div>
      </Columns>
      {moving && <MoveDialog item={moving.item} day={moving.day} say={say} onClose={() => setMoving(null)} />}
      {who && <WhoDialog who={who} say={say} onClose={() => setWho(null)} />}
      {loaded !== null && <LoadedDialog texts={loaded} say={say} onClose={() => setLoaded(null)} />}
    </Rows>
  );
}
