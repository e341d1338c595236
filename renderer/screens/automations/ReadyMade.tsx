import type { AutomationKind } from '@domain/automations/kinds';
import { readyAutomation } from '@domain/automations/ready';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { EmptyState, ErrorNote, Panel } from '@renderer/ui';
import { IconCake, IconClockHour4, IconHandStop, IconRepeat } from '@tabler/icons-react';
import css from './automations.module.css';
import { useMake } from './useMake';

const ICONS: Partial<Record<AutomationKind, typeof IconCake>> = {
  'welcome-sign-up': IconHandStop,
  late: IconClockHour4,
  birthday: IconCake,
};

/** The ready-made ones a shop begins with, each with its words; what they are for when there is nothing yet. */
export function ReadyMade({ kinds, empty, onAll }: { kinds: readonly AutomationKind[]; empty: boolean; onAll: () => void }) {
  const w = useWords(catalogue);
  const { shop } = useShell();
  const make = useMake();
  return (
    <>
      {empty && kinds.length === 0 && (
        <EmptyState icon={<IconRepeat size={28} stroke={1.5} />} title={w.empty.title}>
          {w.empty.body}
        </EmptyState>
      )}
      {kinds.length > 0 && (
        <Panel
          title={empty ? w.empty.title : w.first.more}
          hint={empty ? `${w.empty.body} ${w.first.hint}` : w.first.hint}
          action={
            empty && (
              <Button size="xs" variant="subtle" onClick={onAll}>
                {w.first.all}
              </Button>
            )
          }
        >
          <ErrorNote error={make.error} />
          <ul className={css.cards}>
            {kinds.map((kind) => {
              const Icon = ICONS[kind] ?? IconRepeat;
              return (
                <li key={kind} className={css.card}>
                  <h3>
                    <Icon size={22} stroke={1.6} aria-hidden /> {w.kinds[kind].name}
                  </h3>
                  <p className={css.quiet}>{w.kinds[kind].what}</p>
                  <p className={css.sample}>{plainWords(readyAutomation(kind).en, shop.name)}</p>
                  <Button
                    variant="default"
                    loading={make.busy === kind}
                    disabled={make.busy !== null && make.busy !== kind}
                    aria-label={w.first.look(w.kinds[kind].name)}
                    onClick={() => make.run(kind)}
                  >
                    {w.first.button}
                  </Button>
                </li>
              );
            })}
          </ul>
        </Panel>
      )}
    </>
  );
}

/** What stands for a field that everybody reads in their own way. */
const SAMPLES: Readonly<Record<string, string>> = { 'first name': 'Maria', code: 'K7M-4Q9X', ends: 'its last day', phone: 'your number' };

/** A text with its fields as somebody of whom nothing is known would read it, except the shop's name. */
export const plainWords = (body: string, shop: string): string =>
  body.replace(/\{\s*shop\s*\}/gi, shop).replace(/\{\s*([^{}|:]*)(?::[^{}|]*)?(?:\|([^{}]*))?\}/g, (_, field: string, none?: string) => {
    const name = field.trim().toLowerCase();
    return SAMPLES[name] ?? none ?? `[${name}]`;
  });
