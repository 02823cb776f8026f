"""Drift of ten columns of numbers with scipy: the median time, and the scores."""
import json
import statistics
import sys
import time

import numpy as np
from scipy import stats

NUMBERS = 8
REPEATS = 3


def columns(path):
    rows = np.fromfile(path).reshape(12, -1)
    return [rows[c % NUMBERS] for c in range(10)]


def score(method, reference, current):
    if method == "WASSERSTEIN":
        norm = max(np.std(reference), 0.001)
        return stats.wasserstein_distance(reference, current) / norm
    return stats.ks_2samp(reference, current).pvalue


reference, current = columns(sys.argv[1]), columns(sys.argv[2])
seconds = []
cpu = time.process_time()
for _ in range(REPEATS):
    start = time.perf_counter()
    scores = [score(sys.argv[3], r, c) for r, c in zip(reference, current)]
    seconds.append(time.perf_counter() - start)
cpu = (time.process_time() - cpu) / REPEATS
print(json.dumps({
    "seconds": statistics.median(seconds), "cpuSeconds": cpu, "scores": [float(s) for s in scores]}))
