import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import { Panel } from '@renderer/ui';
import type { Health } from './AccountScreen';
import css from './account.module.css';
import { useSay } from './useSay';

/** What a part costs: by the list, really, and what we reckon with. */
export function PricePanel({ health: h }: { health: Health }) {
  const { price: w, never } = useWords(catalogue);
  const say = useSay(h.price.currency);
  const { list, learnt } = h.price;
  return (
    <Panel title={w.title} hint={w.hint}>
      <dl className={css.facts}>
        <dt>{w.now}</dt>
        <dd>
          <strong className="rg-num">{say.money(h.price.now)}</strong> <span className={css.quiet}>{w.from[h.price.from]}</span>
        </dd>
        <dt>{w.list}</dt>
        <dd>
          {list === null ? (
            <span className={css.quiet}>{h.lookedAt === null ? never : w.unknown}</span>
          ) : (
            <>
              <span className="rg-num">{say.money(list.outbound, list.currency)}</span> <span className={css.quiet}>{w.listNote}</span>
              {list.inbound !== null && <span className={css.line}>{w.inbound(say.money(list.inbound, list.currency))}</span>}
            </>
          )}
        </dd>
        <dt>{w.learnt}</dt>
        <dd>
          {learnt === null ? (
            <span className={css.quiet}>{w.notEnough}</span>
          ) : (
            <>
              <span className="rg-num">{say.money(learnt.perSegment)}</span>{' '}
              <span className={css.quiet}>{w.learntFrom(say.n(learnt.texts))}</span>
              {learnt.low !== learnt.high && <span className={css.line}>{w.range(say.money(learnt.low), say.money(learnt.high))}</span>}
            </>
          )}
        </dd>
      </dl>
    </Panel>
  );
}
