import { toApiError } from '@renderer/api/client';
import { errorWords } from '@renderer/strings/errors';
import { toast } from './toast';

/** Says what went wrong with something the owner asked for, in the words of its code: what happened, and what to do. */
export function toastError(e: unknown): void {
  const { code, params } = toApiError(e);
  const said = errorWords(code, params, 'en');
  toast({ title: said.title, body: said.next, tone: 'danger' });
}
