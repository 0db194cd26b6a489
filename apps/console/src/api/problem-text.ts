/** What a problem document (RFC 9457) says, for a person. */
export function problemText(text: string, status: number): string {
  try {
    const { title, detail, errors } = JSON.parse(text);
    const places = Array.isArray(errors)
      ? errors.map((error) => `${error.pointer}: ${error.detail}`).join('; ')
      : '';
    return [detail ?? title, places].filter(Boolean).join(' ');
  } catch {
    return `HTTP ${status}`;
  }
}
