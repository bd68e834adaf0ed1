"""Runs planned learning curves through Optuna's own pruners. stdin: a JSON list of plans; stdout: a JSON list of outcomes."""

import json
import sys
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")


def pruner_from(settings):
    name, s = settings["name"], settings
    if name in ("median", "percentile"):
        rank = 50.0 if name == "median" else s["percentile"]
        return optuna.pruners.PercentilePruner(
            rank, s["startupTrials"], s["warmupSteps"], s["intervalSteps"], n_min_trials=s["minTrials"]
        )
    if name == "asha":
        return optuna.pruners.SuccessiveHalvingPruner(
            s["minResource"], s["reductionFactor"], s["minEarlyStoppingRate"], s["bootstrapCount"]
        )
    if name == "hyperband":
        return optuna.pruners.HyperbandPruner(
            s["minResource"], s["maxResource"], s["reductionFactor"], s["bootstrapCount"]
        )
    if name == "threshold":
        return optuna.pruners.ThresholdPruner(s["lower"], s["upper"], s["warmupSteps"], s["intervalSteps"])
    if name == "patient":
        wrapped = None if s["wrapped"] is None else pruner_from(s["wrapped"])
        return optuna.pruners.PatientPruner(wrapped, s["patience"], s["minDelta"])
    if name == "wilcoxon":
        return optuna.pruners.WilcoxonPruner(p_threshold=s["pThreshold"], n_startup_steps=s["startupSteps"])
    return optuna.pruners.NopPruner()


def take_turn(study, trial, curve, position):
    """Reports one value. Returns whether the trial has ended."""
    step, value = curve["reports"][position]
    trial.report(float(value), step)
    if trial.should_prune():
        study.tell(trial, state=optuna.trial.TrialState.PRUNED)
    elif position == curve["failAt"]:
        study.tell(trial, state=optuna.trial.TrialState.FAIL)
    elif position == len(curve["reports"]) - 1:
        if not curve["feasible"]:
            trial.set_constraint("limit", 1.0)
        study.tell(trial, curve["value"])
    else:
        return False
    return True


def run(plan):
    study = optuna.create_study(
        study_name=plan["studyName"],
        direction=plan["direction"],
        pruner=pruner_from(plan["settings"]),
        sampler=optuna.samplers.RandomSampler(seed=0),
    )
    curves = iter(plan["curves"])
    slots = [None] * plan["workers"]
    while True:
        for index in range(len(slots)):
            if slots[index] is None:
                curve = next(curves, None)
                slots[index] = curve and [study.ask(), curve, 0]
            if slots[index] is not None:
                trial, curve, position = slots[index]
                slots[index] = None if take_turn(study, trial, curve, position) else [trial, curve, position + 1]
        if not any(slots) and len(study.trials) == len(plan["curves"]):
            break
    return [outcome(trial) for trial in study.trials]


def outcome(trial):
    rungs = [trial.system_attrs.get(f"completed_rung_{rung}") for rung in range(64)]
    return {
        "state": {"COMPLETE": "complete", "PRUNED": "pruned", "FAIL": "failed"}[trial.state.name],
        "reports": len(trial.intermediate_values),
        "rungs": [str(float(value)) for value in rungs if value is not None],
    }


json.dump([run(plan) for plan in json.load(sys.stdin)], sys.stdout)
