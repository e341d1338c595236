import type { Out } from '@renderer/api';
import { go, wishCounter } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { signUps as catalogue } from '@renderer/strings/sign-ups';
import { Panel } from '@renderer/ui';
import { IconCertificate, IconChevronRight, IconSpeakerphone, IconUserPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Say } from './format';
import { perHundred } from './SignUpSources';
import own from './sign-ups.module.css';

/** "3,912 people, 0 may be texted yet": that is normal, when it will be enough, and what to do next. */
export function ZeroNote({ d, say }: { d: Out<'reports/this-week'>; say: Say }) {
  const w = useWords(catalogue).zero;
  const { list, pace } = d;
  return (
    <Panel title={w.title(say.n(list.known), say.n(list.onList), list.onList > 0 && list.onList === list.known)} tone="accent">
      <p>{w.normal}</p>
      {pace && <p>{(pace.assumed ? w.usual : w.pace)(perHundred(pace.perDay), say.day(pace.on))}</p>}
      <ul className={own.steps} aria-label={w.next}>
        <Step icon={<IconSpeakerphone size={22} stroke={1.6} />} title={w.kit} body={w.kitBody} onClick={() => go({ screen: 'kit' })} />
        <Step icon={<IconUserPlus size={22} stroke={1.6} />} title={w.signUp} body={w.signUpBody} onClick={() => wishCounter('sign-up')} />
        {d.waitsForCarriers && (
          <Step
            icon={<IconCertificate size={22} stroke={1.6} />}
            title={w.registration}
            body={w.registrationBody}
            onClick={() => go({ screen: 'registration' })}
          />
        )}
      </ul>
    </Panel>
  );
}

function Step(p: { icon: ReactNode; title: string; body: string; onClick: () => void }) {
  return (
    <li>
      <button type="button" className={own.step} onClick={p.onClick}>
        <span aria-hidden>{p.icon}</span>
        <span className={own.stepWords}>
          <strong>{p.title}</strong>
          <span>{p.body}</span>
        </span>
        <IconChevronRight size={18} stroke={1.6} aria-hidden />
      </button>
    </li>
  );
}
