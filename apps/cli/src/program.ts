import { Command, Option } from 'commander';
import { DEFAULT_STORE } from './command-style.js';
import { VERSION } from './version.js';

/** The whole command line. Actions are imported when they run, so `--help` loads neither Ink nor an engine. */
export function createProgram(): Command {
  const program = new Command('assay')
    .description('Hyperparameter optimization for TypeScript.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(assay --help lists the commands)')
    .enablePositionalOptions();
  addRunCommand(program);
  addWorkerCommand(program);
  addConfirmCommand(program);
  addWatchCommand(program);
  addReadCommands(program);
  addStudiesCommands(program);
  addTransferCommands(program);
  addModelCommands(program);
  addEvaluateCommand(program);
  addDataCommands(program);
  addMachineCommands(program);
  for (const command of [...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.showHelpAfterError(`(${pathOf(command)} --help shows what it takes)`);
  }
  return program;
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** `run --json file.ts` asks for JSON of file.ts: only `json` and `ndjson` are formats, anything else is the next word. */
export function plainJsonFlag(argv: readonly string[]): string[] {
  return argv.map((word, at) => {
    const isAlone = argv[2] === 'run' && word === '--json' && !['json', 'ndjson'].includes(argv[at + 1] ?? '');
    return isAlone ? '--json=json' : word;
  });
}

const storeOption = (): Option =>
  new Option('--store <url>', 'where studies live: a .db file, sqlite:///relative.db or postgresql://user@host/db')
    .env('ASSAY_STORE')
    .default(DEFAULT_STORE);
const jsonOption = (): Option => new Option('--json', 'print JSON on stdout');
const metricOption = (what: string): Option => new Option('--metric <name>', `with several objectives: ${what}`);
const engineOption = (): Option =>
  new Option('--engine <name>', 'what trains').choices(['auto', 'onnx', 'tfjs', 'webgpu']).default('auto');

const readerOption = (): Option =>
  new Option('--reader <name>', 'what reads the tables (auto: by kind and size)')
    .choices(['auto', 'csv', 'duckdb'])
    .default('auto');

function addRunCommand(program: Command): void {
  program
    .command('run')
    .argument('<study>', 'a built-in study (taxifare, green-taxi, citibike) or a study file')
    .description('run a study, or resume it')
    .option('--trials <n>', 'add this many trials, failed ones included (a retried one counts once)')
    .option('--until <n>', 'stop at this many finished (complete or pruned) trials in all')
    .option('--timeout <duration>', 'stop after 90s, 10m, 1.5h')
    .option('--wait <duration>', 'how long the store’s server may take to answer: 2m')
    .option('--workers <n>', 'trials at a time (default: what cores and memory allow)')
    .option('--sampler <spec>', 'auto, tpe, gp, cma-es, nsga-ii, random, sobol, grid; with options: tpe:startup=20')
    .option(
      '--pruner <spec>',
      'median, percentile:25, asha, hyperband, threshold:upper=10, patient:3, wilcoxon:p=0.1, none',
    )
    .option('--prune-metric <name>', 'with several objectives: the one that trials report and are pruned by')
    .option('--repeats <n>', 'run each trial’s objective n times, with other seeds (new studies)')
    .option('--warm-start <study>', 'learn from another study of the same store (new studies)')
    .option('--seed <n>', 'the same seed gives the same study')
    .addOption(storeOption())
    .option('--name <name>', 'the name in the store (default: the study file’s)')
    .addOption(engineOption())
    .option('--max-failures <n>', 'give up after this many failed trials in a row', '10')
    .option(
      '--max-retries <n>',
      'how often a trial is tried again whose worker or process died (default: 1; 10 for what died here before)',
    )
    .option('--trial-timeout <duration>', 'the longest one trial may run')
    .addOption(readerOption())
    .option('--max-bad <fraction>', 'the largest share of malformed rows that is not fatal')
    .option('--plain', 'lines instead of the dashboard')
    .option('--no-alt-screen', 'draw the dashboard below the prompt, and leave it there')
    .option('--json [format]', 'print the result as JSON; ndjson: every event as a line')
    .action(async (study, options) => (await import('./commands/run.js')).run(study, options));
}

function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .argument('[study]', 'default: the newest study of the store')
    .description('run trials of a study that was started elsewhere, with its own definition, until it is done')
    .addOption(storeOption())
    .option('--workers <n>', 'trials at a time (default: what cores and memory allow)')
    .option('--until <n>', 'stop at this many finished trials in all (default: what the study was made for)')
    .option('--wait <duration>', 'how long store and study may take to appear: 10m')
    .option('--grace <duration>', 'how long running trials may go on after SIGTERM', '20s')
    .option('--study-file <file>', 'the study file, where it lies elsewhere than on the first machine')
    .addOption(engineOption())
    .option('--max-failures <n>', 'give up after this many failed trials in a row', '10')
    .option('--max-retries <n>', 'how often a trial is tried again whose worker or process died (default: 1)')
    .option('--trial-timeout <duration>', 'the longest one trial may run')
    .option('--max-bad <fraction>', 'the largest share of malformed rows that is not fatal')
    .action(async (study, options) => (await import('./commands/worker.js')).worker(study, options));
}

function addConfirmCommand(program: Command): void {
  program
    .command('confirm')
    .argument('<study>')
    .description('run the best trials again with fresh seeds, before anyone believes them')
    .option('--top <n>', 'how many of the best', '5')
    .option('--repeats <n>', 'how many fresh runs each of them gets, earlier ones counted', '3')
    .option('--workers <n>', 'runs at a time (default: what cores and memory allow)')
    .option('--study-file <file>', 'the study file, where it has moved since')
    .addOption(storeOption())
    .addOption(engineOption())
    .option('--max-failures <n>', 'give up after this many failed runs in a row', '10')
    .option('--trial-timeout <duration>', 'the longest one run may take')
    .option('--max-bad <fraction>', 'the largest share of malformed rows that is not fatal')
    .addOption(jsonOption())
    .action(async (study, options) => (await import('./commands/confirm.js')).confirm(study, options));
}

function addWatchCommand(program: Command): void {
  program
    .command('watch')
    .argument('[study]', 'default: the newest study of the store')
    .description('the dashboard from another terminal, while a study runs or afterwards')
    .addOption(storeOption())
    .option('--json', 'every ended trial as a line of JSON')
    .option('--plain', 'lines instead of the dashboard')
    .option('--no-alt-screen', 'draw the dashboard below the prompt, and leave it there')
    .action(async (study, options) => (await import('./commands/watch.js')).watch(study, options));
}

function addReadCommands(program: Command): void {
  program
    .command('trials')
    .argument('<study>')
    .description('list the trials of a study, or mark some')
    .addOption(
      new Option('--state <state>', 'only these').choices(['waiting', 'running', 'complete', 'pruned', 'failed']),
    )
    .addOption(new Option('--sort <key>', 'by what').choices(['number', 'value', 'duration']).default('number'))
    .addOption(metricOption('which one --sort value sorts by'))
    .option('--limit <n>', 'only the first n')
    .option('--note <words...>', 'note something of a trial: --note @17 too slow')
    .option('--tag <words...>', 'tag trials: --tag @3 @4 good')
    .option('--untag <words...>', 'take tags away')
    .option('--ignore <trials...>', 'let trials count for nothing: --ignore @17')
    .option('--unignore <trials...>', 'let them count again')
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (study, options) => (await import('./commands/trials.js')).trials(study, options));
  program
    .command('best')
    .argument('<study>', 'a study, or one trial of it: taxifare, taxifare@17, taxifare@latest')
    .description('print the best parameters; with several objectives, all trials that no other one beats')
    .addOption(metricOption('the trial that is best by this one'))
    .addOption(
      new Option('--format <format>', 'how').choices(['table', 'json', 'yaml', 'env', 'args']).default('table'),
    )
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (study, options) => (await import('./commands/best.js')).best(study, options));
  program
    .command('importance')
    .argument('<study>')
    .description('show how much each parameter matters')
    .addOption(
      new Option('--evaluator <name>', 'ped-anova: for being among the best; fanova: for the value, good or bad')
        .choices(['ped-anova', 'fanova'])
        .default('ped-anova'),
    )
    .option('--pairs', 'with fanova: what each two explain together, as shares of the whole variance')
    .addOption(metricOption('only this one, not all together'))
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (study, options) => (await import('./commands/importance.js')).importance(study, options));
}

