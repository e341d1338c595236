import { QUIET, qrCode, qrPath } from '@domain/kit/qr';
import { useMemo } from 'react';

/** A QR code as crisp squares at any size, with its quiet zone. */
export function Qr({ text, label, className }: { text: string; label: string; className: string | undefined }) {
  const { path, side } = useMemo(() => {
    const code = qrCode(text);
    return { path: qrPath(code), side: code.size + 2 * QUIET };
  }, [text]);
  return (
    <svg className={className} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges" data-qr={text}>
      <path d={path} fill="currentColor" />
    </svg>
  );
}
