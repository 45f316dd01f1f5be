"""The peers: what a good developer builds from the stock parts, at their best documented setting."""
