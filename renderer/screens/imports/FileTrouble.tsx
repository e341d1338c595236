import { PROFILES } from '@domain/imports/profiles/index';
import { WRONG_FILES } from '@domain/imports/wrong/index';
import { Button } from '@mantine/core';
import { toApiError } from '@renderer/api';
import { useWords, wordsOf } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { imports as catalogue } from '@renderer/strings/imports';
import { ErrorNote, Note } from '@renderer/ui';

type Words = (typeof catalogue)['en'];

/** The words for a file that is not the right one, with the clicks to the right one; null for other troubles. */
function wrongWords(error: unknown, w: Words): string | null {
  const e = toApiError(error);
  if (e.code !== 'import.wrong-file') return null;
  const text = (name: string) => String(e.params[name] ?? '');
  const found = text('found');
  if (found !== 'missing-columns') return WRONG_FILES.find((f) => f.id === found)?.says ?? w.wrong[found] ?? null;
  const clicks = PROFILES.find((p) => p.till === text('till') && p.title === text('title'))?.clicks ?? '';
  return w.missingColumns(text('till'), text('title'), text('columns'), clicks);
}

/** Why a file cannot be used, in one or two sentences. */
export function troubleWords(error: unknown, w: Words = wordsOf(catalogue)): string {
  const e = toApiError(error);
  const said = errorWords(e.code, e.params, 'en');
  return wrongWords(error, w) ?? `${said.title}. ${said.next}`;
}

/** Why a file cannot be used, and which one to export instead; `onWhere` opens the clicks of its till ('' = of none in particular). */
export function FileTrouble({ error, onWhere }: { error: unknown; onWhere?: (till: string) => void }) {
  const w = useWords(catalogue);
  if (error === undefined || error === null) return null;
  const words = wrongWords(error, w);
  const where = onWhere && (
    <Button size="xs" variant="default" onClick={() => onWhere(String(toApiError(error).params['till'] ?? ''))}>
      {w.drop.where}
    </Button>
  );
  if (!words) return <ErrorNote error={error} action={where} />;
  return (
    <Note tone="warn" role="alert" title={w.notThis} action={where}>
      <p>{words}</p>
    </Note>
  );
}
