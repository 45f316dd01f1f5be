"""`python -m tests`: run everything, some files at once, and say in one line how many passed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

MOST_AT_ONCE = 4  # each has a fleet of its own, with models: 3 GB


def main() -> int:
    """Run pytest with branch coverage; its exit code, and a closing line that counts."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--cov", "--cov-branch",
                   "--cov-report=term:skip-covered", f"--junitxml={report}",
                   "-n", str(min(MOST_AT_ONCE, os.cpu_count() or 1)), "--dist", "loadfile",
                   *sys.argv[1:]]  # fmt: skip
        code = subprocess.run(command, env={**os.environ, "HF_HUB_OFFLINE": "1"}).returncode
        suite = next(ElementTree.parse(report).getroot().iter("testsuite")).attrib
    failed = int(suite["failures"]) + int(suite["errors"])
    skipped = int(suite["skipped"])
    passed = int(suite["tests"]) - failed - skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return code


if __name__ == "__main__":
    sys.exit(main())
