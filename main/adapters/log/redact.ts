/** What may never reach a log or a crash report: numbers, addresses, credentials. */
export function redact(text: string): string {
  return text
    .replace(/\b(AC|SK|MG|SM|MM)[0-9a-fA-F]{32}\b/g, '$1…')
    .replace(/(authorization["']?\s*[:=]\s*["']?)(basic|bearer)?\s*[^\s"',}]+/gi, '$1[redacted]')
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, '[e-mail]')
    .replace(/\+?\d[\d\s().-]{7,}\d/g, (m) => (m.replace(/\D/g, '').length >= 8 ? '[number]' : m));
}
