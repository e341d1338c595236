import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { go } from '@renderer/nav';
import type { Say } from '@renderer/screens/reports/format';
import type { LeavingWords } from '@renderer/strings/leaving';
import { Dialog, ErrorNote, Rows, SelectField, toast } from '@renderer/ui';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Leaving } from './LeavingPanel';
import css from './leaving.module.css';

type Offer = Leaving['offers'][number];
interface Props {
  d: Leaving;
  words: LeavingWords;
  say: Say;
}

/** One step per reason; what it changes is shown before it is done. */
export function RemedyButtons({ d, words: w, say }: Props) {
  const [asked, setAsked] = useState<Offer | 'topic' | null>(null);
  const r = w.remedies;
  const { reasons } = d.recent;
  const looked = useCommand('inbox/topic-remedy');
  const clubs = async () => {
    if (await looked.run({ topic: null })) go({ screen: 'kit', section: 'topics' });
  };
  return (
    <div className={`${css.remedies} rg-no-print`}>
      <h3>{r.title}</h3>
      <ErrorNote error={looked.error} />
      <div className={css.row}>
        <span className={css.for}>{r['longer-spacing'].for(say.n(reasons['too-many']))}</span>
        {d.offers.map((o) => (
          <Button key={o.kind} size="xs" variant="default" onClick={() => setAsked(o)}>
            {r[o.kind].button(o.after)}
          </Button>
        ))}
      </div>
      <div className={css.row}>
        <span className={css.for}>{r['topic-campaign'].for(say.n(reasons['not-for-me']))}</span>
        {d.topics.length > 1 && (
          <Button size="xs" variant="default" onClick={() => setAsked('topic')}>
            {r['topic-campaign'].button}
          </Button>
        )}
        <Button size="xs" variant="default" loading={looked.busy} onClick={() => void clubs()}>
          {r['ask-topics'].button}
        </Button>
      </div>
      {asked === 'topic' && <TopicDialog d={d} words={w} onClose={() => setAsked(null)} />}
      {asked !== null && asked !== 'topic' && <SettingDialog offer={asked} words={w} onClose={() => setAsked(null)} />}
    </div>
  );
}

function SettingDialog({ offer: o, words: w, onClose }: { offer: Offer; words: LeavingWords; onClose: () => void }) {
  const apply = useCommand('inbox/remedy');
  const r = w.remedies[o.kind];
  const go_ = async () => {
    if (!(await apply.run({ kind: o.kind, before: o.before }))) return;
    toast({ title: w.remedies.made, tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={r.title}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.remedies.cancel}
          </Button>
          <Button loading={apply.busy} onClick={() => void go_()}>
            {r.go}
          </Button>
        </>
      }
    >
      <Rows gap={16}>
        <p className={css.change}>
          <span>{r.before(o.before)}</span>
          <IconArrowRight size={18} stroke={1.75} aria-hidden />
          <strong>{r.after(o.after)}</strong>
        </p>
        <p>{r.what}</p>
        <ErrorNote error={apply.error} />
      </Rows>
    </Dialog>
  );
}

function TopicDialog({ d, words: w, onClose }: { d: Leaving; words: LeavingWords; onClose: () => void }) {
  const r = w.remedies['topic-campaign'];
  const [topic, setTopic] = useState(d.topics[0]?.slug ?? '');
  const save = useCommand('campaigns/save');
  const note = useCommand('inbox/topic-remedy');
  const start = async () => {
    const club = d.topics.find((t) => t.slug === topic);
    if (!club) return;
    const draft = await save.run({
      id: null,
      fields: {
        name: r.name(club.name),
        segmentId: null,
        body: '',
        offerId: null,
        addStopLine: true,
        holdout: 'auto',
        goal: { kind: 'none', target: null },
        windowDays: 14,
        topic,
      },
    });
    if (!draft || !(await note.run({ topic, campaignId: draft.id }))) return;
    onClose();
    go({ screen: 'campaigns', id: Number(draft.id) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={r.title}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.remedies.cancel}
          </Button>
          <Button loading={save.busy || note.busy} onClick={() => void start()}>
            {r.go}
          </Button>
        </>
      }
    >
      <Rows gap={16}>
        <p>{r.what}</p>
        <SelectField label={r.which} value={topic} onChange={setTopic} options={d.topics.map((t) => ({ value: t.slug, label: t.name }))} />
        <ErrorNote error={save.error ?? note.error} />
      </Rows>
    </Dialog>
  );
}
