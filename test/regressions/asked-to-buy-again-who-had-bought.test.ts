import { AUTOMATION_KINDS, KINDS } from '@domain/automations/kinds';
import { termsOf } from '@domain/automations/terms';
import { restDependsOnAbsence } from '@domain/segments/rule';
import { triggerOf } from '@services/automations/look';
import { expect, it } from 'vitest';

/*
 * Story: "time for new coffee?" was written at eleven while the computer was going to sleep. It left the next morning, although she had bought
 * coffee in the afternoon: the sender asks once more whether somebody came only of texts whose group says that they did not come, and the
 * group of this automation said nothing of the kind.
 */
it.each(AUTOMATION_KINDS.filter((k) => KINDS[k].absence))(
  'the sender knows that a text of "%s" is about somebody who did not come or buy',
  (kind) => {
    const rule = triggerOf(kind)?.rule(termsOf(kind, { name: 'Suit', notName: 'Tie' }));
    expect(rule && restDependsOnAbsence(rule, [])).toBe(true);
  },
);
