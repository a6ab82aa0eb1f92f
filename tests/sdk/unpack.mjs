// Packages of which one part is wanted and whose dependencies are not (n8n's nodes talk to four hundred services): taken from the
// registry as they are, held against their checksum, and only the parts named in package.json laid into node_modules.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const { unpacked } = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8'));

for (const [name, { version, integrity, parts }] of Object.entries(unpacked)) {
  const target = path.join(here, 'node_modules', name);
  if (installed(target) === version) continue;

  const folder = mkdtempSync(path.join(os.tmpdir(), 'unpack-'));
  try {
    execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], { cwd: here });
    const archive = path.join(folder, readdirSync(folder)[0]);
    const found = 'sha512-' + createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (found !== integrity) throw new Error(`${name}@${version} is not what it was: ${found}`);

    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', archive, '-C', target, '--strip-components=1', ...parts.map((part) => `package/${part}`)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function installed(target) {
  const file = path.join(target, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null;
}
