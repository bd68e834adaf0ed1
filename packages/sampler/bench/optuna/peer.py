"""Optuna as a searcher behind standard input and output: one JSON request a line, one JSON reply a line.

Spaces come as Assay declares them, so Optuna gets the same parameters in the same order, conditional ones included.
Replies carry the processor time that Optuna took, in seconds.
"""

import json
import random
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")

SAMPLERS = {
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed, deterministic_objective=True),
    "noisy-gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "nsga-ii": lambda seed: optuna.samplers.NSGAIISampler(seed=seed),
}


def is_active(condition, values):
    if condition is None:
        return True
    parent = values.get(condition["parent"])
    if parent is None:
        return False
    if condition["kind"] == "equals":
        return parent == condition["value"]
    return parent > condition["index"]


def suggest(trial, name, distribution):
    kind = distribution["kind"]
    if kind == "float":
        low, high, step, log = (distribution[key] for key in ("low", "high", "step", "log"))
        return trial.suggest_float(name, low, high, step=step, log=log)
    if kind == "int":
        low, high, step, log = (distribution[key] for key in ("low", "high", "step", "log"))
        return trial.suggest_int(name, low, high, step=step, log=log)
    if kind == "ordered":
        return distribution["values"][trial.suggest_int(name, 0, len(distribution["values"]) - 1)]
    return trial.suggest_categorical(name, distribution["choices"])


def start(request):
    study = optuna.create_study(directions=request["directions"], sampler=SAMPLERS[request["sampler"]](request["seed"]))
    return {"space": request["space"], "study": study, "open": {}}


def ask(state):
    trial = state["study"].ask()
    values = {}
    for parameter in state["space"]:
        if is_active(parameter["condition"], values):
            values[parameter["name"]] = suggest(trial, parameter["name"], parameter["distribution"])
    state["open"][trial.number] = trial
    return {"params": values, "number": trial.number}


def tell(state, request):
    trial = state["open"].pop(request["number"])
    for index, value in enumerate(request["constraints"]):
        trial.set_constraint(f"c{index}", value)
    state["study"].tell(trial, request["values"])
    return {}


def fill(state, request):
    """Random trials with random values, as a study has them before it is measured."""
    study = state["study"]
    own, study.sampler = study.sampler, optuna.samplers.RandomSampler(seed=0)
    losses = random.Random(0)
    for _ in range(request["count"]):
        number = ask(state)["number"]
        tell(state, {"number": number, "values": [losses.random()], "constraints": []})
    study.sampler = own
    return {}


def main():
    state = None
    for line in sys.stdin:
        request = json.loads(line)
        began = time.process_time()
        if request["op"] == "start":
            state = start(request)
            reply = {"version": optuna.__version__}
        elif request["op"] == "ask":
            reply = ask(state)
        elif request["op"] == "fill":
            reply = fill(state, request)
        else:
            reply = tell(state, request)
        print(json.dumps({**reply, "seconds": time.process_time() - began}), flush=True)


main()
