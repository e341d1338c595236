import { usePlace } from '@renderer/nav';
import { CertificateScreen } from './Certificate';
import { EvidenceScreen } from './EvidenceScreen';

/** One page to print: the proof of a number, or the certificate of an erasure. Reached from a person and from Settings. */
export function RecordsScreen() {
  const place = usePlace();
  if (place.screen !== 'records') return null;
  if (place.certificate !== undefined) return <CertificateScreen key={place.certificate} id={place.certificate} />;
  return <EvidenceScreen key={`${place.person} ${place.phone}`} customerId={place.person ?? null} phone={place.phone ?? null} />;
}
