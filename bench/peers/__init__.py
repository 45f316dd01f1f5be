"""The peers: what a good developer builds from stock parts, at their best documented setting."""
