import type { CampaignId, OfferId, SegmentId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { ErrorNote, FieldRow, FieldStack, NumberField, Panel, Rows, Screen, SelectField, SwitchField, TextField } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useEffect, useState } from 'react';
import css from './campaigns.module.css';
import { MessageBox } from './MessageBox';
import { PhonePreview } from './PhonePreview';
import { ReplyWords } from './ReplyWords';
import type { Fields, useDraft } from './useDraft';

const CALM_MS = 250;
const PAGE = 50;

/** The text as its people will read it, a moment after the last keystroke; the last good answer stays while the next comes. */
function usePreview(fields: Fields, campaignId: CampaignId | null) {
  const [index, setIndex] = useState(0);
  const offset = Math.floor(index / PAGE) * PAGE;
  const input = {
    segmentId: fields.segmentId,
    body: fields.body,
    offerId: fields.offerId,
    addStopLine: fields.addStopLine,
    topic: fields.topic,
  };
  const key = JSON.stringify(input);
  const [asked, setAsked] = useState(key);
  useEffect(() => {
    const t = setTimeout(() => setAsked(key), CALM_MS);
    return () => clearTimeout(t);
  }, [key]);
  const query = useQuery(
    'campaigns/preview',
    { ...(JSON.parse(asked) as typeof input), campaignId, offset, limit: PAGE },
    { enabled: fields.segmentId !== null, topics: ['segments', 'consent', 'customers', 'imports', 'settings'] },
  );
  const [shown, setShown] = useState(query.data);
  useEffect(() => {
    if (query.data) setShown(query.data);
  }, [query.data]);
  const data = fields.segmentId === null ? undefined : (query.data ?? shown);
  const unknownField = query.error?.code === 'campaign.unknown-field' ? String(query.error.params['field'] ?? '') : null;
  return { data, unknownField, index, setIndex, offset, stale: query.fetching || asked !== key };
}

/** Who, what, offer: everything that is decided before checking and sending. */
export function Composer({
  draft,
  campaignId,
  onReview,
}: {
  draft: ReturnType<typeof useDraft>;
  campaignId: CampaignId | null;
  onReview: () => void;
}) {
  const w = useWords(catalogue);
  const { fields, change } = draft;
  const { shop } = useShell();
  const preview = usePreview(fields, campaignId);
  const longest = preview.index === 0 ? preview.data?.rows[0] : undefined;
  return (
    <Screen
      title={fields.name.trim() || w.newName}
      up={{ label: w.title, onClick: () => go({ screen: 'campaigns' }) }}
      subtitle={draft.saving === 'saving' ? w.saving : draft.saving === 'saved' ? w.kept : '\u00a0'}
      primary={
        <Button onClick={onReview} disabled={fields.segmentId === null || fields.body.trim() === ''}>
          {w.review}
        </Button>
      }
    >
      {draft.error && <ErrorNote error={draft.error} />}
      <div className={css.composer}>
        <Rows>
          <Who fields={fields} change={change} reach={preview.data?.people ?? null} />
          <Panel title={w.what.title} hint={w.what.hint}>
            <FieldStack>
              <MessageBox
                body={fields.body}
                onChange={(body) => change({ body })}
                hasOffer={fields.offerId !== null}
                live={longest && fields.body.trim() !== '' ? longest : null}
                unknownField={preview.unknownField}
              />
              {fields.body.trim() !== '' &&
                !/\{\s*shop\s*[|}]/i.test(fields.body) &&
                !fields.body.toLowerCase().includes(shop.name.toLowerCase()) && (
                  <div>
                    <Button size="xs" variant="default" onClick={() => change({ body: `{shop}: ${fields.body}` })}>
                      {w.what.putShopFirst}
                    </Button>
                  </div>
                )}
              <SwitchField
                label={w.what.stop}
                hint={w.what.stopHint}
                checked={fields.addStopLine}
                onChange={(addStopLine) => change({ addStopLine })}
              />
            </FieldStack>
          </Panel>
          <OfferPart fields={fields} change={change} />
          <ReplyWords campaignId={campaignId} flush={draft.flush} body={fields.body} onBody={(body) => change({ body })} />
          <Learn fields={fields} change={change} />
        </Rows>
        <div className={css.side}>
          <PhonePreview
            preview={preview.data}
            body={fields.body}
            hasGroup={fields.segmentId !== null}
            index={preview.index}
            offset={preview.offset}
            onIndex={preview.setIndex}
            stale={preview.stale}
          />
        </div>
      </div>
    </Screen>
  );
}

