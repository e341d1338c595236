import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { back, go, usePlace, wishCounter } from '@renderer/nav';
import { WhenCanI } from '@renderer/screens/consent/WhenCanI';
import { AboutPanel } from '@renderer/screens/counter/PersonNotes';
import { StopDialog } from '@renderer/screens/counter/StopDialog';
import { TopicNames } from '@renderer/screens/kit/TopicNames';
import { PersonReceipts } from '@renderer/screens/links/PersonReceipts';
import { PersonRewards } from '@renderer/screens/loyalty/PersonRewards';
import { NumberPanel } from '@renderer/screens/numbers/NumberPanel';
import { OrdersPanel } from '@renderer/screens/orders/PersonOrders';
import { PersonMenu } from '@renderer/screens/privacy/PersonMenu';
import { WhyDialog } from '@renderer/screens/why/WhyDialog';
import { useWords } from '@renderer/strings';
import { customers as catalogue } from '@renderer/strings/customers';
import { why as whyCatalogue } from '@renderer/strings/why';
import { Chip, ErrorNote, Panel, PhoneText, Rows, Screen, SkeletonLines, StatRow, StatTile, useDelayed, When } from '@renderer/ui';
import { count, money, when } from '@renderer/ui/format';
import { IconCircleCheck, IconHandStop, IconHelpCircle, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import css from './customers.module.css';
import { EditDialog } from './EditDialog';
import { Shares } from './Shares';
import { Timeline } from './Timeline';
import { birthdayWords, type CustomerWords, fullName, type Person } from './words';

/** One person: may they be texted and why (not), what they bought, everything that ever passed between us. */
export function PersonScreen() {
  const place = usePlace();
  const id = place.screen === 'customers' ? (place.id ?? 0) : 0;
  const w = useWords(catalogue);
  const person = useQuery('customers/get', { id: id as never }, { enabled: id !== 0 });
  const grey = useDelayed(person.loading);
  const up = { label: w.back, onClick: () => void (back() || go({ screen: 'customers' })) };
  if (!person.data) {
    return (
      <Screen title={w.title} up={up}>
        {person.error ? <ErrorNote error={person.error} onRetry={person.refetch} /> : grey ? <SkeletonLines lines={8} /> : null}
      </Screen>
    );
  }
  return <Loaded key={id} person={person.data} words={w} up={up} />;
}

function Loaded({ person, words: w, up }: { person: Person; words: CustomerWords; up: { label: string; onClick: () => void } }) {
  const { customer: c, permission } = person;
  const { shop, locale } = useShell();
  const [editing, setEditing] = useState(false);
  const [stopping, setStopping] = useState(false);
  const [asking, setAsking] = useState(false);
  const why = useWords(whyCatalogue);
  const name = fullName(c) || w.unnamed;
  const mayStop = c.phone !== null && permission.state !== 'out' && !permission.carrierStop;
  return (
    <Screen
      up={up}
      title={name}
      badge={
        <Chip tone={permission.mayText ? 'good' : 'neutral'} dot>
          {permission.mayText ? w.person.may : w.person.mayNot}
        </Chip>
      }
      subtitle={
        <>
          {c.phone && <PhoneText phone={c.phone} />}
          {c.phone && c.email && ' · '}
          {c.email}
        </>
      }
      primary={
        <Button variant="default" leftSection={<IconPencil size={18} stroke={1.75} aria-hidden />} onClick={() => setEditing(true)}>
          {w.edit.open}
        </Button>
      }
      actions={
        <>
          <Button variant="default" leftSection={<IconHelpCircle size={18} stroke={1.75} aria-hidden />} onClick={() => setAsking(true)}>
            {why.person}
          </Button>
          <PersonMenu customerId={c.id} name={name} hasPhone={c.phone !== null} />
          {mayStop && (
            <Button variant="default" leftSection={<IconHandStop size={18} stroke={1.75} aria-hidden />} onClick={() => setStopping(true)}>
              {w.person.stop}
            </Button>
          )}
        </>
      }
    >
      <StatRow>
        <StatTile label={w.person.visits} value={count(c.visits, locale)} />
        <StatTile label={w.person.spend} value={money(c.spend, shop.currency, locale)} />
        <StatTile
          label={w.person.lastVisit}
          value={c.lastVisitAt === null ? w.never : when(c.lastVisitAt, 'short-day', shop.zone, locale, Date.now())}
        />
        <StatTile
          label={w.person.rhythm}
          value={c.medianGapDays === null ? w.person.none : w.person.everyDays(Math.max(1, Math.round(c.medianGapDays)))}
        />
      </StatRow>
      <div className={css.personGrid}>
        <Timeline id={c.id} words={w} />
        <Rows gap={16}>
          <PermissionPanel person={person} words={w} onProof={() => go({ screen: 'records', person: c.id })} />
          <Shares person={person} />
          <NumberPanel customerId={c.id} />
          <AboutPanel customerId={c.id} />
          <OrdersPanel customerId={c.id} />
          <PersonRewards customerId={c.id} />
          <PersonReceipts customerId={c.id} who={c.firstName || name} />
          {person.offers.length > 0 && (
            <Panel title={w.person.offers}>
              <ul className={css.plainList}>
                {person.offers.map((o) => (
                  <li key={o.code}>
                    <strong className={css.code}>{`${o.code.slice(0, 3)}-${o.code.slice(3)}`}</strong> {o.offerName}
                    <span className={css.quiet}>
                      {' '}
                      {w.person.until} <When at={o.expiresAt - 1} style="day" />
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <Panel title={w.person.facts}>
            <dl className={css.facts}>
              <Fact label={w.person.lastItem}>{c.lastItem}</Fact>
              <Fact label={w.person.birthday}>{c.birthday && birthdayWords(c.birthday, locale)}</Fact>
              <Fact label={w.person.language}>{w.person.languages[c.language]}</Fact>
              <Fact label={w.person.address}>{[c.street, c.city, `${c.region} ${c.postalCode}`.trim()].filter(Boolean).join(', ')}</Fact>
              <Fact label={w.person.tags}>{c.tags.join(', ')}</Fact>
              <Fact label={w.person.since}>
                <When at={c.firstVisitAt ?? c.createdAt} style="day" />
              </Fact>
              {person.sameNumber.length > 0 && (
                <Fact label={w.person.family}>
                  {person.sameNumber.map((o) => (
                    <button key={o.id} type="button" className={css.link} onClick={() => go({ screen: 'customers', id: o.id })}>
                      {fullName(o) || w.unnamed}
                    </button>
                  ))}
                </Fact>
              )}
              <Fact label={w.person.note}>{c.note}</Fact>
            </dl>
          </Panel>
        </Rows>
      </div>
      {editing && <EditDialog person={c} words={w} onClose={() => setEditing(false)} onSaved={() => undefined} />}
      {asking && <WhyDialog customerId={c.id} name={name} onClose={() => setAsking(false)} />}
      {stopping && <StopDialog target={{ customerId: c.id, phone: null, who: name }} onClose={() => setStopping(false)} />}
    </Screen>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Plain words: yes, under what promise and since when; or no, why, and what can be done. */
function PermissionPanel({ person, words: w, onProof }: { person: Person; words: CustomerWords; onProof: () => void }) {
  const p = person.permission;
  const seeProof = p.since !== null && (
    <Button size="xs" variant="default" onClick={onProof}>
      {w.evidence.open}
    </Button>
  );
  if (p.mayText) {
    return (
      <Panel title={w.person.texts} tone="accent">
        <p className={css.permission}>
          <IconCircleCheck size={20} stroke={1.75} aria-hidden /> <strong>{w.person.may}</strong>
        </p>
        <p>{w.person.mayBody(p.promiseMax)}</p>
        <WhenCanI customerId={person.customer.id} />
        {p.since !== null && (
          <p className={css.quiet}>
            {w.person.agreed} <When at={p.since} />
          </p>
        )}
        {p.topics.length > 0 && (
          <p className={css.quiet}>
            {w.person.topics}: <TopicNames slugs={p.topics} />
          </p>
        )}
        <div className={css.permissionAction}>{seeProof}</div>
      </Panel>
    );
  }
  const [title, next] = w.person.whyNot[p.whyNot ?? 'not-asked'] ?? [w.person.mayNot, ''];
  const bad = p.whyNot === 'opted-out' || p.whyNot === 'carrier-stop';
  const offerSignUp = p.whyNot === 'not-asked' || p.whyNot === 'paused' || p.whyNot === 'opted-out';
  return (
    <Panel title={w.person.texts} tone={bad ? 'danger' : p.whyNot === 'held' ? 'warn' : 'plain'}>
      <p className={css.permission}>
        <IconHandStop size={20} stroke={1.75} aria-hidden /> <strong>{title}</strong>
      </p>
      <p>{next}</p>
      {p.since !== null && p.whyNot !== 'not-asked' && (
        <p className={css.quiet}>
          <When at={p.since} />
        </p>
      )}
      {(offerSignUp || seeProof) && (
        <div className={css.permissionAction}>
          {offerSignUp && (
            <Button size="xs" variant="default" onClick={() => wishCounter('sign-up')}>
              {w.person.signUp}
            </Button>
          )}
          {seeProof}
        </div>
      )}
    </Panel>
  );
}
