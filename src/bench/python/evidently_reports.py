"""Evidently's three presets on the benchmark's rows, HTML written: the time, once."""
import json
import os
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")

import evidently
from evidently import ColumnMapping
from evidently.metric_preset import ClassificationPreset, DataDriftPreset, DataQualityPreset
from evidently.report import Report

NUMBERS = [f"number{c}" for c in range(8)]
KINDS = ["kind8", "kind9"]


def frame(path):
    rows = np.fromfile(path).reshape(12, -1)
    data = pd.DataFrame({name: rows[c] for c, name in enumerate(NUMBERS)})
    for c, name in enumerate(KINDS):
        data[name] = np.char.add("level", rows[8 + c].astype(int).astype(str))
    data["target"] = rows[10].astype(int)
    data["prediction"] = rows[11]
    return data


reference, current = frame(sys.argv[1]), frame(sys.argv[2])
features = ColumnMapping(
    target="target", prediction=None, numerical_features=NUMBERS, categorical_features=KINDS)
scored = ColumnMapping(
    target="target", prediction="prediction", pos_label=1, numerical_features=[], categorical_features=[])
answer = {"version": evidently.__version__, "bytes": 0, "seconds": 0}
for name, preset, mapping, columns in (
    ("quality", DataQualityPreset(), features, NUMBERS + KINDS + ["target"]),
    ("drift", DataDriftPreset(), features, NUMBERS + KINDS + ["target"]),
    ("performance", ClassificationPreset(), scored, ["target", "prediction"]),
):
    start = time.perf_counter()
    report = Report(metrics=[preset])
    report.run(reference_data=reference[columns], current_data=current[columns], column_mapping=mapping)
    file = os.path.join(os.path.dirname(sys.argv[1]), f"evidently-{name}.html")
    report.save_html(file)
    answer[name] = time.perf_counter() - start
    answer["seconds"] += answer[name]
    answer["bytes"] += os.path.getsize(file)
print(json.dumps(answer))
