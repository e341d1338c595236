import { mailWordsFor, usesMails, usesTexts } from '@domain/campaigns/channels';
import { BASE_WORDS, type WordsKey } from '@domain/campaigns/parts';
import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { mailComposer } from '@renderer/strings/mail-composer';
import { ErrorNote, FieldStack, Note, Panel, Rows, Screen, SwitchField } from '@renderer/ui';
import { useState } from 'react';
import css from './campaigns.module.css';
import { DraftChecks } from './DraftChecks';
import { bodyOf, changeBody, changePart, partsOf } from './draft-parts';
import { LearnPanel } from './LearnPanel';
import { LadderEditor } from './ladder/LadderEditor';
import { MailPart } from './MailPart';
import { MessageBox } from './MessageBox';
import { OfferPart } from './OfferPart';
import { Parts } from './Parts';
import { PhonePreview } from './PhonePreview';
import { PlainWriting } from './PlainWriting';
import { ReadyTexts } from './ReadyTexts';
import { ReplyWords } from './ReplyWords';
import { StartIdeas } from './StartIdeas';
import type { useDraft } from './useDraft';
import { usePreview, useReach } from './usePreview';
import { MoreWordings, Wordings } from './Wordings';

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
  const c = useWords(composer);
  const { fields, change } = draft;
  const parts = partsOf(fields);
  const [chosen, setAt] = useState(0);
  const at = Math.min(chosen, parts.length - 1);
  const [wanted, setLook] = useState<WordsKey>(BASE_WORDS);
  const [ideas, setIdeas] = useState(campaignId === null && fields.segmentId === null && fields.body === '');
  const [picking, setPicking] = useState(false);
  const part = parts[at] ?? parts[0];
  const look = (fields.words ?? []).some((x) => x.part === at + 1 && `${x.language}.${x.arm}.${x.links}` === wanted) ? wanted : BASE_WORDS;
  const body = bodyOf(fields, at, look);
  const setBody = (text: string) => change(changeBody(fields, at, look, text));
  const preview = usePreview(fields, draft.id, at, look);
  const reaches = useReach(fields, draft.id);
  const groups = useQuery('segments/list', {});
  const longest = preview.index === 0 ? preview.data?.rows[0] : undefined;
  const channels = fields.channels ?? 'sms';
  const mailWords = useWords(mailComposer);
  /** Something to read, by every channel the campaign cannot do without. */
  const says = (i: number) => (usesTexts(channels) ? parts[i]?.body.trim() !== '' : mailWordsFor(fields.mails ?? [], i + 1, 'en') !== null);
  const name = part?.name || (groups.data?.find((g) => g.id === part?.segmentId)?.name ?? '');
  return (
    <Screen
      title={fields.name.trim() || w.newName}
      up={{ label: w.title, onClick: () => go({ screen: 'campaigns' }) }}
      actions={
        <span className={css.saved} role="status">
          {draft.saving === 'saving' ? w.saving : draft.saving === 'saved' ? w.kept : ''}
        </span>
      }
      primary={
        <Button onClick={onReview} disabled={parts.some((p, i) => p.segmentId === null || !says(i))}>
          {w.review}
        </Button>
      }
    >
      {draft.error && <ErrorNote error={draft.error} />}
      {ideas && <StartIdeas draft={draft} onClose={() => setIdeas(false)} />}
      <div className={css.composer}>
        <Rows>
          <Parts
            fields={fields}
            change={change}
            at={at}
            onAt={(i) => {
              if (i !== at) setLook(BASE_WORDS);
              setAt(i);
            }}
            reach={usesTexts(channels) ? (preview.data?.people ?? null) : null}
            reaches={reaches}
          />
          {usesTexts(channels) && (
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
                  hasOffer={part?.offerId != null}
                  live={longest && body.trim() !== '' ? longest : null}
                  unknownField={preview.unknownField}
                  keepTyped={fields.keepTyped ?? false}
                />
                <PlainWriting
                  body={body}
                  addStopLine={fields.addStopLine}
                  keepTyped={fields.keepTyped ?? false}
                  onKeep={(keepTyped) => change({ keepTyped })}
                  price={preview.data ?? null}
                />
                <DraftChecks
                  body={body}
                  onBody={setBody}
                  addStopLine={fields.addStopLine}
                  onStopLine={() => change({ addStopLine: true })}
                  hasOffer={part?.offerId != null}
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
          <MailPart fields={fields} change={change} at={at} campaignId={draft.id} name={name} />
          <OfferPart
            title={parts.length > 1 ? c.parts.offer(at + 1) : w.offer.title}
            offerId={part?.offerId ?? null}
            onOffer={(offerId) => change(changePart(fields, at, { offerId }))}
            body={body}
            onBody={setBody}
          />
          <ReplyWords campaignId={draft.id} flush={draft.flush} body={body} onBody={setBody} />
          {usesMails(channels) && <Note tone="info">{channels === 'email' ? mailWords.stepsNobody : mailWords.stepsByText}</Note>}
          <LadderEditor campaignId={draft.id} flush={draft.flush} firstOfferId={fields.offerId} />
          <LearnPanel fields={fields} change={change} people={parts.length === 1 ? (preview.data?.people ?? null) : null} />
        </Rows>
        <div className={css.side}>
          {usesTexts(channels) && (
            <PhonePreview
              preview={preview.data}
              body={body}
              hasGroup={part?.segmentId != null}
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
      </div>
      {picking && <ReadyTexts draft={draft} at={at} hasOffer={part?.offerId != null} onClose={() => setPicking(false)} />}
    </Screen>
  );
}
