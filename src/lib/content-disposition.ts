/** The header of this name (RFC 6266), with the file's name as RFC 8187 wants it. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  // `encodeURIComponent` leaves some characters that the RFC does not allow.
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename*=UTF-8''${encoded}`;
}
