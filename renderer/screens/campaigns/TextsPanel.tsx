import { usesMails } from '@domain/campaigns/channels';
import { BASE_WORDS, wordsKey } from '@domain/campaigns/parts';
import { type Out, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { mailComposer } from '@renderer/strings/mail-composer';
import { Panel } from '@renderer/ui';
import shared from './campaigns.module.css';
import css from './composer.module.css';
import { bodyOf, partsOf, wordingsOf } from './draft-parts';
import { wordingName } from './Wordings';

/** Everything a campaign says: the words of each group, in each of their wordings, with its offer. */
export function TextsPanel({ campaign: c }: { campaign: Out<'campaigns/get'> }) {
  const w = useWords(catalogue);
  const k = useWords(composer);
  const groups = useQuery('segments/list', {}).data;
  const offers = useQuery('offers/list', {}).data;
  const parts = partsOf(c);
  const m = useWords(mailComposer).result;
  const mailsOf = (part: number) => (usesMails(c.channels) ? c.mails.filter((x) => x.part === part) : []);
  const several = parts.length > 1;
  return (
    <Panel title={several ? k.review.parts : c.channels === 'email' ? m.theMail : w.theText}>
      {parts.map((p, i) => {
        const keys = [BASE_WORDS, ...wordingsOf(c, i).map(wordsKey)];
        const offer = p.offerId === c.offerId ? c.offerName : offers?.find((o) => o.id === p.offerId)?.name;
        const name = p.name || (groups?.find((g) => g.id === p.segmentId)?.name ?? '');
        return (
          // a part is its place
          <div key={k.parts.group(i + 1)} className={css.partLine}>
            {several && <h3 className={css.goal}>{k.review.part(i + 1, name)}</h3>}
            {mailsOf(i + 1).map((mail) => (
              <div key={mail.language} className={shared.mailWords} lang={mail.language}>
                <strong>{mail.subject}</strong>
                {`\n\n${mail.body}`}
              </div>
            ))}
            {c.channels !== 'email' &&
              keys.map((key) => (
                <div key={key} className={css.wording}>
                  {keys.length > 1 && <p className={css.quiet}>{wordingName(key, k)}</p>}
                  <p>
                    <span className={shared.bubble}>{bodyOf(c, i, key)}</span>
                  </p>
                </div>
              ))}
            {offer && <p className={shared.under}>{offer}</p>}
          </div>
        );
      })}
    </Panel>
  );
}
