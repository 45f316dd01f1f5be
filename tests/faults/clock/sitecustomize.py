"""Loaded by Python before all else in a process whose clock is FAULTS_CLOCK seconds wrong."""

import os
import time

_true = time.time
_shift = float(os.environ.get("FAULTS_CLOCK", "0"))

time.time = lambda: _true() + _shift
time.time_ns = lambda: int((_true() + _shift) * 1e9)
