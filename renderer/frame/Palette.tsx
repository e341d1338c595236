import '@mantine/spotlight/styles.layer.css';
import { Modal } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { call, type Out } from '@renderer/api/client';
import { go, type Place, type ScreenName } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { phone } from '@renderer/ui/format';
import { IconArrowRight, IconLock, IconPlus, IconSearch, IconUser } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { setPalette } from './frame-state';
import css from './palette.module.css';
import { lock } from './Rail';

const [store, spotlight] = createSpotlight();

type Person = Out<'customers/list'>['rows'][number];
const ORDER: readonly ScreenName[] = [
  'this-week',
  'counter',
  'customers',
  'groups',
  'campaigns',
  'automations',
  'calendar',
  'clubs',
  'draws',
  'deliveries',
  'notices',
  'outreach',
  'replies',
  'texts',
  'offers',
  'loyalty',
  'results',
  'till-check',
  'margins',
  'import',
  'kit',
  'registration',
  'account',
  'settings',
];

const plain = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const nameOf = (p: Person) => [p.firstName, p.lastName].filter(Boolean).join(' ') || p.company || (p.phone ? phone(p.phone) : '—');

const lineOf = (p: Person) => plain(`${nameOf(p)} ${p.email ?? ''} ${p.phone ?? ''}`);

/** People whose name, number or e-mail holds the words; asked after a short rest of the typing hand, the last answer narrowed meanwhile. */
function usePeople(query: string): readonly Person[] {
  const [found, setFound] = useState<{ q: string; rows: readonly Person[] }>({ q: '', rows: [] });
  const q = query.trim();
  useEffect(() => {
    if (q.length < 2) return;
    let current = true;
    const t = setTimeout(() => {
      call('customers/list', { search: q, limit: 6 }).then(
        (page) => current && setFound({ q, rows: page.rows }),
        () => current && setFound({ q, rows: [] }),
      );
    }, 120);
    return () => {
      current = false;
      clearTimeout(t);
    };
  }, [q]);
  if (q.length < 2) return [];
  return found.q === q ? found.rows : found.rows.filter((p) => lineOf(p).includes(plain(q)));
}

/** The first line is chosen whenever the chosen one is gone: lines come and go after the last letter was typed, and Enter must mean something. */
function useChosenLine(query: string, shown: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` names the lines drawn
  useEffect(() => {
    if (query === '') return;
    const lines = [...(document.getElementById(store.getState().listId)?.querySelectorAll('[data-action]') ?? [])];
    const chosen = lines.findIndex((line) => line.hasAttribute('data-selected'));
    if (chosen < 0) lines[0]?.setAttribute('data-selected', 'true');
    store.updateState((state) => ({ ...state, selected: Math.max(chosen, 0) }));
  }, [query, shown]);
}

/** Ctrl/Cmd+K: go to a screen, find a person, start something. */
export function Palette() {
  const w = useWords(words);
  const [query, setQuery] = useState('');
  const people = usePeople(query);
  useEffect(() => {
    spotlight.open();
    return () => spotlight.close();
  }, []);
  const visit = (place: Place) => () => {
    setPalette(false);
    go(place);
  };
  const q = plain(query.trim());
  const matching = (list: SpotlightActionData[]) => list.filter((a) => q === '' || plain(a.label ?? '').includes(q));
  const screens = matching(
    ORDER.map((s) => ({
      id: s,
      label: w.places[s],
      onClick: visit({ screen: s } as Place),
      leftSection: <IconArrowRight size={18} stroke={1.6} />,
    })),
  );
  const actions = matching([
    {
      id: 'new-campaign',
      label: w.palette.newCampaign,
      onClick: visit({ screen: 'campaigns' }),
      leftSection: <IconPlus size={18} stroke={1.6} />,
    },
    {
      id: 'new-import',
      label: w.palette.newImport,
      onClick: visit({ screen: 'import' }),
      leftSection: <IconPlus size={18} stroke={1.6} />,
    },
    {
      id: 'lock',
      label: w.palette.lock,
      onClick: () => {
        setPalette(false);
        lock();
      },
      leftSection: <IconLock size={18} stroke={1.6} />,
    },
  ]);
  const found = people.map((p) => ({
    id: `person-${p.id}`,
    label: nameOf(p),
    description: p.phone ? phone(p.phone) : (p.email ?? ''),
    onClick: visit({ screen: 'customers', id: p.id }),
    leftSection: <IconUser size={18} stroke={1.6} />,
  }));
  const groups = [
    { group: w.palette.people, actions: found },
    { group: w.palette.goTo, actions: screens },
    { group: w.palette.actions, actions },
  ].filter((g) => g.actions.length > 0);
  useChosenLine(query, groups.flatMap((g) => g.actions.map((a) => a.id)).join());
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      store={store}
      attributes={{ content: { 'aria-label': w.palette.placeholder } }}
      onSpotlightClose={() => setPalette(false)}
      shortcut={null}
      scrollable
      maxHeight={440}
      size={600}
      radius="lg"
      centered={false}
      yOffset="12vh"
      transitionProps={{ duration: 80 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      classNames={{
        content: css.palette ?? '',
        search: css.paletteSearch ?? '',
        actionsGroup: css.paletteGroup ?? '',
        action: css.paletteAction ?? '',
        actionSection: css.paletteIcon ?? '',
      }}
    >
      <Modal.Title className="rg-hidden">{w.palette.open}</Modal.Title>
      <Spotlight.Search
        placeholder={w.palette.placeholder}
        leftSection={<IconSearch size={20} stroke={1.6} />}
        aria-label={w.palette.placeholder}
      />
      <Spotlight.ActionsList>
        {groups.map((g) => (
          <Spotlight.ActionsGroup key={g.group} label={g.group}>
            {g.actions.map(({ id, ...a }) => (
              <Spotlight.Action key={id} {...a} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{w.palette.nothing}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
