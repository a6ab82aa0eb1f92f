// Where the OpenAPI files are known not to tell what the service answers, or where we answer otherwise, each with its reason.
import { readFileSync } from 'node:fs';

export function load() {
  const slips = JSON.parse(readFileSync(new URL('slips.json', import.meta.url), 'utf8'));
  const used = new Set();
  return {
    excuse(operation, fault) {
      const slip = slips.find((one) => (one.operation === '*' || one.operation === `${operation.method} ${operation.template}`) && new RegExp(one.fault).test(fault));
      if (slip) used.add(slip);
      return Boolean(slip);
    },
    /** A slip that nothing needs any more is to be taken out. */
    unused: () => slips.filter((one) => !used.has(one)),
  };
}
