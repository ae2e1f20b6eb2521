#!/usr/bin/env python3
"""Makes the golden cases of the statistics with SciPy, and with closed forms where SciPy has no such function.

Usage: make_statistics_cases.py [OUTPUT_FILE]     (needs SciPy and NumPy; default: Tests/StatisticsTests/Fixtures/cases.json)

The committed file was made with SciPy 1.17.1 and NumPy 2. Each list of the file holds cases of one function: what goes in
and what comes out.
"""
import itertools
import json
import pathlib
import sys
from types import SimpleNamespace

import numpy as np
from scipy import optimize, special, stats

random = np.random.default_rng(20190)
ALTERNATIVES = {"two_sided": "two-sided", "less": "less", "greater": "greater"}


def by_alternative(p_value):
    return {key: float(p_value(name)) for key, name in ALTERNATIVES.items()}


def mcnemar(first, second):
    # Binomial: SciPy's two-sided p-value is the doubled tail here, because a fair coin is symmetric.
    def p_value(alternative):
        return stats.binomtest(first, first + second, 0.5, alternative).pvalue if first + second else 1

    return {"first": first, "second": second, **by_alternative(p_value)}


def sign_flip(differences):
    def p_value(alternative):
        return stats.permutation_test(
            (np.array(differences),), np.sum, permutation_type="samples", n_resamples=np.inf, alternative=alternative
        ).pvalue

    return {"differences": differences, **by_alternative(p_value)}


def mann_whitney(first, second, method):
    def p_value(alternative):
        if method != "permutation":
            return stats.mannwhitneyu(first, second, alternative=alternative, method=method).pvalue
        # With equal values SciPy's "exact" is none; the permutations of the rank sum are.
        ranks = stats.rankdata(first + second)
        return stats.permutation_test(
            (ranks[: len(first)], ranks[len(first) :]), lambda a, b: np.sum(a), n_resamples=np.inf,
            alternative=alternative, vectorized=False,
        ).pvalue

    u = float(stats.mannwhitneyu(first, second).statistic)
    return {"first": first, "second": second, "u": u, **by_alternative(p_value)}


def equivalence(first, second, margin):
    """Two one-sided tests of SciPy's: of pairs, and of two samples."""
    a, b = np.array(first), np.array(second)
    case = {"first": first, "second": second, "margin": margin}
    if len(a) == len(b):
        case["paired"] = max(
            stats.ttest_rel(a, b - margin, alternative="greater").pvalue,
            stats.ttest_rel(a, b + margin, alternative="less").pvalue)
        interval = stats.ttest_rel(a, b).confidence_interval(0.9)
        case["paired_low"], case["paired_high"] = interval.low, interval.high
    case["unpaired"] = max(
        stats.ttest_ind(a, b - margin, equal_var=False, alternative="greater").pvalue,
        stats.ttest_ind(a, b + margin, equal_var=False, alternative="less").pvalue)
    return {key: value if isinstance(value, list) else float(value) for key, value in case.items()}


def holm(p_values):
    """The definition: the largest of (m - j + 1) p_(j) over all j up to the place."""
    ordered = np.sort(p_values)
    m = len(ordered)
    return {
        "p": p_values,
        "adjusted": [
            float(max(min(1, (m - j) * ordered[j]) for j in range(np.searchsorted(ordered, p, "right")))) for p in p_values
        ],
    }


def bca(values):
    """SciPy's BCa interval from all n^n resamples: nothing random in it."""
    means = np.array([np.mean(choice) for choice in itertools.product(values, repeat=len(values))])
    result = stats.bootstrap(
        (np.array(values),), np.mean, n_resamples=0, method="BCa", vectorized=True,
        bootstrap_result=SimpleNamespace(bootstrap_distribution=means))
    return interval_case(values, result)


def bca_sampled(values):
    result = stats.bootstrap(
        (np.array(values),), np.mean, n_resamples=200_000, method="BCa", vectorized=True, batch=2_000, rng=random)
    return interval_case(values, result)


def interval_case(values, result):
    interval = result.confidence_interval
    return {"values": values, "low": float(interval.low), "high": float(interval.high)}


def improvement(first, second):
    """The share of pairs by SciPy's U, Newcombe's equation by SciPy's root finder."""
    m, n = len(first), len(second)
    value = float(stats.mannwhitneyu(first, second).statistic) / (m * n)
    z = stats.norm.ppf(0.975)

    def excess(p):
        spread = 1 + ((m + n) / 2 - 1) * ((1 - p) / (2 - p) + p / (1 + p))
        return (value - p) ** 2 - z * z * p * (1 - p) * spread / (m * n)

    near = 1e-6
    low = optimize.brentq(excess, 0, value - near, xtol=1e-14) if value > 0 else 0
    high = optimize.brentq(excess, value + near, 1, xtol=1e-14) if value < 1 else 1
    return {"first": first, "second": second, "value": value, "low": low, "high": high}


