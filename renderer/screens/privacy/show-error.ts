import type { ApiError } from '@renderer/api/client';
import { errorWords } from '@renderer/strings/errors';
import { toast } from '@renderer/ui/toast';

/** For a menu entry that failed: what happened and what to do, at the bottom. */
export function showError(error: ApiError): void {
  const said = errorWords(error.code, error.params, 'en');
  toast({ title: said.title, body: said.next, tone: 'danger' });
}
