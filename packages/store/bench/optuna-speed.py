"""What a trial costs in Optuna's own storage, as JSON: python optuna-speed.py <url> <trials> <reports>.

The same ten parameters as in store-speed.ts, drawn at random, which takes no time worth counting.
"""

import json
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")

WARM_UP = 5


def run_trial(study, reports):
    trial = study.ask()
    for i in range(6):
        trial.suggest_float(f"x{i}", -10, 10)
    trial.suggest_float("lr", 1e-5, 1e-1, log=True)
    trial.suggest_int("layers", 1, 5)
    trial.suggest_categorical("batch", [32, 64, 128, 256])
    trial.suggest_int("units", 16, 256, log=True)
    for step in range(1, reports + 1):
        trial.report(1 / step, step)
    study.tell(trial, 1 / (trial.number + 1))


def main(url, trials, reports):
    study = optuna.create_study(storage=url, sampler=optuna.samplers.RandomSampler(seed=1))
    for _ in range(WARM_UP):
        run_trial(study, reports)
    elapsed = []
    processor = time.process_time()
    for _ in range(trials):
        began = time.perf_counter()
        run_trial(study, reports)
        elapsed.append(time.perf_counter() - began)
    processor = time.process_time() - processor
    print(
        json.dumps(
            {
                "version": optuna.__version__,
                "wallMs": 1000 * sorted(elapsed)[trials // 2],
                "cpuMs": 1000 * processor / trials,
            }
        )
    )


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
