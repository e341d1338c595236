import { Button } from '@mantine/core';
import { call, type In, useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import {
  CheckField,
  Chip,
  type ChipTone,
  CopyButton,
  EmptyState,
  ErrorNote,
  FieldStack,
  Loaded,
  Panel,
  Rows,
  TextField,
  toast,
} from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconClipboardText, IconFolderDown } from '@tabler/icons-react';
import { useState } from 'react';
import { PicturePanel, type Pictures } from './Picture';
import css from './registration.module.css';
import type { Pack } from './types';

type WayIn = Pack['ways'][number];
const ALL_WAYS: readonly WayIn[] = ['screen', 'display', 'paper', 'word', 'clerk'];

/** What Twilio's form asks, filled in from what is in use here: to copy line by line, or to keep in a folder. */
export function FormPart() {
  const w = useWords(catalogue).form;
  const [ways, setWays] = useState<WayIn[] | null>(null);
  const [pictures, setPictures] = useState<Pictures>({});
  const pack = useQuery('registration/pack', { ways });
  return (
    <Loaded query={pack} lines={10}>
      {(p) =>
        p.path === null ? (
          <Panel>
            <EmptyState
              icon={<IconClipboardText size={28} stroke={1.5} />}
              title={w.noWay}
              action={<Button onClick={() => go({ screen: 'registration', part: 'way' }, { replace: true })}>{w.toWay}</Button>}
            >
              {w.noWayBody}
            </EmptyState>
          </Panel>
        ) : (
          <Rows>
            <Checklist pack={p} />
            <Details />
            <WaysPanel pack={p} onChange={setWays} />
            <PicturePanel pack={p} pictures={pictures} onPictures={setPictures} />
            <Fields pack={p} pictures={pictures} />
          </Rows>
        )
      }
    </Loaded>
  );
}

const CHECK_TONE: Readonly<Record<Pack['checks'][number]['state'], ChipTone>> = { done: 'good', missing: 'warn', look: 'info' };

function Checklist({ pack }: { pack: Pack }) {
  const w = useWords(catalogue).form;
  const done = pack.checks.filter((c) => c.state === 'done').length;
  const missing = (...items: readonly string[]) => pack.checks.some((c) => c.state === 'missing' && items.includes(c.item));
  return (
    <Panel title={w.listTitle(done, pack.checks.length)}>
      <ul className={css.checks}>
        {pack.checks.map((c) => {
          const words = w.checks[c.item];
          return (
            <li key={c.item}>
              <Chip tone={CHECK_TONE[c.state]} dot>
                {w.states[c.state]}
              </Chip>
              <span>
                <strong>{words.name}</strong>
                <span className={css.quiet}> · {words[c.state] ?? words.missing}</span>
              </span>
            </li>
          );
        })}
      </ul>
      <div className={css.buttons}>
        {missing('address', 'website', 'contact') && (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'settings', section: 'shop' })}>
            {w.shopSettings}
          </Button>
        )}
        {missing('number') && (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'settings', section: 'texting' })}>
            {w.texting}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => go({ screen: 'registration', part: 'pages' }, { replace: true })}>
          {w.pages}
        </Button>
      </div>
    </Panel>
  );
}

