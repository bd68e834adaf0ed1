"""What Optuna itself says of a study file, as JSON: python optuna-check.py make|dump|continue|front|importances|delete <url> <study name>."""

import json
import math
import sys
import warnings
from datetime import datetime, timedelta, timezone

import optuna
from optuna.distributions import distribution_to_json

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def plain(value):
    """Infinities and NaN as text, which JSON can hold."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def unix_ms(moment):
    return None if moment is None else (moment.astimezone(timezone.utc) - EPOCH) // timedelta(milliseconds=1)


def dump(url, name):
    study = optuna.load_study(study_name=name, storage=url)
    trials = [
        {
            "number": trial.number,
            "state": trial.state.name,
            "params": plain(trial.params),
            "types": {key: type(value).__name__ for key, value in trial.params.items()},
            "distributions": {key: plain(json.loads(distribution_to_json(d))) for key, d in trial.distributions.items()},
            "values": plain(trial.values),
            "reports": [[step, plain(value)] for step, value in sorted(trial.intermediate_values.items())],
            "attributes": plain(trial.user_attrs),
            "system": plain(trial.system_attrs),
            "startedMs": unix_ms(trial.datetime_start),
            "finishedMs": unix_ms(trial.datetime_complete),
        }
        for trial in study.get_trials()
    ]
    best = None if len(study.directions) > 1 else study.best_trial.number
    directions = [direction.name for direction in study.directions]
    print(json.dumps({"trials": trials, "best": best, "directions": directions, "metrics": study.metric_names}))


def objective(trial):
    """The same space as the test's, defined by run; ordered values are positions here."""
    x = trial.suggest_float("x", -10, 10)
    lr = trial.suggest_float("lr", 1e-5, 1e-1, log=True)
    if trial.suggest_categorical("optimizer", ["adam", "sgd", None, True, 2.5]) == "sgd":
        trial.suggest_float("optimizer.sgd.momentum", 0.0, 0.99)
    trial.suggest_int("batch", 0, 3)
    trial.report(x, step=1)
    trial.set_user_attr("by", "optuna")
    return x * x + lr


def go_on(url, name):
    study = optuna.load_study(study_name=name, storage=url, sampler=optuna.samplers.TPESampler(seed=1))
    study.optimize(objective, n_trials=5)


def front(url, name):
    """Goes on with a study of two objectives; prints which trials it takes for the best."""
    study = optuna.load_study(study_name=name, storage=url, sampler=optuna.samplers.TPESampler(seed=1))

    def two(trial):
        x = trial.suggest_float("x", -10, 10)
        return x * x, x

    study.optimize(two, n_trials=5)
    print(json.dumps([trial.number for trial in study.best_trials]))


def importances(url, name):
    """Optuna's own default, functional ANOVA over a random forest."""
    study = optuna.load_study(study_name=name, storage=url)
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=1)
    print(json.dumps(optuna.importance.get_param_importances(study, evaluator=evaluator)))


def make(url, name):
    study = optuna.create_study(study_name=name, storage=url, direction="maximize")
    study.set_metric_names(["accuracy"])
    whole = study.ask()
    whole.suggest_float("x", 0, 1, step=0.25)
    whole.suggest_int("n", 1, 1024, log=True)
    whole.suggest_categorical("layers", [(64, 64), (128,)])
    whole.suggest_categorical("fill", [float("nan"), 0])
    whole.report(float("nan"), 0)
    whole.report(float("inf"), 2)
    whole.report(-0.5, 1)
    whole.set_user_attr("odd", [1, 2.0, {"k": float("nan"), "NaN": "NaN, Infinity"}])
    whole.set_constraint("memory", 0.5)
    study.tell(whole, 0.75)
    pruned = study.ask()
    pruned.report(3.0, 1)
    study.tell(pruned, state=optuna.trial.TrialState.PRUNED)
    study.tell(study.ask(), state=optuna.trial.TrialState.FAIL)
    study.tell(study.ask(), float("-inf"))
    study.enqueue_trial({"x": 0.5, "n": 8})
    study.ask(fixed_distributions={"x": optuna.distributions.FloatDistribution(0, 1)})
    study.ask()
    study.enqueue_trial({"x": 0.25})


def delete(url, name):
    optuna.delete_study(study_name=name, storage=url)


command, url, name = sys.argv[1:]
{"make": make, "dump": dump, "continue": go_on, "front": front, "importances": importances, "delete": delete}[command](url, name)
