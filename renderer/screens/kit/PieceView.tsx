import { type KitLanguage, type Piece, PRINTED } from '@domain/kit/pieces';
import { Button, SegmentedControl } from '@mantine/core';
import { call, type Out, useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { ErrorNote, Loaded, Panel, SelectField, Sheet, toast } from '@renderer/ui';
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyPiece } from './CopyPiece';
import css from './kit.module.css';
import { Needs } from './Needs';
import { PaperForm } from './PaperForm';
import { SignSheet } from './SignSheet';
import { WordDialog } from './WordDialog';

export type PieceData = Out<'kit/piece'>;

/** Languages of a piece, in the order they stand on it. */
const languagesOf = (l: KitLanguage): readonly ('en' | 'es')[] => (l === 'both' ? ['en', 'es'] : [l]);

/** One piece of the kit: what is missing, its language and word, how it looks, and the ways out of the computer. */
export function PieceView({ piece, start = null }: { piece: Piece; start?: string | null }) {
  const [word, setWord] = useState<string | null>(start);
  const query = useQuery('kit/piece', { piece, word });
  return (
    <Loaded query={query} lines={8}>
      {(data) => <OnePiece piece={piece} data={data} onWord={setWord} />}
    </Loaded>
  );
}

function OnePiece({ piece, data, onWord }: { piece: Piece; data: PieceData; onWord: (word: string | null) => void }) {
  const w = useWords(words);
  const [language, setLanguage] = useState<KitLanguage>('both');
  const [changing, setChanging] = useState(false);
  const left = useCommand('kit/piece-left');
  const languages = languagesOf(language);
  const stopped = data.needs.some((n) => n.stops);
  const note = () => left.run({ piece, word: data.word, languages: [...languages] });
  const out = async (how: 'print' | 'pdf') => {
    const done =
      how === 'print'
        ? (await call('shell/print', {})).printed
        : (await call('shell/save-pdf', { name: fileName(data, language) })) !== null;
    // only what really left is kept as what people have in front of them
    if (done && (await note())) toast({ title: how === 'print' ? w.printed : w.saved, tone: 'good' });
  };
  return (
    <>
      <Needs needs={data.needs} />
      <Panel
        title={w.pieces[piece].name}
        hint={w.pieces[piece].hint}
        action={
          PRINTED.has(piece) &&
          !stopped && (
            <div className={css.buttons}>
              <Button
                variant="default"
                leftSection={<IconFileTypePdf size={18} stroke={1.75} aria-hidden />}
                onClick={() => void out('pdf').catch(() => undefined)}
              >
                {w.savePdf}
              </Button>
              <Button
                leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />}
                onClick={() => void out('print').catch(() => undefined)}
              >
                {w.print}
              </Button>
            </div>
          )
        }
      >
        <div className={css.controls}>
          <div>
            <p className={css.label} id="kit-language">
              {w.language}
            </p>
            <SegmentedControl
              aria-labelledby="kit-language"
              value={language}
              onChange={(l) => setLanguage(l as KitLanguage)}
              data={(['both', 'en', 'es'] as const).map((l) => ({ value: l, label: w.languages[l] }))}
            />
          </div>
          {data.word !== null && (
            <div>
              <p className={css.label}>{w.word.label}</p>
              <div className={css.wordLine}>
                <strong className={css.word}>{data.word}</strong>
                <Button size="xs" variant="default" onClick={() => setChanging(true)}>
                  {w.word.change}
                </Button>
              </div>
            </div>
          )}
          {data.words.length > 1 && <ForWhat data={data} onWord={onWord} />}
        </div>
        <ErrorNote error={left.error} />
      </Panel>
      {!stopped && (
        <div className={css.stage} data-piece={piece}>
          {piece === 'paper' ? (
            <Sheet label={w.preview(w.pieces.paper.name)}>
              <PaperForm data={data} languages={languages} />
            </Sheet>
          ) : piece === 'card' || piece === 'poster' || piece === 'bag' ? (
            <Sheet label={w.preview(w.pieces[piece].name)}>
              <SignSheet piece={piece} data={data} languages={languages} />
            </Sheet>
          ) : (
            <CopyPiece piece={piece} data={data} languages={languages} onCopied={() => void note()} />
          )}
          {PRINTED.has(piece) && <p className={css.quiet}>{w.printHint}</p>}
        </div>
      )}
      {changing && <WordDialog piece={piece} word={data.word ?? ''} onClose={() => setChanging(false)} onSaved={() => onWord(null)} />}
    </>
  );
}

/** The same piece for a topic or a place of the owner's own. */
function ForWhat({ data, onWord }: { data: PieceData; onWord: (word: string | null) => void }) {
  const w = useWords(words);
  const topics = useQuery('kit/topics', { all: true }).data ?? [];
  const options = data.words.map((x) => ({
    value: x.word,
    label:
      x.source === 'topic'
        ? `${topics.find((t) => t.slug === x.topic)?.name.en ?? x.topic} (${x.word})`
        : x.source === 'custom'
          ? `${x.label} (${x.word})`
          : `${w.word.own} (${x.word})`,
  }));
  return <SelectField label={w.word.show} value={data.word ?? ''} onChange={(word) => onWord(word)} options={options} />;
}

const fileName = (d: PieceData, l: KitLanguage): string =>
  `${[d.shop.name, d.piece, d.word ?? '', l === 'both' ? '' : l]
    .filter(Boolean)
    .join(' ')
    .replace(/[^\p{L}\p{N} -]+/gu, '')
    .replace(/\s+/g, '-')
    .toLowerCase()}.pdf`;
