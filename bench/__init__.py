"""The figures in docs/performance.md and docs/quality.md, one command each."""
