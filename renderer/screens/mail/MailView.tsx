import { mailDressed } from '@domain/mail/template';
import { SegmentedControl } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { mail as words } from '@renderer/strings/mail';
import { useState } from 'react';
import css from './mail.module.css';

/** What a reader sees of a mail: by day, by night, and as plain words. The frame runs nothing and reaches nothing. */
export function MailView({ shown }: { shown: { subject: string; html: string; text: string } }) {
  const w = useWords(words).post;
  const [look, setLook] = useState<'light' | 'dark' | 'text'>('light');
  return (
    <div className={css.view}>
      <div className={css.head}>
        <p className={css.subject}>{shown.subject}</p>
        <SegmentedControl
          size="xs"
          aria-label={w.frame}
          value={look}
          onChange={(v) => setLook(v as typeof look)}
          data={[
            { value: 'light', label: w.light },
            { value: 'dark', label: w.dark },
            { value: 'text', label: w.text },
          ]}
        />
      </div>
      {look === 'text' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <pre className={css.plain} tabIndex={0}>
          {shown.text}
        </pre>
      ) : (
        <iframe className={css.frame} title={w.frame} sandbox="" srcDoc={mailDressed(shown.html, look)} />
      )}
    </div>
  );
}