interface PartProps {
  fields: Fields;
  change: (part: Partial<Fields>) => void;
}

function Who({ fields, change, reach }: PartProps & { reach: number | null }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const { data, error, refetch } = useQuery('segments/list', {});
  const topics = useQuery('kit/topics', {});
  return (
    <Panel
      title={w.who.title}
      hint={w.who.hint}
      action={
        <Button size="xs" variant="subtle" onClick={() => go({ screen: 'groups', id: 0 })}>
          {w.who.make}
        </Button>
      }
    >
      {error && !data && <ErrorNote error={error} onRetry={refetch} />}
      <FieldStack>
        <TextField label={w.name} value={fields.name} maxLength={80} onChange={(name) => change({ name })} />
        <SelectField
          label={w.who.label}
          value={fields.segmentId === null ? '' : String(fields.segmentId)}
          onChange={(v) => change({ segmentId: v === '' ? null : (Number(v) as SegmentId) })}
          options={[
            { value: '', label: w.who.pick },
            ...(data ?? []).map((g) => ({ value: String(g.id), label: w.who.option(g.name, count(g.permitted, locale)) })),
          ]}
        />
        {(topics.data?.length ?? 0) > 1 && (
          <SelectField
            label={w.who.topic}
            hint={w.who.topicHint}
            value={fields.topic ?? topics.data?.[0]?.slug ?? ''}
            onChange={(topic) => change({ topic })}
            options={(topics.data ?? []).map((t) => ({ value: t.slug, label: t.name.en }))}
          />
        )}
      </FieldStack>
      <p className={css.under} aria-live="polite">
        {reach === null ? '\u00a0' : w.who.reach(count(reach, locale))}
      </p>
    </Panel>
  );
}

function OfferPart({ fields, change }: PartProps) {
  const w = useWords(catalogue);
  const { data } = useQuery('offers/list', {});
  const live = (data ?? []).filter((o) => !o.archived || o.id === fields.offerId);
  const chosen = live.find((o) => o.id === fields.offerId);
  return (
    <Panel
      title={w.offer.title}
      hint={w.offer.hint}
      action={
        <Button size="xs" variant="subtle" onClick={() => go({ screen: 'offers' })}>
          {w.offer.make}
        </Button>
      }
    >
      <SelectField
        label={w.offer.label}
        value={fields.offerId === null ? '' : String(fields.offerId)}
        onChange={(v) => change({ offerId: v === '' ? null : (Number(v) as OfferId) })}
        options={[
          { value: '', label: w.offer.none },
          ...live.map((o) => ({ value: String(o.id), label: `${o.name} · ${w.offer.valid(o.validDays)}` })),
        ]}
      />
      {chosen && !/\{\s*code\s*[|}]/i.test(fields.body) && (
        <div className={css.under}>
          <Button
            size="xs"
            variant="default"
            onClick={() => change({ body: `${fields.body.trimEnd()} Code {code}, until {ends}.`.trimStart() })}
          >
            {w.offer.addCode}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Learn({ fields, change }: PartProps) {
  const w = useWords(catalogue);
  return (
    <Panel title={w.options.title} hint={w.options.hint}>
      <FieldStack>
        <SelectField
          label={w.options.holdout}
          value={fields.holdout}
          onChange={(holdout) => change({ holdout })}
          options={(['auto', 'half', 'off'] as const).map((value) => ({ value, label: w.options[value] }))}
        />
        <FieldRow>
          <SelectField
            label={w.options.goal}
            value={fields.goal.kind}
            onChange={(kind) => change({ goal: { kind, target: kind === 'none' ? null : fields.goal.target } })}
            options={(['none', 'visits', 'redemptions', 'profit'] as const).map((value) => ({ value, label: w.options.goals[value] }))}
          />
          {fields.goal.kind !== 'none' && (
            <NumberField
              label={w.options.target}
              value={fields.goal.target}
              min={0}
              onChange={(target) => change({ goal: { ...fields.goal, target } })}
            />
          )}
          {fields.offerId === null ? (
            <SelectField
              label={w.options.window}
              value={String(fields.windowDays)}
              onChange={(v) => change({ windowDays: Number(v) })}
              options={[7, 14, 21, 30].map((n) => ({ value: String(n), label: w.options.days(n) }))}
            />
          ) : (
            <p className={css.quiet}>{w.options.windowOffer}</p>
          )}
        </FieldRow>
      </FieldStack>
    </Panel>
  );
}