function addStudiesCommands(program: Command): void {
  const studies = program
    .command('studies')
    .description('list the studies of the store, or rename, copy or delete one')
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/studies.js')).studies(options));
  studies
    .command('rename')
    .arguments('<study> <name>')
    .description('give a study another name')
    .addOption(storeOption())
    .action(async (study, name, options) =>
      (await import('./commands/studies-change.js')).renameStudy(study, name, options),
    );
  studies
    .command('copy')
    .arguments('<study> <name>')
    .description('copy a study with all its trials, which the copy goes on from')
    .option('--to <url>', 'another store (default: the same)')
    .addOption(storeOption())
    .action(async (study, name, options) =>
      (await import('./commands/studies-change.js')).duplicateStudy(study, name, options),
    );
  studies
    .command('delete')
    .argument('<study>')
    .description('delete a study and its trials, for good')
    .option('--yes', 'do not ask')
    .option('--force', 'also while its trials run')
    .addOption(storeOption())
    .action(async (study, options) => (await import('./commands/studies-change.js')).deleteStudy(study, options));
}

function addTransferCommands(program: Command): void {
  program
    .command('export')
    .argument('<study>')
    .description('write a study’s trials as a table, as JSON with everything, or as a database that Optuna opens')
    .addOption(
      new Option('--to <format>', 'what to write').choices(['csv', 'json', 'parquet', 'optuna']).default('csv'),
    )
    .option('--out <file>', 'where to (default: stdout)')
    .addOption(storeOption())
    .action(async (study, options) => (await import('./commands/export.js')).exportTo(study, options));
  program
    .command('import')
    .arguments('<store> [study]')
    .description('copy studies from another store, Optuna’s too; all of them where none is named')
    .option('--name <name>', 'what the study is called here')
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (from, study, options) => (await import('./commands/import.js')).importFrom(from, study, options));
}

