import { usesTexts } from '@domain/campaigns/channels';
import { BASE_WORDS, type WordsKey } from '@domain/campaigns/parts';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { ErrorNote, FieldStack, Note, Panel, Rows, Screen, SwitchField, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import shared from '../campaigns/campaigns.module.css';
import { DraftChecks } from '../campaigns/DraftChecks';
import { bodyOf, changeBody, changePart, partsOf } from '../campaigns/draft-parts';
import { LearnPanel } from '../campaigns/LearnPanel';
import { MailPart } from '../campaigns/MailPart';
import { MessageBox } from '../campaigns/MessageBox';
import { OfferPart } from '../campaigns/OfferPart';
import { PhonePreview } from '../campaigns/PhonePreview';
import { PlainWriting } from '../campaigns/PlainWriting';
import { ReadyTexts } from '../campaigns/ReadyTexts';
import { ReplyWords } from '../campaigns/ReplyWords';
import { usePreview } from '../campaigns/usePreview';
import { MoreWordings, Wordings } from '../campaigns/Wordings';
import { RebuyTerms } from '../things/RebuyTerms';
import css from './automations.module.css';
import { GroupsPanel } from './GroupsPanel';
import { RulesPanel } from './RulesPanel';
import type { One } from './say';
import { TermsFields } from './TermsFields';
import { useAutomationDraft } from './useAutomationDraft';

/** The text names a code they hold already: no offer of the automation's own is needed for it. */
const OWN_CODE: readonly One['kind'][] = ['code-expiring'];

/** What one follows, says and keeps to. `stored`: as it was when it was opened; `now`: as it stands, whatever happened meanwhile. */
export function Editor({ stored, now }: { stored: One; now: One }) {
  const w = useWords(catalogue);
  const here = () => go({ screen: 'automations', id: stored.id });
  const draft = useAutomationDraft(stored, (bringBack) =>
    toast({
      title: w.edit.notSaved(stored.name),
      tone: 'warn',
      action: {
        label: w.edit.bringBack,
        onClick: () => {
          bringBack();
          go({ screen: 'automations', id: stored.id, part: 'edit' });
        },
      },
    }),
  );
  const { fields, change } = draft;
  const on = now.state !== 'off';
  const save = async () => {
    if ((await draft.flush()) === null) return;
    toast({ title: on ? w.edit.savedOn : w.edit.saved, tone: 'good' });
    here();
  };
  return (
    <Screen
      title={w.edit.title(fields.name.trim() || stored.name)}
      up={{ label: w.edit.back, onClick: here }}
      actions={
        <span className={shared.saved} role="status">
          {draft.saving === 'saving'
            ? w.edit.saving
            : draft.dirty
              ? on
                ? w.edit.unsaved
                : ''
              : draft.saving === 'saved'
                ? w.edit.saved
                : ''}
        </span>
      }
      primary={
        <Button loading={draft.saving === 'saving' && on} onClick={() => void save()}>
          {on ? w.edit.saveOn : w.edit.save}
        </Button>
      }
    >
      {draft.error && <ErrorNote error={draft.error} />}
      {on && (
        <div className={css.under}>
          <Note>{w.edit.running}</Note>
        </div>
      )}
      <Words
        a={stored}
        draft={draft}
        before={
          <>
            <Panel title={w.edit.terms} hint={w.edit.termsHint}>
              <FieldStack>
                <TextField label={w.edit.name} value={fields.name} maxLength={80} onChange={(name) => change({ name })} />
                <TermsFields a={stored} terms={draft.rules.terms} onChange={(terms) => draft.changeRules({ terms })} />
              </FieldStack>
            </Panel>
            {stored.kind === 're-buy' && <RebuyTerms />}
          </>
        }
        after={
          <>
            <RulesPanel a={stored} rules={draft.rules} onChange={draft.changeRules} />
            {stored.promised ? (
              <Panel title={w.edit.learn}>
                <p className={css.quiet}>{w.edit.promised}</p>
              </Panel>
            ) : (
              <LearnPanel fields={fields} change={change} people={null} />
            )}
          </>
        }
      />
    </Screen>
  );
}

/** What it says to whom, with the composer's own panels; the words are tried on real people. */
function Words({
  a,
  draft,
  before,
  after,
}: {
  a: One;
  draft: ReturnType<typeof useAutomationDraft>;
  before: React.ReactNode;
  after: React.ReactNode;
}) {
  const w = useWords(campaignWords);
  const c = useWords(composer);
  const { fields, change } = draft;
  const parts = partsOf(fields);
  const [chosen, setAt] = useState(0);
  const at = Math.min(chosen, parts.length - 1);
  const [wanted, setLook] = useState<WordsKey>(BASE_WORDS);
  const [picking, setPicking] = useState(false);
  const part = parts[at] ?? parts[0];
  const look = (fields.words ?? []).some((x) => x.part === at + 1 && `${x.language}.${x.arm}.${x.links}` === wanted) ? wanted : BASE_WORDS;
  const body = bodyOf(fields, at, look);
  const setBody = (text: string) => change(changeBody(fields, at, look, text));
  const preview = usePreview(fields, a.patternId, at, look, true);
  const groups = useQuery('segments/list', {});
  const longest = preview.index === 0 ? preview.data?.rows[0] : undefined;
  const hasOffer = part?.offerId != null || OWN_CODE.includes(a.kind);
  const texts = usesTexts(fields.channels ?? 'sms');
  const name = part?.name || (groups.data?.find((g) => g.id === part?.segmentId)?.name ?? '');
  return (
    <div className={shared.composer}>
      <Rows>
        {before}
        <GroupsPanel
          fields={fields}
          change={change}
          at={at}
          onAt={(i) => {
            if (i !== at) setLook(BASE_WORDS);
            setAt(i);
          }}
        />
        {texts && (
          <Panel
            title={parts.length > 1 ? c.parts.what(at + 1, name) : w.what.title}
            hint={w.what.hint}
            action={
              <Button size="xs" variant="subtle" onClick={() => setPicking(true)}>
                {c.templates.open}
              </Button>
            }
          >
            <FieldStack>
              <Wordings fields={fields} change={change} at={at} look={look} onLook={setLook} preview={preview.data} />
              <MessageBox
                key={`${at} ${look}`}
                body={body}
                onChange={setBody}
                hasOffer={hasOffer}
                live={longest && body.trim() !== '' ? longest : null}
                unknownField={preview.unknownField}
                keepTyped={fields.keepTyped ?? false}
              />
              <PlainWriting
                body={body}
                addStopLine={fields.addStopLine}
                keepTyped={fields.keepTyped ?? false}
                onKeep={(keepTyped) => change({ keepTyped })}
                price={null}
              />
              <DraftChecks
                body={body}
                onBody={setBody}
                addStopLine={fields.addStopLine}
                onStopLine={() => change({ addStopLine: true })}
                hasOffer={hasOffer}
                longest={longest?.text ?? null}
              />
              <SwitchField
                label={w.what.stop}
                hint={w.what.stopHint}
                checked={fields.addStopLine}
                onChange={(addStopLine) => change({ addStopLine })}
              />
              <MoreWordings fields={fields} change={change} at={at} onLook={setLook} />
            </FieldStack>
          </Panel>
        )}
        <MailPart fields={fields} change={change} at={at} campaignId={a.patternId} name={name} />
        <OfferPart
          title={parts.length > 1 ? c.parts.offer(at + 1) : w.offer.title}
          offerId={part?.offerId ?? null}
          onOffer={(offerId) => change(changePart(fields, at, { offerId }))}
          body={body}
          onBody={setBody}
        />
        <ReplyWords campaignId={a.patternId} flush={draft.flush} body={body} onBody={setBody} />
        {after}
      </Rows>
      <div className={shared.side}>
        {texts && (
          <PhonePreview
            preview={preview.data}
            body={body}
            hasGroup
            tried
            index={preview.index}
            offset={preview.offset}
            onIndex={preview.setIndex}
            stale={preview.stale}
            error={preview.error}
            onRetry={preview.retry}
            readers={preview.data?.wordings.find((x) => x.words === look)?.people}
          />
        )}
      </div>
      {picking && (
        <ReadyTexts
          draft={{ id: a.patternId, fields, change, flush: draft.flush, saving: draft.saving, error: draft.error }}
          at={at}
          hasOffer={part?.offerId != null}
          onClose={() => setPicking(false)}
        />
      )}
    </div>
  );
}
