import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { TopicDialog } from '@renderer/screens/kit/TopicsSection';
import { OfferDialog } from '@renderer/screens/offers/OfferDialog';
import { useWords } from '@renderer/strings';
import { clubs as catalogue } from '@renderer/strings/clubs';
import { offers as offerWords } from '@renderer/strings/offers';
import { Chip, Columns, ConfirmDialog, ErrorNote, Loaded, Panel, Rows, Screen, StatRow, StatTile, When } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useState } from 'react';
import { ClubGrowth } from './ClubGrowth';
import { ClubMembers } from './ClubMembers';
import css from './clubs.module.css';
import { wayWords } from './say';

type One = Out<'clubs/one'>;

/** One club: its people, how they came, what is said to them and given to them. */
export function ClubDetail({ slug }: { slug: string }) {
  const w = useWords(catalogue);
  const query = useQuery('clubs/one', { slug });
  if (query.data) return <Detail one={query.data} />;
  return (
    <Screen title={w.title} up={{ label: w.up, onClick: () => void (back() || go({ screen: 'clubs' })) }}>
      <Loaded query={query} lines={10}>
        {() => null}
      </Loaded>
    </Screen>
  );
}

function Detail({ one }: { one: One }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const { club: c } = one;
  const n = (x: number) => count(x, locale);
  const campaign = useCommand('clubs/campaign');
  const save = useCommand('kit/save-topic');
  const [asking, setAsking] = useState<'change' | 'end' | null>(null);
  const begin = async () => {
    const made = await campaign.run({ slug: c.slug, name: w.campaignName(c.name.en) });
    if (made) go({ screen: 'campaigns', id: made.id });
  };
  const offer = async (active: boolean) => {
    const { slug, name, about, joinWord } = c;
    if (await save.run({ slug, name, about, joinWord, active })) setAsking(null);
  };
  return (
    <Screen
      title={c.name.en}
      badge={!c.active && <Chip>{w.ended}</Chip>}
      subtitle={[c.name.es, c.about.en].filter(Boolean).join(' · ')}
      up={{ label: w.up, onClick: () => void (back() || go({ screen: 'clubs' })) }}
      actions={
        <>
          {c.active ? (
            <Button variant="subtle" color="brick" onClick={() => setAsking('end')}>
              {w.end.button}
            </Button>
          ) : (
            <Button variant="default" loading={save.busy} onClick={() => void offer(true)}>
              {w.end.again}
            </Button>
          )}
          <Button variant="default" onClick={() => setAsking('change')}>
            {w.change}
          </Button>
          {c.active && (
            <Button
              variant="default"
              disabled={c.joinWord === null}
              {...(c.joinWord === null && { title: w.cardNeedsWord })}
              onClick={() => go({ screen: 'kit', section: 'card', ...(c.joinWord !== null && { word: c.joinWord }) })}
            >
              {w.card}
            </Button>
          )}
        </>
      }
      primary={
        <Button disabled={c.members === 0} loading={campaign.busy} onClick={() => void begin()}>
          {w.campaign(c.members, n(c.members))}
        </Button>
      }
    >
      <Rows>
        {(campaign.error ?? save.error) && <ErrorNote error={campaign.error ?? save.error} />}
        <StatRow>
          <StatTile label={w.tiles.members} value={n(c.members)} note={w.promiseNote(one.promise)} />
          <StatTile label={w.tiles.joined} value={n(c.joined)} />
          <StatTile label={w.tiles.only} value={n(c.onlyThis)} note={c.onlyThis > 0 ? w.onlyNote : undefined} />
          <StatTile label={w.tiles.word} value={c.joinWord ?? w.noWord} />
        </StatRow>
        <ClubGrowth points={one.growth} />
        <Columns min={360}>
          <Ways ways={one.ways} />
          <Offers offers={one.offers} club={c} />
        </Columns>
        <Said campaigns={one.campaigns} />
        <ClubMembers slug={c.slug} />
      </Rows>
      {asking === 'change' && <TopicDialog topic={c} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === 'end'}
        onClose={() => setAsking(null)}
        title={w.end.title(c.name.en)}
        confirm={w.end.confirm}
        keep={w.end.keep}
        danger
        busy={save.busy}
        onConfirm={() => void offer(false)}
      >
        <Rows gap={8}>
          <p>{w.end.body(c.members, n(c.members))}</p>
          {c.onlyThis > 0 && <p>{w.end.only(c.onlyThis, n(c.onlyThis))}</p>}
          {one.about.planned + one.about.automations > 0 && <p>{w.end.about(one.about.planned, one.about.automations)}</p>}
          <ErrorNote error={save.error} />
        </Rows>
      </ConfirmDialog>
    </Screen>
  );
}

function Ways({ ways }: { ways: One['ways'] }) {
  const w = useWords(catalogue).ways;
  const { locale } = useShell();
  const [best] = ways;
  return (
    <Panel title={best ? w.title(wayWords(best.way, w)) : w.none}>
      {best ? (
        <ul className={css.lines}>
          {ways.map((x) => (
            <li key={x.way}>
              <span className={css.grow}>{wayWords(x.way, w)}</span>
              <span className={css.num}>{count(x.count, locale)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.quiet}>{w.nonBody}</p>
      )}
    </Panel>
  );
}

function Offers({ offers, club }: { offers: One['offers']; club: One['club'] }) {
  const w = useWords(catalogue);
  const ow = useWords(offerWords);
  const [making, setMaking] = useState(false);
  return (
    <Panel
      title={w.offers.title}
      hint={w.offers.hint}
      action={
        club.active && (
          <Button size="xs" variant="default" onClick={() => setMaking(true)}>
            {w.offers.make}
          </Button>
        )
      }
    >
      {offers.length === 0 ? (
        <p className={css.quiet}>{w.offers.none}</p>
      ) : (
        <ul className={css.lines}>
          {offers.map((o) => (
            <li key={o.id}>
              <span className={css.grow}>{o.name}</span>
              {o.archived && <Chip>{w.offers.archived}</Chip>}
              <Button size="xs" variant="subtle" onClick={() => go({ screen: 'offers', id: o.id })}>
                {w.said.open}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {making && <OfferDialog offer={null} words={ow} begin={{ membersOnly: true, club: club.slug }} onClose={() => setMaking(false)} />}
    </Panel>
  );
}

function Said({ campaigns }: { campaigns: One['campaigns'] }) {
  const w = useWords(catalogue);
  return (
    <Panel title={w.said.title}>
      {campaigns.length === 0 ? (
        <p className={css.quiet}>{w.said.none}</p>
      ) : (
        <ul className={css.lines}>
          {campaigns.map((k) => (
            <li key={k.id}>
              <span className={css.grow}>{k.name}</span>
              <span className={css.quiet}>
                {w.states[k.state] ?? k.state}, <When at={k.at} style="day" />
              </span>
              <Button size="xs" variant="subtle" onClick={() => go({ screen: 'campaigns', id: k.id })}>
                {w.said.open}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
