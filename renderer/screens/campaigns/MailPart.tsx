import { type CampaignChannels, MOST_MAIL_BODY, MOST_SUBJECT, SUBJECT_SHOWN, usesMails } from '@domain/campaigns/channels';
import { MERGE_FIELDS } from '@domain/campaigns/template';
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { mailComposer } from '@renderer/strings/mail-composer';
import { FieldStack, Note, Panel, SelectField, TextField } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { MailView } from '../mail/MailView';
import shared from './campaigns.module.css';
import css from './composer.module.css';
import { bodyOf, changeMail, mailOf, partsOf } from './draft-parts';
import type { Fields } from './useDraft';

const CALM_MS = 300;
const CHANNELS = ['sms', 'both', 'email-first', 'email'] as const satisfies readonly CampaignChannels[];

/** How a campaign reaches people, and what its mail says to one part, beside the text. */
export function MailPart({
  fields,
  change,
  at,
  campaignId,
  name,
}: {
  fields: Fields;
  change: (part: Partial<Fields>) => void;
  at: number;
  campaignId: Parameters<typeof useMailPreview>[1];
  name: string;
}) {
  const w = useWords(mailComposer);
  const channels = fields.channels ?? 'sms';
  const mails = usesMails(channels);
  const account = useQuery('mail/status', {}, { topics: ['settings'] });
  return (
    <Panel title={partsOf(fields).length > 1 ? w.partTitle(at + 1, name) : w.title} hint={w.hint}>
      <FieldStack>
        <SelectField
          label={w.channels}
          hint={w.channelHint[channels]}
          value={channels}
          onChange={(v) => change({ channels: v })}
          options={CHANNELS.map((v) => ({ value: v, label: w.channel[v] }))}
        />
        {mails && account.data?.mode === 'none' && (
          <Note
            tone="warn"
            action={
              <Button size="xs" variant="default" onClick={() => go({ screen: 'settings', section: 'mail' })}>
                {w.connect}
              </Button>
            }
          >
            {w.notConnected}
          </Note>
        )}
        {mails && <Words key={at} {...{ fields, change, at, campaignId }} />}
      </FieldStack>
    </Panel>
  );
}

function Words({ fields, change, at, campaignId }: Omit<Parameters<typeof MailPart>[0], 'name'>) {
  const w = useWords(mailComposer);
  const c = useWords(catalogue);
  const [language, setLanguage] = useState<'en' | 'es'>('en');
  const spanish = (fields.mails ?? []).some((m) => m.part === at + 1 && m.language === 'es');
  const mail = mailOf(fields, at, language);
  const part = partsOf(fields)[at];
  const text = bodyOf(fields, at, 'en.a.any');
  const box = useRef<HTMLTextAreaElement>(null);
  const write = (m: Parameters<typeof changeMail>[3]) => change(changeMail(fields, at, language, m));
  const insert = (put: string) => {
    const el = box.current;
    const from = el?.selectionStart ?? mail.body.length;
    const to = el?.selectionEnd ?? mail.body.length;
    write({ body: mail.body.slice(0, from) + put + mail.body.slice(to) });
    requestAnimationFrame(() => {
      el?.focus();
      el?.setSelectionRange(from + put.length, from + put.length);
    });
  };
  const hasOffer = part?.offerId != null;
  return (
    <>
      <div className={css.mailTools}>
        {(['en', 'es'] as const).map((l) => (
          <Button
            key={l}
            size="compact-sm"
            variant={language === l ? 'light' : 'default'}
            aria-pressed={language === l}
            onClick={() => setLanguage(l)}
          >
            {l === 'es' && !spanish ? w.addSpanish : w.languages[l]}
          </Button>
        ))}
        {mail.body.trim() === '' && text.trim() !== '' && (
          <Button size="compact-sm" variant="subtle" onClick={() => write({ body: text.replace(/^\{shop\}:\s*/i, '') })}>
            {w.takeText}
          </Button>
        )}
        {language === 'es' && spanish && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="brick"
            onClick={() => {
              write(null);
              setLanguage('en');
            }}
          >
            {w.dropSpanish}
          </Button>
        )}
      </div>
      <TextField
        label={w.subject}
        placeholder={w.subjectPlaceholder}
        hint={mail.subject.length > SUBJECT_SHOWN ? w.longSubject : undefined}
        value={mail.subject}
        maxLength={MOST_SUBJECT}
        onChange={(subject) => write({ subject })}
      />
      <fieldset className={shared.inserts}>
        <legend>{c.what.insert}</legend>
        {MERGE_FIELDS.filter((f) => f !== 'link' && (hasOffer || (f !== 'code' && f !== 'ends'))).map((f) => (
          <Button key={f} size="compact-sm" variant="default" title={c.fields[f].hint} onClick={() => insert(c.fields[f].insert)}>
            {c.fields[f].label}
          </Button>
        ))}
      </fieldset>
      <Textarea
        ref={box}
        label={w.body}
        description={w.bodyHint}
        placeholder={w.bodyPlaceholder}
        value={mail.body}
        autosize
        minRows={6}
        maxRows={18}
        maxLength={MOST_MAIL_BODY}
        spellCheck
        lang={language}
        onChange={(e) => write({ body: e.currentTarget.value })}
      />
      {(mail.subject.trim() !== '' || mail.body.trim() !== '') && <Preview {...{ fields, at, campaignId, language }} />}
    </>
  );
}

