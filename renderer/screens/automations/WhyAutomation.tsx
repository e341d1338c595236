import type { AutomationId, CampaignId, CustomerId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { why as whyCatalogue } from '@renderer/strings/why';
import { Dialog, Loaded } from '@renderer/ui';
import { useState } from 'react';
import { FindPerson } from '../why/FindPerson';
import { WhyDialog } from '../why/WhyDialog';
import css from './automations.module.css';
import { WhyAnswer } from './WhyAnswer';

/** "Why did, or didn't, Anna get this?" of one automation: asks for the person first where nobody is named. */
export function WhyPersonDialog(p: { id: AutomationId; customerId?: CustomerId; onClose: () => void }) {
  const w = useWords(catalogue);
  const f = useWords(whyCatalogue);
  const [who, setWho] = useState<CustomerId | null>(p.customerId ?? null);
  return (
    <Dialog open onClose={p.onClose} title={w.why.title('')} width={640}>
      {who === null ? (
        <FindPerson words={f} onPick={setWho} />
      ) : (
        <>
          <Asked id={p.id} customerId={who} />
          <div className={css.examples}>
            {p.customerId === undefined && (
              <Button variant="default" onClick={() => setWho(null)}>
                {w.why.other}
              </Button>
            )}
            <Button variant="subtle" onClick={() => go({ screen: 'customers', id: who })}>
              {f.openPerson}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Asked({ id, customerId }: { id: AutomationId; customerId: CustomerId }) {
  const w = useWords(catalogue);
  const query = useQuery('automations/why', { id, customerId });
  const [exact, setExact] = useState<CampaignId | null>(null);
  return (
    <>
      <Loaded query={query} lines={5}>
        {(y) => (
          <>
            <h3 className={css.asked}>{y.who || w.now.noName}</h3>
            <WhyAnswer why={y} onExact={setExact} />
          </>
        )}
      </Loaded>
      {exact !== null && <WhyDialog campaignId={exact} customerId={customerId} onClose={() => setExact(null)} />}
    </>
  );
}
