import { type DrawnStep, type LadderReaction, leastDays, type StopRules, USUAL_STOPS } from './ladder';

/** Paths an owner can begin with. */
export const READY_LADDERS = ['rising', 'shirts-suit', 'thanks'] as const;
export type ReadyLadder = (typeof READY_LADDERS)[number];

/** A step of a ready-made path: what it says is written, what it offers is looked up or made. */
export interface ReadyStep extends DrawnStep {
  name: string;
  body: string;
  /** The same for people who read Spanish, in letters every phone has. */
  bodyEs: string;
  /** Percent off the step offers; null = no offer. */
  percent: number | null;
  /** What people can answer with: the honest stand-in for "opened". */
  word: { word: string; means: 'hold' | 'call-back' | 'question' };
}

const MORNING = 11 * 60;
const at = (key: string, parent: string | null, reaction: LadderReaction, afterDays: number) => ({
  key,
  parent,
  reaction,
  afterDays,
  atMinute: MORNING,
});
const SUIT = { word: 'suit', means: 'call-back' } as const;
const CALL = { word: 'call', means: 'call-back' } as const;

/**
 * The steps of a ready-made path. `firstPercent`: what the first text offers (null = nothing): the rising one goes on from there. Waits
 * are never shorter than spacing allows.
 */
export function readyLadder(
  which: ReadyLadder,
  o: { firstPercent: number | null; spacingDays: number },
): { steps: ReadyStep[]; stops: StopRules } {
  const days = (reaction: LadderReaction, n: number) => Math.max(n, leastDays(reaction, o.spacingDays));
  switch (which) {
    case 'rising': {
      const first = o.firstPercent === null ? 10 : o.firstPercent;
      const [second, third] = [Math.min(95, first + 5), Math.min(95, first + 10)];
      return {
        stops: USUAL_STOPS,
        steps: [
          {
            ...at('rise-1', null, 'nothing', days('nothing', 7)),
            name: `${second} % for those we have not seen`,
            body: `{shop}: Hi {first name|there}, we made it ${second} % for you. Code {code}, until {ends}. Reply CALL and we ring you.`,
            bodyEs: `{shop}: Hola {first name|de nuevo}, para ti ahora es un ${second} %. Usa {code} hasta {ends}. Responde CALL y te llamamos.`,
            percent: second,
            word: CALL,
          },
          {
            ...at('rise-2', 'rise-1', 'nothing', days('nothing', 7)),
            name: `${third} %, the last one`,
            body: `{shop}: Our best for you, {first name|friend}: ${third} % off with {code}, until {ends}. Reply CALL and we ring you.`,
            bodyEs: `{shop}: Lo mejor para ti, {first name|de verdad}: ${third} % con {code}, hasta {ends}. Responde CALL y te llamamos.`,
            percent: third,
            word: CALL,
          },
        ],
      };
    }
    case 'shirts-suit':
      return {
        stops: { ...USUAL_STOPS, bought: { what: 'item', name: 'Suit' } },
        steps: [
          {
            ...at('suit-came', null, 'came', days('came', 3)),
            name: 'Came, but without the suit',
            body: '{shop}: Good to see you, {first name|friend}. Bring your suit next time: your code still counts. Reply SUIT and we pick it up.',
            bodyEs:
              '{shop}: Nos alegra verte, {first name|de nuevo}. Trae tu traje la proxima vez: tu oferta sigue valiendo. Responde SUIT y lo recogemos.',
            percent: null,
            word: SUIT,
          },
          {
            ...at('suit-nothing', null, 'nothing', days('nothing', 10)),
            name: 'A better price for the suit',
            body: '{shop}: {first name|Hi}, your suit deserves it too: 20 % off with {code}, until {ends}. Reply SUIT and we pick it up.',
            bodyEs: '{shop}: {first name|Hola}, tu traje lo merece: 20 % con {code}, hasta {ends}. Responde SUIT y lo recogemos.',
            percent: 20,
            word: SUIT,
          },
        ],
      };
    case 'thanks':
      return {
        stops: USUAL_STOPS,
        steps: (['redeemed', 'came'] as const).map((reaction) => ({
          ...at(`thanks-${reaction}`, null, reaction, days(reaction, 3)),
          name: reaction === 'redeemed' ? 'Thanks for using the code' : 'Thanks for coming in',
          body: '{shop}: Thank you for coming in, {first name|friend}. Was everything right? Reply CALL and we ring you.',
          bodyEs: '{shop}: Gracias por venir, {first name|de verdad}. Estuvo todo bien? Responde CALL y te llamamos.',
          percent: null,
          word: CALL,
        })),
      };
  }
}
