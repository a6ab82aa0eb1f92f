/** Says something to screen readers without showing it. */
export const announce = (text: string) => {
  const region = document.getElementById('announcements');
  if (!region) return;
  // The same text twice is said twice only when it changes in between.
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = text;
  });
};
