"""The work of a retraining in pandas, scikit-learn and XGBoost, timed.

usage: retraining.py REFERENCE.csv PRODUCTION.csv FOLDER

From the two files to the decision's numbers: merges them, measures three candidates by five-fold
cross-validation with the five metrics of ours, fits each, and compares the best with a champion on
held-out rows by 2,000 paired bootstrap draws. Both cores are used where the libraries can. Prints a
JSON object: the seconds of each step, the winner and its accuracy. Importing the libraries and the
champion's training are not timed.
"""

import json
import sys
import time
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import StratifiedKFold, cross_validate, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from xgboost import XGBClassifier

TARGET = "conversion"
FEATURES = ["TV", "radio", "newspaper", "TV*radio"]
METRICS = ["accuracy", "balanced_accuracy", "f1_macro", "roc_auc", "neg_log_loss"]
DRAWS = 2000


def candidates():
    """The settings of candidate-training."""
    return {
        "logistic-regression": make_pipeline(MinMaxScaler(), LogisticRegression(C=1)),
        "random-forest": RandomForestClassifier(100, max_depth=10, n_jobs=-1, random_state=42),
        "xgboost": XGBClassifier(
            n_estimators=100, max_depth=6, learning_rate=0.1, n_jobs=-1, random_state=42
        ),
    }


def prepared(data):
    data["TV*radio"] = data["TV"] * data["radio"]
    return data


def split(data):
    return train_test_split(
        data[FEATURES], data[TARGET], test_size=0.2, stratify=data[TARGET], random_state=42
    )


def gain(champion, challenger, features, truth):
    """With the ends of its 95 % interval."""
    right = [model.predict(features) == truth for model in (champion, challenger)]
    difference = right[1].to_numpy().astype(float) - right[0].to_numpy().astype(float)
    random = np.random.default_rng(42)
    rows = len(difference)
    draws = [difference[random.integers(0, rows, rows)].mean() for _ in range(DRAWS)]
    return difference.mean(), *np.quantile(draws, [0.025, 0.975])


def main():
    reference, production, folder = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    train, _, train_truth, _ = split(prepared(pd.read_csv(reference)))
    champion = candidates()["logistic-regression"].fit(train, train_truth)

    seconds = {}
    begin = last = time.perf_counter()
    processor = time.process_time()

    def lap(step):
        nonlocal last
        now = time.perf_counter()
        seconds[step] = round(now - last, 3)
        last = now

    old = pd.read_csv(reference)
    new = pd.read_csv(production).rename(columns={"target": TARGET})
    merged = prepared(pd.concat([old, new[old.columns]], ignore_index=True))
    merged.to_csv(folder / "merged.csv", index=False)
    train, test, train_truth, test_truth = split(merged)
    lap("merge")

    scores, models = {}, {}
    for name, model in candidates().items():
        folds = StratifiedKFold(5, shuffle=True, random_state=42)
        measured = cross_validate(model, train, train_truth, cv=folds, scoring=METRICS)
        scores[name] = measured["test_accuracy"].mean()
        models[name] = model.fit(train, train_truth)
        joblib.dump(model, folder / f"{name}.joblib")
        lap(name)

    winner = max(scores, key=scores.get)
    value, low, high = gain(champion, models[winner], test, test_truth)
    (folder / "comparison.json").write_text(json.dumps({"gain": value, "low": low, "high": high}))
    lap("compare")
    print(
        json.dumps(
            {
                "seconds": seconds,
                "total": round(time.perf_counter() - begin, 3),
                "processor": round(time.process_time() - processor, 3),
                "winner": winner,
                "accuracy": accuracy_score(test_truth, models[winner].predict(test)),
            }
        )
    )


if __name__ == "__main__":
    main()
