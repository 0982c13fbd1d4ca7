"""make bench: how long things take, each beside a floor or a peer measured in the same run."""

import argparse
import gc
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

PARTS = ["command_line", "exports", "indicators", "groups", "disclosure", "ingest", "edition", "demo"]


def main() -> None:
    """Run the parts that are named, or all: a line a measurement, and exit 1 when one is over its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="default: all")
    wanted = parser.parse_args().part or PARTS
    gc.set_threshold(10_000, 20, 20)  # as the command does
    print(f"{'what':<50}{'seconds':>9}{'floor':>9}{'ratio':>7}  bound")
    over = []
    for part in wanted:
        gc.collect()
        gc.freeze()  # what another part left lying is no part of this one's work
        for line in importlib.import_module(f"tests.bench.{part}").measure():
            print(line, flush=True)
            if not line.held:
                over.append(line.what.strip())
    if over:
        sys.exit(f"over the bound: {'; '.join(over)}")


if __name__ == "__main__":
    main()
