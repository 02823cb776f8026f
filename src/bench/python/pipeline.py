"""The work of the advertising pipeline in pandas and scikit-learn, timed.

usage: pipeline.py DATA.csv FOLDER REPEATS

Prints a JSON object per repeat: the seconds of each step and the accuracy. Importing the libraries
is not timed.
"""

import json
import sys
import time
from pathlib import Path

import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    confusion_matrix,
    log_loss,
    precision_recall_fscore_support,
    roc_auc_score,
)
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

TARGET = "conversion"


class Stopwatch:
    """Seconds by step, in order."""

    def __init__(self):
        self.seconds = {}
        self._last = time.perf_counter()

    def lap(self, step):
        now = time.perf_counter()
        self.seconds[step] = round(now - self._last, 4)
        self._last = now


def evaluate(model, features, truth, baseline):
    """The metrics of evaluation.json."""
    probability = model.predict_proba(features)[:, 1]
    predicted = (probability > 0.5).astype(truth.dtype)
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted)
    return {
        "accuracy": accuracy_score(truth, predicted),
        "baselineAccuracy": baseline,
        "balancedAccuracy": balanced_accuracy_score(truth, predicted),
        "auc": roc_auc_score(truth, probability),
        "prAuc": average_precision_score(truth, probability),
        "logLoss": log_loss(truth, probability),
        "confusionMatrix": confusion_matrix(truth, predicted).tolist(),
        "perClass": [
            {"precision": p, "recall": r, "f1": f, "rows": int(n)}
            for p, r, f, n in zip(precision, recall, f1, support)
        ],
        "coefficients": model[-1].coef_[0].tolist(),
    }


def run(source, folder):
    watch = Stopwatch()
    data = pd.read_csv(source)
    watch.lap("load")

    data = data.dropna(subset=[TARGET]).dropna()
    data.insert(3, "TV*radio", data["TV"] * data["radio"])
    watch.lap("clean")

    data.to_csv(folder / "preprocessed.csv", index=False)
    watch.lap("write")

    features = data.drop(columns=TARGET)
    train, test, train_truth, test_truth = train_test_split(
        features, data[TARGET], test_size=0.2, stratify=data[TARGET], random_state=42
    )
    watch.lap("split")

    model = make_pipeline(MinMaxScaler(), LogisticRegression(C=1))
    model.fit(train, train_truth)
    watch.lap("fit")

    majority = train_truth.mode()[0]
    evaluation = evaluate(model, test, test_truth, float((test_truth == majority).mean()))
    watch.lap("evaluate")

    joblib.dump(model, folder / "model.joblib")
    (folder / "evaluation.json").write_text(json.dumps(evaluation, indent=2))
    watch.lap("save")
    return {"seconds": watch.seconds, "accuracy": evaluation["accuracy"]}


def main():
    source, folder, repeats = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(repeats):
        print(json.dumps(run(source, folder)), flush=True)


if __name__ == "__main__":
    main()
