import { WRONG_FILES } from '@domain/imports/wrong/index';
import { toApiError } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { ErrorNote, Note } from '@renderer/ui';

/** Why a file cannot be used, and which one to export instead. */
export function FileTrouble({ error }: { error: unknown }) {
  const w = useWords(catalogue);
  if (error === undefined || error === null) return null;
  const e = toApiError(error);
  const found = String(e.params['found'] ?? '');
  const text = (name: string) => String(e.params[name] ?? '');
  const words =
    e.code !== 'import.wrong-file'
      ? undefined
      : found === 'missing-columns'
        ? w.missingColumns(text('till'), text('title'), text('columns'))
        : (WRONG_FILES.find((f) => f.id === found)?.says ?? w.wrong[found]);
  if (!words) return <ErrorNote error={error} />;
  return (
    <Note tone="warn" role="alert" title={w.failed}>
      <p>{words}</p>
    </Note>
  );
}
