import { Button } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { margins } from '@renderer/strings/margins';
import { tillCheck } from '@renderer/strings/till-check';

/** The ways from Results and Offers to what the till took off and what goods earn. */
export function MoneyLinks({ only }: { only?: 'till-check' }) {
  const till = useWords(tillCheck);
  const own = useWords(margins);
  return (
    <>
      <Button variant="default" onClick={() => go({ screen: 'till-check' })}>
        {till.open}
      </Button>
      {only === undefined && (
        <Button variant="default" onClick={() => go({ screen: 'margins' })}>
          {own.open}
        </Button>
      )}
    </>
  );
}
