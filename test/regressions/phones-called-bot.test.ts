import type { UtcMs } from '@domain/kernel';
import { discountOf } from '@domain/taps/judge';
import { expect, it } from 'vitest';

/* Story: everybody with a Cubot phone tapped for nobody: its name ends like a robot's. */
it('a phone whose maker’s name ends in bot taps like any other; robots stay robots', () => {
  const why = (agent: string) => discountOf({ at: 1_000_000 as UtcMs, agent, leftAt: 0 as UtcMs, deliveredAt: 1 as UtcMs });
  for (const model of ['CUBOT P80', 'CUBOT_NOTE_20', 'CUBOT', 'KingKong 9 Build/CUBOT'])
    expect(why(`Mozilla/5.0 (Linux; Android 13; ${model}) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36`), model).toBeNull();
  for (const robot of ['Googlebot/2.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'Slackbot-LinkExpanding 1.0', 'AdsBot-Google', 'bot'])
    expect(why(robot), robot).toBe('robot');
});
