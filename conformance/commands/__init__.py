"""One command a module, imported when it is called.  Each turns options into a call of the library and its result into text."""