function addModelCommands(program: Command): void {
  program
    .command('train')
    .argument('[trial]', 'taxifare@best, taxifare@17, taxifare@latest')
    .description('train the final model with a trial’s parameters and score the test rows')
    .option('--from <model>', 'instead of a trial: go on with a model that assay train wrote, with newer rows (--data)')
    .option('--data <file>', 'the newer rows: a tenth of them is held out to stop by, a tenth to score')
    .addOption(metricOption('which one says what @best is'))
    .option('--refit', 'train on the validation rows too, with the number of passes fixed')
    .option('--study-file <file>', 'the study file, where it has moved since')
    .option('--max-bad <fraction>', 'the largest share of malformed rows that is not fatal')
    .option('--out <folder>', 'where model, parameters and metrics go (default: .assay/models/<study>@<trial>)')
    .addOption(engineOption())
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (trial, options) => (await import('./commands/train.js')).train(trial, options));
  program
    .command('predict')
    .argument('<model>', 'a model folder that assay train wrote')
    .description('predict a CSV file: one output row per input row, in order')
    .requiredOption('--input <file>', 'a CSV file, plain or gzipped; - for stdin')
    .addOption(jsonOption())
    .action(async (model, options) => (await import('./commands/predict.js')).predict(model, options));
}

function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .argument('<model>', 'a model folder that assay train wrote')
    .description('a model’s errors on rows it has not seen: over all, and slice by slice')
    .option('--by <columns>', 'columns to slice by, with commas between; numbers are cut at their deciles')
    .addOption(new Option('--on <rows>', 'which of its rows').choices(['test', 'validation', 'train']).default('test'))
    .option('--data <file>', 'all rows of this file instead')
    .option('--study-file <file>', 'the study file, where it has moved since training')
    .addOption(jsonOption())
    .action(async (model, options) => (await import('./commands/evaluate.js')).evaluate(model, options));
}

