// After the build: every text file gets compressed copies, which the server sends as they are, and the first load is held
// to its budget: the JavaScript that index.html names, compressed.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = new URL('../../artifacts/web/', import.meta.url).pathname;
const budget = 300_000;
const sizes = new Map();

const walk = folder => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) walk(path);
    else if (/\.(js|css|svg|json|webmanifest)$/.test(name)) {
      const content = readFileSync(path);
      if (content.length < 1024) continue;
      const brotli = brotliCompressSync(content, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
      });
      writeFileSync(`${path}.br`, brotli);
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      sizes.set(path.slice(out.length - 1), brotli.length);
    }
  }
};
walk(out);

const page = readFileSync(join(out, 'index.html'), 'utf8');
const first = [...page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(match => match[1]);
const total = first.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
console.log(`First load: ${(total / 1000).toFixed(0)} kB of compressed JavaScript in ${first.length} files (budget ${budget / 1000} kB).`);
if (total > budget) {
  console.error('The first load is over its budget. Load what the first screen does not need with import().');
  process.exit(1);
}
