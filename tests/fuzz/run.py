"""make fuzz: thousands of changed and damaged exports. The same seed gives the same files.

A changed export must end as the same responses, a refusal or a finding; a damaged one with a table or a code,
in time, and at no cost to the process that asked.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fuzz import damage, judging
from tests.fuzz.watch import ALLOWANCE

_SEED = 20261123


def main() -> None:
    """Count what became of them; exit 1 for one that nobody would have noticed, or that hurt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--mutations", type=int, default=2_000)
    parser.add_argument("--damaged", type=int, default=10_000)
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        silent = _mutations(Path(folder), asked.mutations, asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        survived = not asked.damaged or _damaged(Path(folder), asked.damaged, asked.seed)
    sys.exit(0 if survived and not silent else 1)


def _mutations(folder: Path, count: int, seed: int) -> int:
    verdicts = list(judging.run(folder, count, seed)) if count else []
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    for outcome in ("same", "refused", "told", "SILENT"):
        print(f"{outcomes[outcome]:>7,}  {outcome}")
    for verdict in verdicts:
        if verdict.outcome == "SILENT":
            print(verdict)
    return outcomes["SILENT"]


def _damaged(folder: Path, count: int, seed: int) -> bool:
    toll = damage.run(folder, count, seed)
    for code, many in toll.endings.most_common():
        print(f"{many:>7,}  {code}")
    print(f"{toll.grown >> 20:>7,}  MiB that the parent took, of {ALLOWANCE >> 20}")
    print(f"{toll.slowest.seconds:>7.1f}  seconds for the slowest ({toll.slowest.name})")
    return toll.survived


if __name__ == "__main__":
    main()
