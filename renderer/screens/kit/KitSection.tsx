import { Button } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { Panel } from '@renderer/ui/Screen';
import css from './kit.module.css';
import { Meanwhile } from './Needs';

/** Settings' door to the kit: pieces, topics and wording have a screen of their own. */
export function KitSection() {
  const w = useWords(words);
  const door = (section: string, name: string) => (
    <Button variant="default" onClick={() => go({ screen: 'kit', section })}>
      {name}
    </Button>
  );
  return (
    <>
      <Meanwhile />
      <Panel title={w.title} hint={w.subtitle}>
        <div className={css.buttons}>
          {door('card', w.pieces.card.name)}
          {door('topics', w.sections.topics)}
          {door('wording', w.sections.wording)}
        </div>
      </Panel>
    </>
  );
}
