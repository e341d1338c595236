import { usePlace } from '@renderer/nav';
import { OneImport } from './OneImport';
import { Start } from './Start';

/** Bring in a till file: choose, see what would happen, carry it out, undo it. One import, or the way in with past ones. */
export function ImportScreen() {
  const place = usePlace();
  const id = place.screen === 'import' ? place.id : undefined;
  return id === undefined ? <Start /> : <OneImport key={id} id={id} />;
}
