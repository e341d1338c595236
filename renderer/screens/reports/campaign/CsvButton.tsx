import { Button } from '@mantine/core';
import { toApiError } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { errorWords } from '@renderer/strings/errors';
import { toast } from '@renderer/ui';

/** Saves the table `of` something as it stands; what goes wrong is said, and nothing is lost by it. */
export function CsvButton({ of, onSave }: { of?: string; onSave: () => Promise<void> }) {
  const w = useWords(campaignResults);
  const save = () =>
    onSave().catch((e: unknown) => {
      const { code, params } = toApiError(e);
      const said = errorWords(code, params, 'en');
      toast({ title: said.title, body: said.next, tone: 'danger' });
    });
  return (
    <Button
      variant="subtle"
      size="xs"
      className="rg-no-print"
      {...(of && { 'aria-label': `${w.apart.csv}: ${of}` })}
      onClick={() => void save()}
    >
      {w.apart.csv}
    </Button>
  );
}
