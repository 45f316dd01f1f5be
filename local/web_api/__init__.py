"""The Web API: one file a family of methods, all listed in web_api.methods."""
