const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** A uid as 26 digits of Crockford's base32, as AutomateNexus spells it. */
export const toBase32 = (uid: string) => {
  let number = BigInt(`0x${uid.replaceAll('-', '') || '0'}`);
  let text = '';
  for (let place = 0; place < 26; place++) {
    text = digits[Number(number & 31n)] + text;
    number >>= 5n;
  }
  return text;
};

/** A name as a word: what cPod calls a stage. */
export const slugOf = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