function useMailPreview(
  fields: Fields,
  campaignId: import('@domain/kernel').CampaignId | null,
  at: number,
  language: 'en' | 'es',
  index: number,
) {
  const parts = partsOf(fields);
  const part = parts[at];
  const { subject, body } = mailOf(fields, at, language);
  const input = {
    campaignId,
    segmentId: part?.segmentId ?? null,
    before: parts.slice(0, at).flatMap((p) => (p.segmentId === null ? [] : [p.segmentId])),
    subject,
    body,
    language,
    offerId: part?.offerId ?? null,
    channels: fields.channels ?? ('sms' as const),
    topic: fields.topic,
    index,
  };
  const key = JSON.stringify(input);
  const [asked, setAsked] = useState(key);
  useEffect(() => {
    const t = setTimeout(() => setAsked(key), CALM_MS);
    return () => clearTimeout(t);
  }, [key]);
  const query = useQuery('mail/preview', JSON.parse(asked) as typeof input, { topics: ['segments', 'consent', 'settings', 'offers'] });
  const [shown, setShown] = useState(query.data);
  useEffect(() => {
    if (query.data) setShown(query.data);
  }, [query.data]);
  return { data: query.data ?? shown, error: query.error };
}

function Preview({
  fields,
  at,
  campaignId,
  language,
}: Pick<Parameters<typeof MailPart>[0], 'fields' | 'at' | 'campaignId'> & { language: 'en' | 'es' }) {
  const w = useWords(mailComposer);
  const { locale } = useShell();
  const [index, setIndex] = useState(0);
  const { data, error } = useMailPreview(fields, campaignId, at, language, index);
  if (error?.code === 'campaign.unknown-field') return <Note tone="warn">{w.unknownField(String(error.params['field'] ?? ''))}</Note>;
  if (!data) return null;
  return (
    <section className={css.mailPreview} aria-label={w.preview}>
      <div className={css.mailReader}>
        <span>{data.reader === null ? w.sample : w.reader(data.reader.name, data.reader.email)}</span>
        {data.people > 1 && (
          <span className={css.mailTools}>
            <ActionIcon variant="subtle" color="gray" aria-label={w.previous} disabled={index === 0} onClick={() => setIndex(index - 1)}>
              <IconChevronLeft size={18} stroke={1.75} />
            </ActionIcon>
            <span className="rg-num">{w.of(count(Math.min(index, data.people - 1) + 1, locale), count(data.people, locale))}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={w.next}
              disabled={index >= data.people - 1}
              onClick={() => setIndex(index + 1)}
            >
              <IconChevronRight size={18} stroke={1.75} />
            </ActionIcon>
          </span>
        )}
      </div>
      <MailView shown={data.shown} />
      <p className={shared.quiet}>{w.people(data.people, count(data.people, locale))}</p>
    </section>
  );
}
