/** Notes are stored as HTML of any origin. They are shown as text: nothing in them is ever put into the page as markup. */
export const htmlToText = (html: string): string => {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const one of body.querySelectorAll('script,style,template')) one.remove();
  for (const one of body.querySelectorAll('br')) one.replaceWith('\n');
  for (const one of body.querySelectorAll('p,div,li,h1,h2,h3,h4,tr')) one.append('\n');
  return (body.textContent ?? '').replace(/\n{3,}/g, '\n\n').trim();
};

/** What somebody typed, as HTML that says the same. */
export const textToHtml = (text: string): string =>
  text
    .trim()
    .replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
    .replace(/\n/g, '<br>');
