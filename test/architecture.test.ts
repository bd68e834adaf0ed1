import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Which workspace packages each package may import. ARCHITECTURE.md draws the same arrows. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'packages/space': [],
  'packages/sampler': ['@assay/space'],
  'packages/pruner': [],
  'packages/analysis': ['@assay/space', '@assay/sampler'],
  'packages/study': ['@assay/space', '@assay/sampler', '@assay/pruner'],
  'packages/store': ['@assay/space', '@assay/study'],
  'packages/pool': ['@assay/study'],
  'packages/preprocessing': [],
  'packages/training': ['@assay/preprocessing'],
  'packages/assay': [
    '@assay/space',
    '@assay/sampler',
    '@assay/pruner',
    '@assay/study',
    '@assay/preprocessing',
    '@assay/training',
  ],
  'apps/dashboard': ['@assay/space', '@assay/study', '@assay/analysis'],
  'apps/cli': [
    '@assay/space',
    '@assay/sampler',
    '@assay/pruner',
    '@assay/analysis',
    '@assay/study',
    '@assay/store',
    '@assay/pool',
    '@assay/preprocessing',
    '@assay/training',
    'assay',
    '@assay/dashboard',
  ],
  'studies/taxifare': ['assay'],
  'studies/green-taxi': ['assay'],
  'studies/citibike': ['assay'],
};

const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', '.assay', '.turbo']);

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : sourceFiles(full);
    return /\.(ts|tsx|mts|js|mjs)$/.test(entry.name) ? [full] : [];
  });
}

/** The module specifiers of static, side-effect and dynamic imports and of re-exports. */
function importsOf(source: string): string[] {
  const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)['"]([^'"]+)['"]/g;
  return [...source.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** `@assay/space/testing` and `@assay/space` are both the package `@assay/space`. */
function workspacePackage(specifier: string): string | null {
  const match = /^(@assay\/[^/]+|assay)(?:\/.*)?$/.exec(specifier);
  return match?.[1] ?? null;
}

const files = Object.keys(ARROWS).flatMap((folder) =>
  sourceFiles(path.join(root, folder)).map((file) => ({
    folder,
    name: path.relative(root, file),
    source: readFileSync(file, 'utf8'),
  })),
);

describe('the house', () => {
  it('has an arrow for every workspace package', () => {
    const folders = ['packages', 'apps', 'studies'].flatMap((parent) =>
      readdirSync(path.join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent}/${entry.name}`),
    );
    expect(folders.sort()).toEqual(Object.keys(ARROWS).sort());
  });

  it.each(Object.entries(ARROWS))('%s imports only along its arrows', (folder, allowed) => {
    const own = (JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as { name: string }).name;
    const wrong = files
      .filter((file) => file.folder === folder)
      .flatMap((file) => importsOf(file.source).map((specifier) => ({ file: file.name, specifier })))
      .filter(({ specifier }) => {
        const target = workspacePackage(specifier);
        return target !== null && target !== own && !allowed.includes(target);
      });
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(ARROWS))('%s declares no workspace package beyond its arrows', (folder, allowed) => {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      (name) => workspacePackage(name) !== null,
    );
    expect(declared.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('reaches into no package past its front door', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file.source)
        .filter((specifier) => {
          if (specifier.startsWith('.')) {
            const target = path.relative(root, path.resolve(root, path.dirname(file.name), specifier));
            return !target.startsWith(`${file.folder}${path.sep}`);
          }
          return workspacePackage(specifier) !== null && !/^(@assay\/[^/]+|assay)(\/testing)?$/.test(specifier);
        })
        .map((specifier) => `${file.name}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('re-exports by name only', () => {
    expect(files.filter((file) => /^export \* /m.test(file.source)).map((file) => file.name)).toEqual([]);
  });

  it('has default exports only where a tool or a study file wants one', () => {
    const wrong = files
      .filter((file) => /^export default /m.test(file.source))
      .map((file) => file.name)
      .filter((name) => !/(^|\/)(study|[^/]*\.study|[^/]*\.config)\.ts$|\/fixtures\//.test(name));
    expect(wrong).toEqual([]);
  });

  it('has no room without a subject', () => {
    const wrong = files
      .map((file) => file.name)
      .filter((name) => /(^|\/)(utils?|helpers?|commons?|shared|misc|core)(\/|\.tsx?$)/.test(name));
    expect(wrong).toEqual([]);
  });
});
