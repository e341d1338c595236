import type { OrderKind, OrderStep } from '@domain/orders/order';
import { Button } from '@mantine/core';
import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { orders as catalogue } from '@renderer/strings/orders';
import { Chip } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import { IconBox, IconPackage, IconPigMoney, IconTool } from '@tabler/icons-react';
import { chipOf, detailsOf, type StaffOrder, thingOf } from './order-words';
import css from './orders.module.css';
import { useSaying } from './useOrders';

const ICONS: Record<OrderKind, typeof IconBox> = {
  'special-order': IconPackage,
  hold: IconBox,
  'lay-away': IconPigMoney,
  repair: IconTool,
};

/** What may be done with it now, the usual first. */
const stepsOf = (o: StaffOrder): OrderStep[] =>
  o.state === 'open' ? ['ready', 'collected', 'cancelled'] : o.state === 'ready' ? ['collected', 'cancelled'] : ['reopened'];

interface OrderLineProps {
  order: StaffOrder & { deposit?: number | null };
  /** Says whose it is; on their own card nobody needs that. */
  who?: boolean;
  onStep: (step: OrderStep) => void;
  /** Turns the screen to them for the order's own box. */
  onAsk?: () => void;
  /** The same box on paper, signed and photographed. */
  onPaper?: () => void;
}

/** One order, hold, lay-away or repair with what can be done about it. */
export function OrderLine({ order: o, who, onStep, onAsk, onPaper }: OrderLineProps) {
  const w = useWords(catalogue);
  const say = useSaying();
  const { shop, locale } = useShell();
  const Icon = ICONS[o.kind];
  const chip = chipOf(o, w);
  const over = o.state === 'collected' || o.state === 'cancelled';
  const name = o.name || (o.phoneEnd ? `…${o.phoneEnd}` : w.kinds[o.kind]);
  return (
    <li data-order={o.ref}>
      <span className={css.icon} data-urgent={o.standing !== 'on-time' || undefined}>
        <Icon size={24} stroke={1.6} aria-hidden />
      </span>
      <span className={css.words}>
        <span className={css.head}>
          <strong>{who ? name : thingOf(o, w)}</strong>
          <Chip tone={chip.tone} dot>
            {chip.label}
          </Chip>
        </span>
        <span>
          {who ? `${w.kinds[o.kind]}: ${thingOf(o, w)}` : w.kinds[o.kind]}
          {o.deposit != null && ` · ${w.paid(money(o.deposit, shop.currency, locale))}`}
        </span>
        <span className={css.quiet}>{detailsOf(o, w, say)}</span>
      </span>
      <span className={css.ends}>
        {stepsOf(o).map((step, i) => (
          <Button
            key={step}
            size="md"
            className={css.touch ?? ''}
            variant={i === 0 && !over ? 'light' : over ? 'subtle' : 'default'}
            {...(over && { color: 'gray' })}
            aria-label={w.button(w.steps[step], `${name}, ${thingOf(o, w)}`)}
            onClick={() => onStep(step)}
          >
            {w.steps[step]}
          </Button>
        ))}
        {onAsk && !over && !o.textsWanted && (
          <Button size="md" variant="default" className={css.touch ?? ''} title={w.askHint} onClick={onAsk}>
            {w.ask}
          </Button>
        )}
        {onPaper && !over && !o.textsWanted && (
          <Button size="md" variant="subtle" color="gray" className={css.touch ?? ''} onClick={onPaper}>
            {w.paper.tool}
          </Button>
        )}
      </span>
    </li>
  );
}
