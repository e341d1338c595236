import { Button } from '@mantine/core';
import type { Out } from '@renderer/api/client';
import frame from '@renderer/frame/frame.module.css';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { restore as words } from '@renderer/strings/restore';
import { IconEyeOff, IconHistory } from '@tabler/icons-react';

/** Above every screen: nothing can be changed here, or a restored copy waits for the owner. */
export function StandingBanner({ standing, owner }: { standing: Out<'restore/standing'>; owner: boolean }) {
  const w = useWords(words);
  const place = usePlace();
  if (standing.readOnly !== null) {
    return (
      <div className={`${frame.offline} rg-no-print`} role="status">
        <IconEyeOff size={18} stroke={1.75} aria-hidden />
        <span>{standing.readOnly === 'retired' ? w.retired.banner : w.other}</span>
        {owner && standing.readOnly === 'retired' && place.screen !== 'restore' && (
          <Button size="xs" variant="default" onClick={() => go({ screen: 'restore' })}>
            {w.retired.notMoving}
          </Button>
        )}
      </div>
    );
  }
  if (!standing.onHold || !owner || place.screen === 'restore') return null;
  return (
    <div className={`${frame.offline} rg-no-print`} role="status">
      <IconHistory size={18} stroke={1.75} aria-hidden />
      <span>{w.banner.hold}</span>
      <Button size="xs" variant="default" onClick={() => go({ screen: 'restore' })}>
        {w.banner.open}
      </Button>
    </div>
  );
}