function addDataCommands(program: Command): void {
  const data = program.command('data').description('prepare, generate and download data');
  data
    .command('prepare')
    .argument('<study>')
    .description('preprocess a study’s data without running it')
    .addOption(readerOption())
    .option('--max-bad <fraction>', 'the largest share of malformed rows that is not fatal')
    .addOption(jsonOption())
    .action(async (study, options) => (await import('./commands/data-prepare.js')).dataPrepare(study, options));
  data
    .command('inspect')
    .argument('<table>', "a CSV or Parquet file, several as one ('trips-*.csv'), or a study on a table")
    .description('what a table holds, and what to look at before training on it')
    .option('--label <column>', 'the column to predict')
    .addOption(jsonOption())
    .action(async (table, options) => (await import('./commands/data-inspect.js')).dataInspect(table, options));
  data
    .command('suggest')
    .argument('<file>', "a CSV or Parquet file, or several as one ('trips-*.csv')")
    .description('write a first study for a table: its recipe, its file, a network with a space')
    .requiredOption('--label <column>', 'the column to predict')
    .option('--out <file>', 'a study file to write, as fares.study.ts (default: stdout)')
    .action(async (file, options) => (await import('./commands/data-suggest.js')).dataSuggest(file, options));
  data
    .command('generate')
    .argument('<dataset>', 'taxifare')
    .description('write made-up rides that follow the published tariff, with the real files’ dirt')
    .requiredOption('--rows <n>', 'how many')
    .option('--seed <n>', 'the same seed gives the same file', '1')
    .option('--out <file>', 'a CSV file; - for stdout (default: taxifare-<rows>-seed<seed>.csv)')
    .action(async (dataset, options) => (await import('./commands/data-generate.js')).dataGenerate(dataset, options));
  data
    .command('download')
    .argument('<dataset>', 'taxifare')
    .description('fetch the course’s public files; resumes where it stopped')
    .addOption(new Option('--size <size>', 'rows').choices(['1k', '10k', '100k', '500k']).default('10k'))
    .option('--out <folder>', 'where to', '.assay/data/taxifare')
    .action(async (dataset, options) => (await import('./commands/data-download.js')).dataDownload(dataset, options));
}

function addMachineCommands(program: Command): void {
  const engine = program.command('engine').description('optional training engines');
  engine
    .command('install')
    .argument('<engine>', 'tensorflow or tensorflow-gpu')
    .description('fetch TensorFlow’s native library (hundreds of megabytes) for the tfjs engine')
    .action(async (name) => (await import('./commands/engine-install.js')).engineInstall(name));
  engine
    .command('link')
    .argument(
      '[dir]',
      'the TensorFlow’s folder, or its Python environment’s (default: the Python on the path is asked)',
    )
    .description('compile the tfjs engine’s binding for a TensorFlow that Python has')
    .option('--engine <name>', 'tensorflow or tensorflow-gpu (default: as the TensorFlow was built)')
    .option('--undo', 'take linked or fetched libraries out again')
    .action(async (dir, options) => (await import('./commands/engine-link.js')).engineLink(dir, options));
  program
    .command('doctor')
    .description('what is installed, what is not, and why')
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/doctor.js')).doctor(options));
}
