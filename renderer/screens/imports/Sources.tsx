import { Rows } from '@renderer/ui';
import { WatchedFolder } from './WatchedFolder';
import { WebLists } from './WebLists';

/** Where files come from by themselves: the watched folder and lists on the web. What waits of them: WaitingFiles. */
export function Sources() {
  return (
    <Rows>
      <WatchedFolder />
      <WebLists />
    </Rows>
  );
}
