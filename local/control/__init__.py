"""The control API: what people, tests and the demo do and see, apart from the app's own API."""
