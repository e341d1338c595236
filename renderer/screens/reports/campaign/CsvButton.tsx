import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { toastError } from '@renderer/ui';

/** Saves the table `of` something as it stands; what goes wrong is said, and nothing is lost by it. */
export function CsvButton({ of, onSave }: { of?: string; onSave: () => Promise<void> }) {
  const w = useWords(campaignResults);
  return (
    <Button
      variant="subtle"
      size="xs"
      className="rg-no-print"
      {...(of && { 'aria-label': `${w.apart.csv}: ${of}` })}
      onClick={() => void onSave().catch(toastError)}
    >
      {w.apart.csv}
    </Button>
  );
}