/** The legal name and the address of the proof: nobody else knows them. */
function Details() {
  const w = useWords(catalogue).form;
  const guide = useQuery('registration/guide', {});
  const stored = guide.data?.answers;
  const [draft, setDraft] = useState<{ legalName?: string; proofUrl?: string }>({});
  const save = useCommand('registration/save-details');
  if (!stored) return null;
  const value = { legalName: stored.legalName, proofUrl: stored.proofUrl, ...draft };
  const bad = value.proofUrl.trim() !== '' && !/^https:\/\/\S+\.\S+$/.test(value.proofUrl.trim());
  const dirty = value.legalName !== stored.legalName || value.proofUrl !== stored.proofUrl;
  const submit = async () => {
    if (bad || !dirty) return;
    if (await save.run({ legalName: value.legalName.trim(), proofUrl: value.proofUrl.trim() })) setDraft({});
  };
  return (
    <Panel title={w.details}>
      <FieldStack onSubmit={() => void submit()}>
        <div className={css.two}>
          <TextField
            label={w.legalName}
            hint={w.legalHint}
            value={value.legalName}
            maxLength={120}
            onChange={(legalName) => setDraft((d) => ({ ...d, legalName }))}
          />
          <TextField
            label={w.proofUrl}
            hint={w.proofHint}
            value={value.proofUrl}
            maxLength={400}
            spellCheck={false}
            error={bad ? w.proofBad : undefined}
            onChange={(proofUrl) => setDraft((d) => ({ ...d, proofUrl }))}
          />
        </div>
        <ErrorNote error={save.error} />
        <div className={css.buttons}>
          <Button type="submit" size="xs" variant={dirty ? 'filled' : 'default'} disabled={!dirty || bad} loading={save.busy}>
            {w.save}
          </Button>
        </div>
      </FieldStack>
    </Panel>
  );
}

function WaysPanel({ pack, onChange }: { pack: Pack; onChange: (ways: WayIn[]) => void }) {
  const w = useWords(catalogue).form;
  return (
    <Panel title={w.waysTitle} hint={pack.ageGate ? w.waysGate : w.waysHint}>
      <div className={css.trades}>
        {ALL_WAYS.map((way) => (
          <CheckField
            key={way}
            label={w.ways[way].name}
            hint={w.ways[way].what}
            checked={pack.ways.includes(way)}
            disabled={pack.ageGate || (pack.ways.length === 1 && pack.ways[0] === way)}
            onChange={(on) => onChange(on ? [...pack.ways, way] : pack.ways.filter((x) => x !== way))}
          />
        ))}
      </div>
    </Panel>
  );
}

type FolderFiles = In<'shell/save-folder'>['files'];

function Fields({ pack, pictures }: { pack: Pack; pictures: Pictures }) {
  const w = useWords(catalogue).form;
  const { locale } = useShell();
  const [error, setError] = useState<unknown>();
  const save = async () => {
    const shots: FolderFiles = Object.entries(pictures).map(([language, png]) => ({ name: `sign-up-${language}.png`, png: png as string }));
    try {
      setError(undefined);
      const saved = await call('shell/save-folder', { name: w.folder, files: [...pack.files, ...shots] });
      if (saved) toast({ title: w.exported(saved.path), tone: 'good' });
    } catch (e) {
      setError(e);
    }
  };
  return (
    <Panel
      title={w.title}
      hint={w.hint}
      action={
        <Button leftSection={<IconFolderDown size={18} stroke={1.75} aria-hidden />} onClick={() => void save()}>
          {w.export}
        </Button>
      }
    >
      <ErrorNote error={error} />
      {(['business', 'program', 'words'] as const).map((section) => (
        <section key={section} aria-label={w.sections[section]}>
          <h3 className={css.subtitle}>{w.sections[section]}</h3>
          <ul className={css.lines}>
            {pack.fields
              .filter((f) => f.section === section)
              .map((f) => (
                <li key={f.label}>
                  <div className={css.line}>
                    <span className={css.lineLabel}>
                      {f.label}
                      {f.how !== 'paste' && <span className={css.quiet}> · {w.how[f.how]}</span>}
                      {f.value === pack.flow && <span className={css.quiet}> · {w.characters(count(f.value.length, locale))}</span>}
                    </span>
                    {f.missing ? <span className={css.late}>{w.missing}</span> : <span className={css.lineValue}>{f.value}</span>}
                  </div>
                  {f.how === 'paste' && !f.missing && f.value !== '' && <CopyButton text={f.value} label={w.copy} />}
                </li>
              ))}
          </ul>
        </section>
      ))}
      <p className={css.quiet}>
        {w.english}: {w.version(pack.wording.en.version, pack.wording.en.hash.slice(0, 12))} · {w.spanish}:{' '}
        {w.version(pack.wording.es.version, pack.wording.es.hash.slice(0, 12))}
      </p>
    </Panel>
  );
}
