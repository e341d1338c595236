import { Button } from '@mantine/core';
import { call, type Out, useShell } from '@renderer/api';
import { useWords, wordsOf } from '@renderer/strings';
import { registration as catalogue } from '@renderer/strings/registration';
import { signUp as signUpWords } from '@renderer/strings/sign-up';
import { ErrorNote, Panel } from '@renderer/ui';
import { IconCamera } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { SignUpForm } from '../counter/SignUpForm';
import sheetCss from '../counter/signup.module.css';
import css from './registration.module.css';
import type { Pack } from './types';

type Language = 'en' | 'es';
type FormWords = Out<'registration/sign-up-words'>;
export type Pictures = Partial<Record<Language, string>>;

/** Wide as the counter's window, and as tall as the form with the longest wording needs. */
const WIDTH = 1280;
const LEAST = 800;
const MOST = 2000;

const MARK = 'data-sign-up-picture';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The form is there with the words in force: its box can be ticked. */
async function drawn(): Promise<HTMLElement | null> {
  for (let i = 0; i < 60; i++) {
    const sheet = document.querySelector<HTMLElement>(`[${MARK}]`);
    if (sheet?.querySelector('[data-tick]:not(:disabled)')) return sheet;
    await pause(50);
  }
  return document.querySelector<HTMLElement>(`[${MARK}]`);
}

/** How tall a window has to be for nothing of the sheet to be cut off. */
function heightOf(sheet: HTMLElement): number {
  const tallest = [sheet, ...sheet.querySelectorAll<HTMLElement>('*')].reduce((h, e) => Math.max(h, e.scrollHeight - e.clientHeight), 0);
  return Math.min(MOST, Math.max(LEAST, sheet.clientHeight + tallest));
}

/** The real sign-up screen, photographed as customers see it: both languages. */
export function PicturePanel({ pack, pictures, onPictures }: { pack: Pack; pictures: Pictures; onPictures: (p: Pictures) => void }) {
  const w = useWords(catalogue).form;
  const { shop } = useShell();
  const [showing, setShowing] = useState<{ language: Language; form: FormWords } | null>(null);
  const [error, setError] = useState<unknown>();
  const take = async () => {
    setError(undefined);
    const taken: Pictures = {};
    try {
      const form = await call('registration/sign-up-words', {});
      for (const language of ['en', 'es'] as const) {
        setShowing({ language, form });
        await pause(50);
        const sheet = await drawn();
        await pause(150); // fonts and the first paint
        const { png } = await call('shell/picture', { width: WIDTH, height: sheet ? heightOf(sheet) : LEAST });
        taken[language] = png;
      }
      onPictures(taken);
    } catch (e) {
      setError(e);
    } finally {
      setShowing(null);
    }
  };
  const shots = (['en', 'es'] as const).filter((l) => pictures[l] !== undefined);
  return (
    <Panel
      title={w.pictureTitle}
      hint={w.pictureHint}
      action={
        <Button
          variant={shots.length > 0 ? 'default' : 'filled'}
          loading={showing !== null}
          leftSection={<IconCamera size={18} stroke={1.75} aria-hidden />}
          onClick={() => void take()}
        >
          {shots.length > 0 ? w.again : w.take}
        </Button>
      }
    >
      <ErrorNote error={error} />
      {shots.length > 0 && (
        <div className={css.shots}>
          {shots.map((l) => (
            <figure key={l}>
              <img src={`data:image/png;base64,${pictures[l]}`} alt={w.pictureAlt(l === 'en' ? w.english : w.spanish)} />
              <figcaption className={css.quiet}>
                {l === 'en' ? w.english : w.spanish} · {shop.name} · {w.version(pack.wording[l].version, pack.wording[l].hash.slice(0, 12))}
              </figcaption>
            </figure>
          ))}
        </div>
      )}
      {showing && <Shown key={showing.language} {...showing} />}
    </Panel>
  );
}

/** The form itself, as the counter turns it to a customer; nothing can be typed into it here. */
function Shown({ language, form }: { language: Language; form: FormWords }) {
  const { shop } = useShell();
  const w = wordsOf(signUpWords, language);
  const mark = { [MARK]: language };
  return createPortal(
    <div className={sheetCss.sheet} lang={language} {...mark} inert>
      <header className={sheetCss.top}>
        <span />
        <div className={sheetCss.languages}>
          {(['en', 'es'] as const).map((l) => (
            <button key={l} type="button" lang={l} aria-pressed={language === l}>
              {l === 'en' ? 'English' : 'Español'}
            </button>
          ))}
        </div>
      </header>
      <SignUpForm
        words={w}
        language={language}
        shopName={shop.name}
        country={shop.country}
        form={form}
        busy={false}
        error={undefined}
        onSend={() => undefined}
        onStep={() => undefined}
      />
    </div>,
    document.body,
  );
}
