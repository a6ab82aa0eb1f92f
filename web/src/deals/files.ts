export const sizeText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
};

/** What a browser shows by itself without running anything. */
export const previewOf = (type: string): 'image' | 'text' | 'audio' | 'video' | null => {
  if (/^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(type)) return 'image';
  if (/^text\/(plain|csv)/.test(type) || type === 'application/json') return 'text';
  if (type.startsWith('audio/')) return 'audio';
  return type.startsWith('video/') ? 'video' : null;
};