def crossed_variance(table):
    """The analysis of variance by its residuals."""
    d = np.array(table, float)
    s, n = d.shape
    mean, rows, columns = d.mean(), d.mean(1), d.mean(0)
    rest = d - rows[:, None] - columns[None] + mean
    freedoms = np.array([s - 1, n - 1, (s - 1) * (n - 1)])
    squares = np.array([n * ((rows - mean) ** 2).sum(), s * ((columns - mean) ** 2).sum(), (rest**2).sum()]) / freedoms
    total = max(squares[0] + squares[1] - squares[2], squares.max())
    return {
        "table": table, "mean": float(mean), "standard_error": float(np.sqrt(total / (s * n))),
        "degrees_of_freedom": float(max(1, total**2 / (squares**2 / freedoms).sum())),
    }


def whole(low, high, count):
    return [int(x) for x in random.integers(low, high + 1, count)]


def real(mean, deviation, count, digits=3):
    return [round(float(x), digits) for x in random.normal(mean, deviation, count)]


cases = {
    "normal": [{"x": x, "cdf": float(stats.norm.cdf(x))} for x in (-30, -8.2, -3, -1.96, -0.1, 0, 0.5, 2.4, 6)],
    "normal_quantile": [
        {"p": p, "x": float(stats.norm.ppf(p))} for p in (1e-300, 1e-12, 0.001, 0.025, 0.3, 0.5, 0.61, 0.975, 0.999999)],
    "incomplete_beta": [
        {"x": x, "a": a, "b": b, "value": float(special.betainc(a, b, x))}
        for x, a, b in [(0.5, 1, 1), (0.5, 300, 251), (0.01, 0.5, 3), (0.99, 2, 40), (0.3, 1000, 2500), (0.5, 4000, 4100)]],
    "student_t": [
        {"df": df, "t": t, "cdf": float(stats.t.cdf(t, df))}
        for df in (1, 2.7, 5, 30, 514) for t in (-40, -2.5, -0.3, 0, 1, 3.2)],
    "student_t_quantile": [
        {"df": df, "p": p, "t": float(stats.t.ppf(p, df))}
        for df in (1, 2.7, 5, 30, 514) for p in (1e-6, 0.025, 0.2, 0.6, 0.95, 0.9995)],
    "wilson": [
        {"seen": k, "n": n, "low": float(i.low), "high": float(i.high)}
        for k, n in [(0, 20), (1, 29), (81, 263), (15, 148), (20, 20), (4712, 5794)]
        for i in [stats.binomtest(k, n).proportion_ci(0.95, method="wilson")]],
    "interquartile_mean": [
        {"values": values, "mean": float(stats.trim_mean(values, 0.25))}
        for values in (real(80, 2, n) for n in (4, 5, 6, 7, 8, 13))],
    "mcnemar": [
        mcnemar(*pair) for pair in [(0, 0), (1, 0), (0, 6), (5, 5), (9, 21), (21, 9), (130, 97), (700, 811), (3, 1500)]],
    "sign_flip": [
        sign_flip(values) for values in (
            [3, 1], [2, 2, -2], [1, 1, 1, 1, 1, 1], [0, 0, 4, -1], whole(-3, 4, 9), whole(-1, 2, 12), whole(-40, 60, 10))],
    "mann_whitney_exact": [
        mann_whitney(real(0, 1, n), real(shift, 1, m), "exact")
        for n, m, shift in [(1, 1, 0), (3, 4, 1), (6, 6, 2), (8, 5, -1), (20, 25, 0.4)]],
    "mann_whitney_ties": [
        mann_whitney(whole(0, 3, n), whole(0, 4, m), "permutation") for n, m in [(3, 3), (4, 6), (6, 6), (7, 5)]],
    "mann_whitney_normal": [
        mann_whitney(real(0, 1, n, digits), real(shift, 1, m, digits), "asymptotic")
        for n, m, shift, digits in [(30, 30, 0.5, 3), (40, 60, 0, 1), (25, 80, -0.6, 0)]],
    "equivalence": [
        equivalence(real(80, 1, n), real(80 + shift, deviation, m), margin)
        for n, m, shift, deviation, margin in [(5, 5, 0, 1, 2), (5, 5, 0, 1, 0.5), (6, 9, 0.5, 2, 2), (8, 8, 3, 1, 2)]],
    "holm": [holm(p) for p in ([0.01, 0.04, 0.03, 0.005], [0.5], [0.02, 0.02, 0.9, 1], [0.2, 0.001, 0.3, 0.0001, 0.04])],
    "bca": [bca(values) for values in ([0, 1, 1, -1, 0], [0, 0, 0, 0, 1], [3, 1, 4, 1, 5], [-6, 2, 1, 0, 0, 1])],
    "bca_sampled": [bca_sampled(whole(-1, 1, 120)), bca_sampled([int(x) for x in random.poisson(0.4, 200)])],
    "improvement": [
        improvement(whole(0, 9, n), whole(shift, 9 + shift, m))
        for n, m, shift in [(6, 6, 0), (6, 6, 3), (6, 6, 20), (5, 8, -20), (10, 10, 4), (4, 4, 1)]],
    "crossed_variance": [
        crossed_variance([whole(-1, 1, n) for _ in range(s)]) for s, n in [(2, 5), (6, 20), (3, 9)]],
}

here = pathlib.Path(__file__).resolve().parents[2]
output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "Tests/StatisticsTests/Fixtures/cases.json"
lists = ",\n".join(
    f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(case) for case in group) + "\n]" for name, group in cases.items())
output.write_text("{\n" + lists + "\n}\n")
