"""How the library's tables came to be, step by step. A step that has been released never changes."""
