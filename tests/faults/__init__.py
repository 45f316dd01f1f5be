"""The fault suite: real processes, faults drawn from a seed, and local Slack as the judge."""
