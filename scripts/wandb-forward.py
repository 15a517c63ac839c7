#!/usr/bin/env python3
"""Hands on to Weights & Biases what `demiurge train --track wandb` tells, a JSON object a line."""

import argparse
import json
import sys


def forward(lines, wandb, project, name):
    """Logs every line to one run, and ends it as the training ended."""
    run, failed = None, True
    for line in lines:
        record = json.loads(line)
        event = record.pop("event")
        if event == "begun":
            run = wandb.init(
                project=project,
                name=name or record["run"],
                id=record["run"],
                resume="allow",
                config=record,
            )
            # A training that goes on tells some steps again, which W&B's own count would refuse.
            run.define_metric("*", step_metric="step")
        elif event in ("step", "held-out"):
            figures = {key: value for key, value in record.items() if "/" in key}
            run.log({"step": record["step"], **figures})
        elif event == "kept":
            run.summary[f"{record['as']}/{record['phase']}"] = record["run"]
        elif event == "ended":
            failed = record["how"] == "failed"
            run.summary["ended"] = record["why"] or record["how"]
    if run is not None:
        run.finish(exit_code=int(failed))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", default="demiurge")
    parser.add_argument("--name", help="the run's name there (default: its id)")
    told = parser.parse_args()
    try:
        import wandb
    except ImportError as error:
        sys.exit(f"wandb does not load ({error}); try: pip install wandb")
    forward(sys.stdin, wandb, told.project, told.name)


if __name__ == "__main__":
    main()
