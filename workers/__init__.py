"""The workers: claim jobs, run skills on the device, answer in the thread."""
